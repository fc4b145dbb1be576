"""Scan: what was not read, what will be, and how it goes."""

from vitrail.ui import (
    Role,
    enter,
    header,
    history,
    live_progress,
    options_chosen,
    plan_of,
    plan_tiles,
    section,
    start_button,
    told,
)

actor = enter(Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN)

header("Scan", "Look through every export for personal data that should not be there.", actor)
with told():
    options = options_chosen()
    plan_tiles(plan_of(options))
    start_button(options)
    live_progress()
section("History")
with told():
    history()

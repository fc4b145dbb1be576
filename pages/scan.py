"""Scan: what was not read, what will be, and how it goes."""

from vitrail.ui import (
    Role,
    enter,
    header,
    history,
    live_progress,
    not_read,
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
    plan = plan_of(options)
    not_read(plan)
    plan_tiles(plan)
    start_button(options)
    live_progress()

section("History")
with told():
    history()

"""Scan: what was not read, how it goes, what will be read."""

from vitrail.ui import (
    Role,
    compare,
    enter,
    header,
    history,
    live_progress,
    not_read,
    options_chosen,
    plan,
    section,
    start_button,
    told,
)

actor = enter(Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN)

header("Scan", "Look through every export for personal data that should not be there.", actor)
with told():
    not_read()
options = options_chosen()
with told():
    start_button(options)
    live_progress()

section("What the next scan will read")
plan(options)

section("History")
with told():
    history()

section("Two scans side by side", "What is new, still there, gone, or was not examined again.")
with told():
    compare()

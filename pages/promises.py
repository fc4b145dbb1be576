"""Promises: the policy clause by clause, each with its verdict and evidence."""

from vitrail.ui import (
    Role,
    clauses,
    enter,
    header,
    last_check,
    limits,
    promise_trend,
    section,
    told,
    unkept,
    verdict_tiles,
)

actor = enter(Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN)

header("Promises", "What the privacy policy says, and what the exported data says of it.", actor)
with told():
    run = last_check()
    verdict_tiles(run)

    section("Broken, stale or unsettled")
    unkept(run)

    section("Over the last checks", "Where a verdict is another than before.")
    promise_trend(run)

    section("Clause by clause", "Each promise in our own words, with what tests it.")
    clauses(run)

    section("What this cannot say")
    limits(run)

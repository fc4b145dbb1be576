"""Promises: the policy clause by clause, each with its verdict and evidence."""

from vitrail.ui import (
    Role,
    broken_first,
    clauses,
    enter,
    header,
    last_check,
    limits,
    told,
    verdict_tiles,
)

actor = enter(Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN)

header("Promises", "What the privacy policy says, and what the exported data says of it.", actor)
with told():
    run = last_check()
    verdict_tiles(run)
    broken_first(run)
    clauses(run)
    limits(run)

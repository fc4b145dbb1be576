"""Trace: where a person still is, for a case that is named first."""

from vitrail.ui import (
    Role,
    enter,
    header,
    look,
    section,
    told,
    trace_form,
    trace_result,
)

actor = enter(Role.AUDITOR, Role.INVESTIGATOR)

header("Trace", "Where one person still is: every dataset, column and free text.", actor)
section("The case", "Each trace is in the ledger, with its reason, before an export is read.")
with told():
    request = trace_form()
    outcome = look(request)
    if outcome:
        section("What there is")
        trace_result(outcome)

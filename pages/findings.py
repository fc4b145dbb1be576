"""Findings: stray personal data, masked, each with its why and a decision."""

from vitrail.ui import (
    Role,
    enter,
    finding_detail,
    findings_chosen,
    findings_map,
    findings_table,
    header,
    section,
    severity_tiles,
    told,
)

actor = enter(Role.AUDITOR, Role.INVESTIGATOR)

header("Findings", "Personal data where it should not be, and what was decided about it.", actor)
with told():
    findings = findings_chosen()
    severity_tiles(findings)

    section("One by one", "The worst first. Select a row to see why it was flagged.")
    chosen = findings_table(findings)
    if chosen:
        with told():
            finding_detail(chosen)

    section("Where they are", "Cells by kind of data and dataset.")
    findings_map(findings)

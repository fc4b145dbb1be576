"""Findings: stray personal data, masked, each with its why, its owner and a decision."""

from vitrail.ui import (
    Role,
    bulk_decision,
    enter,
    finding_at_hand,
    finding_detail,
    finding_groups,
    findings_chosen,
    findings_map,
    findings_table,
    header,
    keyboard_loop,
    section,
    severity_tiles,
    told,
)

actor = enter(Role.AUDITOR, Role.INVESTIGATOR)

header("Findings", "Personal data where it should not be, and what was decided about it.", actor)
with told():
    shown = findings_chosen()
    severity_tiles(shown)

    section("One by one", "The worst first. Tick one to look at it, or several to decide at once.")
    listed = findings_table(shown)
    if len(listed.ticked) > 1:
        bulk_decision(listed.ticked)
    with told():
        finding = finding_at_hand(listed)
        if finding:
            keyboard_loop(shown, listed, finding)
            finding_detail(finding)

    section("Together", "Whose they are, of what kind, and where. Select a group to open it.")
    finding_groups(shown)

    section("Where they are", "Cells by kind of data and dataset.")
    findings_map(shown)

"""Sources: which systems are missing, how old the exports are, and how they are mapped."""

from vitrail.ui import (
    Role,
    enter,
    exports_table,
    header,
    mapping_preview,
    section,
    sources_standing,
    systems_table,
    told,
)

actor = enter(Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN)

header("Sources", "What lies here to be read, how old it is, and what no one has exported.", actor)
with told():
    standing = sources_standing()

    section("Systems", "Each that holds personal data; those without an export first.")
    systems_table(standing)

    section("Exports", "The oldest first. Select one to see how it is mapped.")
    export = exports_table(standing)
    if export:
        mapping_preview(export)

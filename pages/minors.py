"""Minors: cases of likely minors, the overdue first, and a human's word on each."""

from vitrail.ui import (
    Role,
    case_decision,
    case_table,
    deletion_list,
    enter,
    header,
    minor_register,
    section,
    told,
)

actor = enter(Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN)

header("Minors", "Records that speak of someone under age, each a case with a clock.", actor)
with told():
    register = minor_register()

    if register:
        section("Cases", "The overdue first. Select one to decide on it.")
        case = case_table(register)
        if case:
            case_decision(case)

        section(
            "Deletion list",
            "The keys of the confirmed in every export, for the owners of the systems. "
            "Nothing is deleted from here.",
        )
        deletion_list(register)

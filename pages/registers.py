"""Registers: who waits for an answer, what was agreed to, what is to be erased, which backups."""

from vitrail.ui import (
    Role,
    _,
    enter,
    header,
    loading,
    register_asked,
    register_read,
    register_rows,
    section,
    told,
)

actor = enter(Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN)

header(_("Registers"), _("Rights of persons with their clocks, as they stood on a day."), actor)
with told():
    asked = register_asked()
    with loading():
        register = register_read(asked)

    if register:
        section(_("Row by row"), _("What is late stands first. Rows have keyed ids, no name."))
        register_rows(register)

"""Remedies: what is to be mended, by whom, until when, and whether it holds."""

from vitrail.ui import (
    Role,
    _,
    enter,
    header,
    loading,
    remedies_known,
    remedy_card,
    remedy_table,
    remedy_year,
    section,
    told,
)

actor = enter(Role.AUDITOR, Role.INVESTIGATOR)

header(_("Remedies"), _("From found to mended: who, until when, and whether it holds."), actor)
with told():
    with loading():
        known = remedies_known()

    section(_("To be mended"), _("The overdue first. Select one to assign it or claim it fixed."))
    one = remedy_table(known)
    if one:
        remedy_card(one)

    section(_("The year"), _("How each promise fared, month by month, from the checks kept."))
    remedy_year()

"""The register of likely minors' cases: counted for all, shown to who handles them."""

from __future__ import annotations

import streamlit as st

from vitrail.access import Action, can
from vitrail.translation import N_, _, number
from vitrail.ui.day_column import moment_column
from vitrail.ui.entrance import workspace
from vitrail.ui.filled_columns import filled_columns
from vitrail.ui.plain_text import cell
from vitrail.ui.tiles import Tile, tiles
from vitrail.workspace.minor_register import MinorRegister, RegisteredCase

#: Where a signal comes from.
_FAMILIES = {
    "birth_date": N_("birth date"),
    "birth_year": N_("birth year"),
    "declared_age": N_("declared age"),
    "national_id": N_("national identifier"),
    "account_flag": N_("mark on the account"),
    "guardian": N_("guardian"),
    "statement": N_("statement of age"),
    "birth_stated": N_("stated birth"),
    "minor": N_("word for a minor"),
    "school": N_("school"),
    "parents": N_("parents"),
    "hint": N_("hint"),
}
_SIGNS = {
    "open": N_("○ open"),
    "confirmed": N_("✕ confirmed"),
    "dismissed": N_("– dismissed"),
    "authorised": N_("✓ authorised"),
}


def minor_register() -> MinorRegister | None:
    """The register for who handles cases; None for others, who see how many are open."""
    counts = workspace().open_minor_cases()
    register = workspace().minor_register() if can(workspace().actor, Action.HANDLE_CASES) else None
    row = []
    if register is not None:
        late = sum(one.overdue for one in register.cases)
        note = _("open for over {hours} hours", hours=register.sla_hours)
        row.append(Tile(_("! overdue"), number(late), note=note,
                        quiet=not late, tone="critical" if late else "mute"))  # fmt: skip
    for level in (N_("certain"), N_("likely"), N_("possible")):
        count = counts.get(level, 0)
        row.append(Tile(_(level), number(count), note=_("open cases"), quiet=not count))
    tiles(row, width=150)
    if register is None:
        st.info(_("Cases are seen by who handles them: the role auditor."), icon=":material/lock:")
    return register


def case_table(register: MinorRegister) -> RegisteredCase | None:
    """The cases, the overdue first; the one that is selected, or the first."""
    if not register.cases:
        st.info(_("No scan has told of a likely minor."), icon=":material/check:")
        return None
    event = st.dataframe(
        filled_columns([_row(one) for one in register.cases]),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": [0]}},
        key="cases",
        height=min(360, 38 + 35 * len(register.cases)),
        column_config={head: moment_column() for head in (_("due (UTC)"), _("opened (UTC)"))},
        alt=_("Cases of likely minors, the overdue first; select one to decide on it"),
    )
    rows = [n for n in event.selection.rows if n < len(register.cases)]
    st.caption(
        _(
            "A case is due {hours} hours after it was opened, a deletion as long after "
            "it was confirmed: our assumption, set by minor_sla_hours; the policy says "
            "promptly.",
            hours=register.sla_hours,
        )
    )
    return register.cases[rows[0]] if rows else None


def _row(one: RegisteredCase) -> dict[str, object]:
    return {
        "": _("! overdue") if one.overdue else "",
        _("case"): one.case.id,
        _("level"): _(one.case.level),
        _("what spoke for it"): ", ".join(_(_FAMILIES.get(f, f)) for f in one.case.families),
        _("status"): _(_SIGNS[one.status]),
        _("due (UTC)"): one.due_at,
        _("opened (UTC)"): one.case.opened_at,
        _("decided by"): cell(one.case.decided_by or ""),
    }

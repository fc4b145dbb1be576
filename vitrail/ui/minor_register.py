"""The register of likely minors' cases: counted for all, shown to who handles them."""

from __future__ import annotations

import streamlit as st

from vitrail.access import Action, can
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cell
from vitrail.ui.tiles import Tile, tiles
from vitrail.workspace.minor_register import MinorRegister, RegisteredCase

_SIGNS = {
    "open": "○ open",
    "confirmed": "✕ confirmed",
    "dismissed": "– dismissed",
    "authorised": "✓ authorised",
}


def minor_register() -> MinorRegister | None:
    """The register for who handles cases; None for others, who see how many are open."""
    counts = workspace().open_minor_cases()
    register = workspace().minor_register() if can(workspace().actor, Action.HANDLE_CASES) else None
    row = []
    if register is not None:
        late = sum(one.overdue for one in register.cases)
        row.append(Tile("! overdue", f"{late:,}", note=f"open for over {register.sla_hours} hours",
                        quiet=not late, tone="critical" if late else "mute"))  # fmt: skip
    for level in ("certain", "likely", "possible"):
        number = counts.get(level, 0)
        row.append(Tile(level, f"{number:,}", note="open cases", quiet=not number))
    tiles(row, width=150)
    if register is None:
        st.info("Cases are seen by who handles them: the role auditor.", icon=":material/lock:")
    return register


def case_table(register: MinorRegister) -> RegisteredCase | None:
    """The cases, the overdue first; the one that is selected, or the first."""
    if not register.cases:
        st.info("No scan has told of a likely minor.", icon=":material/check:")
        return None
    event = st.dataframe(
        [
            {
                "": "! overdue" if one.overdue else "",
                "case": one.case.id,
                "level": one.case.level,
                "what spoke for it": ", ".join(f.replace("_", " ") for f in one.case.families),
                "status": _SIGNS[one.status],
                "due (UTC)": one.due_at and f"{one.due_at:%Y-%m-%d %H:%M}",
                "opened (UTC)": f"{one.case.opened_at:%Y-%m-%d %H:%M}",
                "decided by": cell(one.case.decided_by or ""),
            }
            for one in register.cases
        ],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": [0]}},
        key="cases",
        height=min(360, 38 + 35 * len(register.cases)),
        alt="Cases of likely minors, the overdue first; select one to decide on it",
    )
    rows = [n for n in event.selection.rows if n < len(register.cases)]
    st.caption(
        f"A case is due {register.sla_hours} hours after it was opened, a deletion as long after "
        "it was confirmed: our assumption, set by minor_sla_hours; the policy says promptly."
    )
    return register.cases[rows[0]] if rows else None

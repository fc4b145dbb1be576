"""Two scans side by side: new, still there, gone, not examined again."""

from __future__ import annotations

from collections import Counter
from typing import Final

import streamlit as st

from vitrail.detect.entities import plain_words
from vitrail.ledger import RunRecord
from vitrail.model import Change, RunState
from vitrail.translation import N_, _, moment, number
from vitrail.ui.entrance import workspace
from vitrail.ui.one_of import put
from vitrail.ui.plain_text import cell
from vitrail.ui.scan_desk import scans
from vitrail.ui.tiles import Tile, tiles

_SIGNS: Final = {
    Change.NEW: N_("+ new"),
    Change.STILL_THERE: N_("= still there"),
    Change.GONE: N_("✓ gone"),
    Change.NOT_EXAMINED: N_("○ not examined again"),
}


_ASKED: Final = "compared-scans"


def compare() -> None:
    """Choose two finished scans; what differs stands first."""
    done = [run for run in scans() if run.state is RunState.DONE]
    if len(done) < 2:
        st.caption(_("Two finished scans can be compared; there are not two yet."))
        return
    names = {run.id: _name(run) for run in done}
    with (
        st.form("compare", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        earlier = st.selectbox(_("Earlier"), list(names), _asked("earlier", names, 1),
                               format_func=names.__getitem__, key="earlier", width=230)  # fmt: skip
        later = st.selectbox(_("Later"), list(names), _asked("later", names, 0),
                             format_func=names.__getitem__, key="later", width=230)  # fmt: skip
        asked = st.form_submit_button(_("Compare"), icon=":material/compare_arrows:")
    if asked:
        st.session_state[_ASKED] = earlier, later
        put("earlier", earlier)
        put("later", later)
    if st.session_state.get(_ASKED) == (earlier, later):  # the page runs anew by itself
        _shown(earlier, later)


def _asked(key: str, names: dict[str, str], usual: int) -> int:
    """The place of the scan that the address names, else the usual one."""
    asked = st.query_params.get(key)
    return list(names).index(asked) if asked in names else usual


def _name(run: RunRecord) -> str:
    """With the end of its id: two scans may begin within a second, and a choice is its name."""
    return f"{moment(run.started_at)}:{run.started_at:%S} UTC · {run.id[-4:]}"


def _shown(earlier: str, later: str) -> None:
    found = workspace().compare_scans(earlier, later)
    counts = Counter(one.change for one in found)
    tiles(
        [Tile(_(sign), number(counts[change]), quiet=not counts[change])
         for change, sign in _SIGNS.items()],
        width=150,
        key="tiles-compared",
    )  # fmt: skip
    order = list(_SIGNS)
    rows = sorted(found, key=lambda one: (order.index(one.change), -one.new, one.place.source))
    st.dataframe(
        [
            {
                "": _(_SIGNS[one.change]),
                _("what"): _(plain_words(one.place.entity_type)),
                _("where"): cell(" · ".join(filter(None, (one.place.source, one.place.table)))),
                _("column"): cell(one.place.column),
                _("values"): one.values,
                _("new values"): one.new,
                _("gone values"): one.gone,
            }
            for one in rows
        ],
        hide_index=True,
        alt=_("What two scans found, what is new first"),
    )

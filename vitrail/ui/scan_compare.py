"""Two scans side by side: new, still there, gone, not examined again."""

from __future__ import annotations

from collections import Counter
from typing import Final

import streamlit as st

from vitrail.detect.entities import plain_words
from vitrail.ledger import RunRecord
from vitrail.model import Change, RunState
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cell
from vitrail.ui.scan_desk import scans
from vitrail.ui.tiles import Tile, tiles

_SIGNS: Final = {
    Change.NEW: "+ new",
    Change.STILL_THERE: "= still there",
    Change.GONE: "✓ gone",
    Change.NOT_EXAMINED: "○ not examined again",
}


_ASKED: Final = "compared-scans"


def compare() -> None:
    """Choose two finished scans; what differs stands first."""
    done = [run for run in scans() if run.state is RunState.DONE]
    if len(done) < 2:
        st.caption("Two finished scans can be compared; there are not two yet.")
        return
    names = {run.id: _name(run) for run in done}
    with (
        st.form("compare", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        earlier = st.selectbox("Earlier", list(names), index=1, format_func=names.__getitem__,
                               key="earlier", bind="query-params", width=230)  # fmt: skip
        later = st.selectbox("Later", list(names), format_func=names.__getitem__, key="later",
                             bind="query-params", width=230)  # fmt: skip
        asked = st.form_submit_button("Compare", icon=":material/compare_arrows:")
    if asked:
        st.session_state[_ASKED] = earlier, later
    if st.session_state.get(_ASKED) == (earlier, later):  # the page runs anew by itself
        _shown(earlier, later)


def _name(run: RunRecord) -> str:
    """With the end of its id: two scans may begin within a second, and a choice is its name."""
    return f"{run.started_at:%-d %b %Y, %H:%M:%S} UTC · {run.id[-4:]}"


def _shown(earlier: str, later: str) -> None:
    found = workspace().compare_scans(earlier, later)
    counts = Counter(one.change for one in found)
    tiles(
        [Tile(sign, f"{counts[change]:,}", quiet=not counts[change])
         for change, sign in _SIGNS.items()],
        width=150,
    )  # fmt: skip
    order = list(_SIGNS)
    rows = sorted(found, key=lambda one: (order.index(one.change), -one.new, one.place.source))
    st.dataframe(
        [
            {
                "": _SIGNS[one.change],
                "what": plain_words(one.place.entity_type),
                "where": cell(" · ".join(filter(None, (one.place.source, one.place.table)))),
                "column": cell(one.place.column),
                "values": one.values,
                "new values": one.new,
                "gone values": one.gone,
            }
            for one in rows
        ],
        hide_index=True,
        alt="What two scans found, what is new first",
    )

"""Twelve months of each promise: kept, broken then fixed, broken, or not tested."""

from __future__ import annotations

from typing import Final

import streamlit as st

from vitrail.promises.year import Lived
from vitrail.report.spreadsheet import spreadsheet
from vitrail.translation import MONTH, N_, _, day, retold
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cell

_SIGNS: Final = {Lived.BROKEN: "✕", Lived.FIXED: "↻", Lived.KEPT: "✓", Lived.GAP: "·"}
_WORDS: Final = {
    Lived.BROKEN: N_("broken"),
    Lived.FIXED: N_("broken then fixed"),
    Lived.KEPT: N_("kept"),
    Lived.GAP: N_("not tested"),
}


def remedy_year() -> None:
    """A row a promise, a column a month, the broken ones first."""
    order = list(_SIGNS)
    years = sorted(workspace().year(), key=lambda one: (order.index(one.state), one.control))
    if not years:
        st.caption(_("No check yet; `vitrail check` makes the first."))
        return
    st.dataframe(
        [
            {
                _("promise"): one.control,
                "": cell(retold(one.title)),
                _("in all"): f"{_SIGNS[one.state]} {_(_WORDS[one.state])}",
                **{day(month, MONTH): _SIGNS[lived] for month, lived in reversed(one.months)},
            }
            for one in years
        ],
        hide_index=True,
        height=min(460, 38 + 35 * len(years)),
        alt=_("Each promise by month, the broken first"),
    )
    st.caption("\N{EM SPACE}".join(f"{sign} {_(_WORDS[lived])}" for lived, sign in _SIGNS.items()))
    months = [f"{month:%Y-%m}" for month, _lived in years[0].months]
    rows = [
        {"control": one.control, "title": one.title, "state": one.state.value,
         **{f"{month:%Y-%m}": lived.value for month, lived in one.months}}
        for one in years
    ]  # fmt: skip
    st.download_button(
        "CSV", lambda: spreadsheet(("control", "title", "state", *months), rows),
        "vitrail-year.csv", "text/csv", icon=":material/download:", on_click="ignore",
        key="year-csv",
    )  # fmt: skip

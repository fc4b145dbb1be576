"""Twelve months of each promise: kept, broken then fixed, broken, or not tested."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

import streamlit as st

from vitrail.promises.year import Lived, Year
from vitrail.report.spreadsheet import spreadsheet
from vitrail.translation import N_, SHORT_MONTH, _, day, retold
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cell

_SIGNS: Final = {Lived.BROKEN: "✕", Lived.FIXED: "↻", Lived.KEPT: "✓", Lived.GAP: "·"}
_WORDS: Final = {
    Lived.BROKEN: N_("broken"),
    Lived.FIXED: N_("broken then fixed"),
    Lived.KEPT: N_("kept"),
    Lived.GAP: N_("not tested"),
}
#: In pixels: of a month's column, and what the others have on a desk's page.
_MONTH: Final = 48
_OTHERS: Final = {"promise": 75, "in all": 95}
_PAGE: Final = 977
_TITLE: Final = 320


def remedy_year() -> None:
    """A row a promise, a column a month, the broken ones first."""
    order = list(_SIGNS)
    years = sorted(workspace().year(), key=lambda one: (order.index(one.state), one.control))
    if not years:
        st.caption(_("No check yet; `vitrail check` makes the first."))
        return
    _table(years)
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


def _table(years: Sequence[Year]) -> None:
    """Months before the first test are left out, for nothing stands in them."""
    heads = [day(month, SHORT_MONTH) for month, _lived in years[0].months][-_tested(years) :]
    rows = [
        {
            _("promise"): one.control,
            _("in all"): f"{_SIGNS[one.state]} {_(_WORDS[one.state])}",
            "": cell(retold(one.title)),
            **{head: _SIGNS[one.months[-back][1]] for back, head in enumerate(reversed(heads), 1)},
        }
        for one in years
    ]
    left = _PAGE - sum(_OTHERS.values()) - _MONTH * len(heads)
    widths = {
        **{_(head): width for head, width in _OTHERS.items()},
        "": min(_TITLE, left),
        **dict.fromkeys(heads, _MONTH),
    }
    st.dataframe(
        rows,
        hide_index=True,
        height=min(460, 38 + 35 * len(years)),
        column_config={h: st.column_config.TextColumn(width=w) for h, w in widths.items()},
        alt=_("Each promise by month, the broken first"),
    )


def _tested(years: Sequence[Year]) -> int:
    """How many months there have been since the first in which anything was tested."""
    gaps = (all(lived is Lived.GAP for _day, lived in month)
            for month in zip(*(one.months for one in years), strict=True))  # fmt: skip
    return max(1, len(years[0].months) - len(list(takewhile(bool, gaps))))

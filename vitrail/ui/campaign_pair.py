"""Two campaigns beside each other, and what can be told of their difference."""

from __future__ import annotations

import streamlit as st

from vitrail import gate
from vitrail.gate import FactDescription
from vitrail.model import Cell, Measure, Release
from vitrail.report.measure_titles import measure_title
from vitrail.report.numbers import published
from vitrail.translation import _, retold
from vitrail.ui.campaign_ranking import standing_of
from vitrail.ui.campaign_scope import COST, ORDERED, PERSONS, Cells, by_campaign
from vitrail.ui.costs import cost_per_order
from vitrail.ui.plain_text import literal, plain


def campaign_pair(release: Release, fact: FactDescription) -> None:
    """Both campaigns' numbers, and each difference where there is one to tell."""
    ranked = standing_of(release)
    names = [one.label for one in ranked]
    if len(names) < 2:
        st.caption(_("Fewer than two campaigns show in this time; a longer one may have more."))
        return
    lowest = min(ranked[1:], key=lambda one: one.rate.high).label
    with st.container(horizontal=True, gap="small"):
        first = _one(_("First"), "first", sorted(names), names[0])
        second = _one(_("Second"), "second", sorted(names), lowest)
    rows = by_campaign(release)
    unit = dict(release.units).get(COST.label)
    st.table(_beside(fact, unit, (first, rows[first]), (second, rows[second])))
    st.caption(
        _(
            "A difference is told only outside privacy and chance together (95 %). Whoever "
            "looks at many pairs will meet a false one in about twenty; the best and worst "
            "above allow for that."
        )
    )


def _one(label: str, key: str, names: list[str], usual: str) -> str:
    chosen: str = st.selectbox(label, names, names.index(usual), key=key, bind="query-params",
                               width=240, format_func=plain)  # fmt: skip
    return chosen


def _beside(
    fact: FactDescription, unit: str | None, one: tuple[str, Cells], other: tuple[str, Cells]
) -> dict[str, list[str]]:
    """The columns of the table."""
    (first, ours), (second, theirs) = one, other
    shown = [m for m in ours if m != COST]
    columns: dict[str, list[str]] = {
        "": [_title(m, fact) for m in shown],
        f"① {literal(first)}": [published(ours[m]) for m in shown],
        f"② {literal(second)}": [published(theirs[m]) for m in shown],
        _("② against ①"): [_difference(ours[m], theirs[m]) for m in shown],
    }
    if COST in ours and ORDERED in ours:
        costs = [cost_per_order(cells[COST], cells[ORDERED], unit) for cells in (ours, theirs)]
        words = [_("Cost per order"), *(" ".join(pair).strip() for pair in costs), ""]
        for column, word in zip(columns.values(), words, strict=True):
            column.append(word)
    return columns


def _title(measure: Measure, fact: FactDescription) -> str:
    return _("Recipients") if measure == PERSONS else measure_title(measure, fact)


def _difference(before: Cell | None, now: Cell | None) -> str:
    return retold(gate.change_words(now, before))

"""Retention by month of joining: how many of those who joined used the product, month by month."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from vitrail.gate import Estimate, retention
from vitrail.model import Measure, MeasureKind, Query
from vitrail.translation import _, ngettext
from vitrail.ui.anatomy import section
from vitrail.ui.asking import ask, facts
from vitrail.ui.filters import Filters, answerable
from vitrail.ui.one_of import one_of
from vitrail.ui.periods import length_words, window
from vitrail.ui.release_files import file_stem
from vitrail.ui.retained import percent, together
from vitrail.ui.retention_chart import retention_chart

#: How many months of joining are shown, as the address has it.
COHORTS: Final = {"12 months": 12, "6 months": 6, "24 months": 24}
_FACT: Final = "accounts"
_USED: Final = Measure(MeasureKind.OUTCOME, "used")
_TOLD: Final = (1, 3, 6, 12)


def cohort_retention(filters: Filters) -> None:
    """The heatmap, with what can be said of all cohorts together above it."""
    section("Who stays", "Of those who joined in a month, the percent who used the product in each "
            "month after; month 0 is the one of joining.")  # fmt: skip
    fact = next((f for f in facts() if f.name == _FACT), None)
    if fact is None or _USED not in fact.measures or not fact.dimension("cohort"):
        st.caption(_("These exports do not tell when accounts were made and used."))
        return
    chosen = one_of(
        _("Joined in the last"), list(COHORTS), "cohorts", words=length_words, width=150
    )
    months = window(fact.first, fact.last, "month", COHORTS[chosen], "nothing")
    if months is None:
        st.caption(_("No month is closed yet in these exports."))
        return
    by = ("cohort", "month")
    began = Query(_FACT, by, filters=answerable(filters, fact), span=months.span)
    used = replace(began, measures=(_USED,))
    cohorts = retention(ask(began), ask(used))
    if not cohorts:
        st.caption(_("Every month of joining is hidden for privacy; fewer filters show more."))
        return
    whole = together(cohorts)
    told = [_after(month, share) for month, share in enumerate(whole.shares)
            if month in _TOLD and share]  # fmt: skip
    st.markdown(_("Of all who joined: {shares}.", shares=", ".join(told)))
    retention_chart(cohorts, whole, file_stem("retention", *dict(filters).values()))
    st.caption(
        _(
            "Percent; grey where privacy and chance together (95 %) are larger than the number. "
            "◌: hidden for privacy. Pointing at a field tells its bounds."
        )
    )


def _after(month: int, share: Estimate) -> str:
    return ngettext(
        "**{share}** after {count} month",
        "**{share}** after {count} months",
        month,
        share=percent(share),
    )

"""The funnel of all campaigns or of one, and the way on from there."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from vitrail.gate import OTHER
from vitrail.model import Release
from vitrail.report.measure_titles import measure_title
from vitrail.translation import _
from vitrail.ui.anatomy import section
from vitrail.ui.asking import ask
from vitrail.ui.campaign_scope import (
    FUNNEL,
    OPENED,
    PERSONS,
    CampaignScope,
    by_campaign,
    campaign_chosen,
    of_whole,
)
from vitrail.ui.drill import explore_link
from vitrail.ui.funnel_chart import funnel_chart
from vitrail.ui.release_files import file_stem


def campaign_funnel(scope: CampaignScope, each: Release) -> None:
    """Sent, delivered, clicked, ordered: of everybody, or of one campaign's recipients."""
    section("How far they came")
    rows = {name: cells for name, cells in by_campaign(each).items() if name != OTHER}
    chosen = campaign_chosen(sorted(rows))
    cells = of_whole(ask(scope.whole())) if chosen is None else rows[chosen]
    steps = [(measure_title(m, scope.fact), cells[m]) for m in FUNNEL if m in cells]
    funnel_chart(cells[PERSONS], steps, file_stem("funnel", chosen or "all campaigns"))
    st.caption(_told(OPENED in cells, scope.time.whole.words if chosen is None else ""))
    where = scope.filters if chosen is None else (*scope.filters, ("campaign", chosen))
    by = "country" if scope.fact.dimension("country") else "month"
    further = replace(scope.whole(), dimensions=(by,), filters=where)
    explore_link(further, _("Look into it in Explore"), (scope.fact,))


def _told(opens: bool, sent: str) -> str:
    people = _("Of the people who were sent at least one, {sent}.", sent=sent) if sent else ""
    if opens:
        opened = _("Opens are unreliable: mail programs load pictures unasked.")
    else:
        opened = _(
            "Opens are left out: mail programs load pictures unasked, and measuring them wants a "
            "legal ground that the policy does not state."
        )
    return f"{people} {opened}".strip()

"""Every campaign in one table: recipients, outcomes as rates with their bounds, costs."""

from __future__ import annotations

import streamlit as st

from vitrail.gate import FactDescription
from vitrail.model import HIDDEN, Release
from vitrail.report.measure_titles import measure_title
from vitrail.report.numbers import WITHHELD, published
from vitrail.translation import _
from vitrail.ui.campaign_scope import COST, ORDERED, PERSONS, by_campaign
from vitrail.ui.costs import cost_per_order
from vitrail.ui.plain_text import cell


def campaign_table(release: Release, fact: FactDescription) -> None:
    """One row a campaign; the files that can be taken away hold both errors of every number."""
    units = dict(release.units)
    heads = {m: measure_title(m, fact) for m in release.query.measures} | {PERSONS: _("Recipients")}
    rows, hidden = [], 0
    for name, cells in by_campaign(release).items():
        if not any(cells.values()):
            hidden += 1
            continue
        row = {_("Campaign"): cell(name)} | {
            heads[m]: published(cell, units.get(m.label)) for m, cell in cells.items()
        }
        if COST in cells and ORDERED in cells:
            pair = cost_per_order(cells[COST], cells[ORDERED], units.get(COST.label))
            row[_("Cost per order")] = " ".join(pair).strip()
        rows.append(row)
    config = {h: st.column_config.TextColumn(h, help=f"◌: {_(WITHHELD)}") for h in heads.values()}
    asked_first = [_("Campaign"), heads[PERSONS], heads.get(ORDERED), _("Cost per order")]
    shown = rows[0] if rows else {}
    order = dict.fromkeys(head for head in (*asked_first, *shown) if head in shown)
    st.dataframe(rows, hide_index=True, column_config=config, column_order=list(order))
    if hidden:
        st.caption(
            _(
                "{hidden}: {count:,} more, sent to few in this time, or to nobody.",
                hidden=_(HIDDEN),
                count=hidden,
            )
        )

"""All campaigns of a window as tiles: reached, ordered, what an order cost, unsubscribed."""

from __future__ import annotations

from typing import Final

import streamlit as st

from vitrail.errors import Refused
from vitrail.model import HIDDEN, Cell, Measure
from vitrail.report.numbers import WITHHELD, change, drowned, parts
from vitrail.translation import N_, _
from vitrail.ui.asking import ask
from vitrail.ui.campaign_scope import (
    COST,
    ORDERED,
    PERSONS,
    UNSUBSCRIBED,
    CampaignScope,
    Cells,
    of_whole,
)
from vitrail.ui.costs import NO_COST, cost_per_order
from vitrail.ui.periods import WHOLES
from vitrail.ui.tiles import Tile, tiles

_RATE: Final = N_("Bounds are by privacy and chance together (95 %).")
_COST: Final = N_(
    "Cost divided by the recipients who ordered; bounds by privacy and chance (95 %)."
)
_TITLES: Final = {
    PERSONS: N_("Recipients"),
    ORDERED: N_("Ordered within 30 days"),
    UNSUBSCRIBED: N_("Unsubscribed within 30 days"),
}


def campaign_tiles(scope: CampaignScope) -> None:
    """All of the calendar span, beside the one before where there is one."""
    release = ask(scope.whole())
    now, before = of_whole(release), _before(scope)
    shown = [_tile(m, now[m], before.get(m), bool(before)) for m in _TITLES if m in now]
    if COST in now and ORDERED in now:
        value, beside = cost_per_order(now[COST], now[ORDERED], dict(release.units).get(COST.label))
        words = _("its ± is larger than the cost itself") if value == _(NO_COST) else ""
        shown.insert(2, Tile(_("Cost per order"), value, beside, words, _(_COST), quiet=not beside))
    tiles(shown, 220)
    st.caption(f"{_('All campaigns sent {days}.', days=scope.time.whole_words)} {_(WHOLES)}")


def _before(scope: CampaignScope) -> Cells:
    earlier = scope.time.whole.before
    try:
        return of_whole(ask(scope.whole(earlier))) if earlier else {}
    except Refused:  # nothing was sent then that shows
        return {}


def _tile(measure: Measure, cell: Cell | None, before: Cell | None, compared: bool) -> Tile:
    words = change(cell, before).words if compared else ""
    if cell is None:
        return Tile(_(_TITLES[measure]), _(HIDDEN), note=words, hint=_(WITHHELD), quiet=True)
    value, beside = parts(cell)
    hint = _(_RATE) if cell.is_outcome else _("People who were sent at least one.")
    return Tile(_(_TITLES[measure]), value, beside, words, hint, quiet=drowned(cell))

"""Orders per recipient, campaign by campaign: which stand out, and all with their bounds."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from vitrail.gate import OTHER, Standing, standings
from vitrail.model import Cell, Release
from vitrail.ui.bar_chart import bar_chart
from vitrail.ui.campaign_scope import ORDERED, by_campaign
from vitrail.ui.numbers import published
from vitrail.ui.plain_text import literal
from vitrail.ui.release_shape import of_measure

#: More bars than this are cut in the middle; the table has them all.
_MOST: Final = 24


def standing_of(release: Release) -> tuple[Standing, ...]:
    """The campaigns that show, the surest best first."""
    rows = by_campaign(release)
    return standings({name: cells.get(ORDERED) for name, cells in rows.items() if name != OTHER})


def campaign_ranking(release: Release, name: str) -> None:
    """Best and worst in words, then a bar for each campaign."""
    ranked = standing_of(release)
    rows_of = by_campaign(release).items()
    cells = {label: row.get(ORDERED) for label, row in rows_of if label != OTHER}
    for words in best_and_worst(ranked, cells):
        st.markdown(words)
    kept = _ends(ranked)
    bars = of_measure(release, ORDERED)
    rows = tuple(row for row in bars.rows if row.cells[0] and (not kept or row.labels[0] in kept))
    bar_chart(replace(bars, rows=rows), name)
    st.caption(
        "Whiskers: privacy and chance together (95 %). In the order of the lower bound, so that a "
        "small campaign with a wide one does not lead. An order after a campaign is not always one "
        f"because of it.{_left_out(len(cells), len(ranked), kept)}"
    )


def _left_out(all_there_are: int, shown: int, kept: set[str] | None) -> str:
    cut = f" Drawn are the {_MOST} at both ends; the table has all." if kept else ""
    hidden = all_there_are - shown
    if hidden <= 0:
        return cut
    one = "is" if hidden == 1 else "are"
    return (
        f" ◌ {hidden} more {one} hidden for privacy: sent to few in this time, or to nobody.{cut}"
    )


def best_and_worst(ranked: tuple[Standing, ...], cells: dict[str, Cell | None]) -> tuple[str, ...]:
    """What can be said of the ends; that nothing can, where no campaign stands apart."""
    if not ranked:
        return ("Fewer than two campaigns show; there is nothing to compare.",)
    apart = [one for one in ranked if one.apart]
    best = next((one for one in apart if one.better), None)
    worst = min((one for one in apart if not one.better), key=lambda o: o.rate.high, default=None)
    told = [
        f"**{word}: {literal(one.label)}**, {published(cells[one.label])}; the others together "
        f"{_percent(one.others.low)} to {_percent(one.others.high)} %."
        for word, one in (("▲ Best", best), ("▼ Worst", worst))
        if one is not None
    ]
    if best is None and worst is None:
        return (
            f"No campaign stands out: of these {len(ranked)}, none differs from the others by more "
            "than privacy and chance make: no change can be told.",
        )
    missing = "best" if best is None else "worst" if worst is None else None
    return (*told, f"None stands out as the {missing}.") if missing else tuple(told)


def _ends(ranked: tuple[Standing, ...]) -> set[str] | None:
    if len(ranked) <= _MOST:
        return None
    return {one.label for one in (*ranked[: _MOST // 2], *ranked[-_MOST // 2 :])}


def _percent(share: float) -> str:
    return f"{max(0.0, 100 * share):.1f}"

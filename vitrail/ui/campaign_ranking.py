"""Orders per recipient, campaign by campaign: which stand out, and all with their bounds."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from vitrail.gate import OTHER, Standing, standings
from vitrail.model import Cell, Release
from vitrail.report.numbers import published
from vitrail.report.release_shape import of_measure
from vitrail.translation import _, ngettext
from vitrail.ui.bar_chart import bar_chart
from vitrail.ui.campaign_scope import ORDERED, by_campaign
from vitrail.ui.plain_text import literal

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
        _(
            "Whiskers: privacy and chance together (95 %). In the order of the lower "
            "bound, so that a small campaign with a wide one does not lead. An order after "
            "a campaign is not always one because of it."
        )
        + _left_out(len(cells), len(ranked), kept)
    )


def _left_out(all_there_are: int, shown: int, kept: set[str] | None) -> str:
    said = []
    if (hidden := all_there_are - shown) > 0:
        said.append(
            ngettext(
                "◌ {count:,} more is hidden for privacy: sent to few in this time, or to nobody.",
                "◌ {count:,} more are hidden for privacy: sent to few in this time, or to nobody.",
                hidden,
            )
        )
    if kept:
        said.append(_("Drawn are the {count} at both ends; the table has all.", count=_MOST))
    return "".join(f" {sentence}" for sentence in said)


def best_and_worst(ranked: tuple[Standing, ...], cells: dict[str, Cell | None]) -> tuple[str, ...]:
    """What can be said of the ends; that nothing can, where no campaign stands apart."""
    if not ranked:
        return (_("Fewer than two campaigns show; there is nothing to compare."),)
    apart = [one for one in ranked if one.apart]
    best = next((one for one in apart if one.better), None)
    worst = min((one for one in apart if not one.better), key=lambda o: o.rate.high, default=None)
    told = [
        f"**{word}{literal(one.label)}**, {published(cells[one.label])}; "
        + _(
            "the others together {low:.1f} to {high:.1f} %.",
            low=_percent(one.others.low),
            high=_percent(one.others.high),
        )
        for word, one in ((_("▲ Best: "), best), (_("▼ Worst: "), worst))
        if one is not None
    ]
    if best is None and worst is None:
        return (
            _(
                "No campaign stands out: of these {count}, none differs from the others by "
                "more than privacy and chance make: no change can be told.",
                count=len(ranked),
            ),
        )
    if best is None:
        told.append(_("None stands out as the best."))
    elif worst is None:
        told.append(_("None stands out as the worst."))
    return tuple(told)


def _ends(ranked: tuple[Standing, ...]) -> set[str] | None:
    if len(ranked) <= _MOST:
        return None
    return {one.label for one in (*ranked[: _MOST // 2], *ranked[-_MOST // 2 :])}


def _percent(share: float) -> float:
    return max(0.0, 100 * share)

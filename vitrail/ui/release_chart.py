"""The answer as a picture, chosen by its shape, one measure at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from vitrail.gate import compared
from vitrail.model import HIDDEN, Measure, Release
from vitrail.report.numbers import WITHHELD, drowned, parts
from vitrail.report.release_shape import Shape, of_measure, parts_by_value, period_of, shape_of
from vitrail.translation import N_, _, retold
from vitrail.ui.bar_chart import bar_chart
from vitrail.ui.day_notes import notes_in
from vitrail.ui.map_chart import map_chart
from vitrail.ui.one_of import one_of
from vitrail.ui.periods import Grain, per_period
from vitrail.ui.small_lines import small_lines
from vitrail.ui.tiles import Tile, tiles
from vitrail.ui.trend_chart import trend_chart

_LEGEND = N_(
    "Bands and whiskers: privacy and chance together (95 %). ◌: hidden for "
    "privacy, small or withheld to protect others. Grey: less than its own ±. The camera "
    "saves the picture as PNG."
)


def release_chart(
    release: Release,
    titles: Mapping[str, str],
    name: str,
    before: Release | None = None,
    against: str = "nothing",
    pick: Callable[[str], None] | None = None,
) -> None:
    """Draw a release; ``titles`` name its dimensions and measures, ``name`` the saved picture.

    ``before`` is the same about an earlier time, which ``against`` names. ``pick`` is called with
    the value whose bar was clicked.
    """
    if shape_of(release) is Shape.NUMBER:
        _numbers(release, titles, before)
        return
    measure = _measure(release, titles)
    earlier = of_measure(before, measure) if before else None
    drawn = of_measure(release, measure)
    if shape_of(drawn) is Shape.BARS:
        bar_chart(drawn, name, pick)
        st.caption(f"{_(_LEGEND)} {_('A click on a bar looks into it.')}")
    elif _drawn(drawn, titles, name, earlier, against):
        st.caption(_(_LEGEND))


def _numbers(release: Release, titles: Mapping[str, str], before: Release | None) -> None:
    units = dict(release.units)
    changes = compared(release, before) if before else None
    cells = release.rows[0].cells if release.rows else (None,) * len(release.query.measures)
    shown = []
    for place, (measure, cell) in enumerate(zip(release.query.measures, cells, strict=True)):
        title = titles.get(measure.label, measure.label)
        note = retold(changes.words(0, place)) if changes and release.rows else ""
        if cell is None:
            shown.append(Tile(title, _(HIDDEN), note=note, hint=_(WITHHELD), quiet=True))
        else:
            value, error = parts(cell, units.get(measure.label))
            shown.append(Tile(title, value, error, note, quiet=drowned(cell)))
    tiles(shown, width=220)


def _measure(release: Release, titles: Mapping[str, str]) -> Measure:
    """Which of several measures is drawn; the address keeps it."""
    known = {measure.label: measure for measure in release.query.measures}
    if len(known) == 1:
        return release.query.measures[0]
    label = one_of(_("Drawn"), list(known), "drawn",
                   words=lambda label: titles.get(label, label), width=260)  # fmt: skip
    return known[label]


def _drawn(
    release: Release, titles: Mapping[str, str], name: str, before: Release | None, against: str
) -> bool:
    axis = titles.get(release.query.measures[0].label, release.query.measures[0].label)
    shape, period = shape_of(release), period_of(release)
    if shape is Shape.LINE:
        grain: Grain = "month" if period == "month" else "week"
        notes = notes_in(release.span)
        trend_chart(release, before, _(against), grain, per_period(axis, grain), name, notes)
    elif shape is Shape.LINES:
        small_lines(parts_by_value(release), per_period(axis, period or ""), name)
    elif not map_chart(release, name):
        st.caption(_("Too many rows for one picture: the table below holds every number."))
        return False
    return True

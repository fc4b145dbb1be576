"""The Trends page's answers: the numbers, the line over time, and what they are made of."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from vitrail.errors import Refused
from vitrail.gate import DimensionKind
from vitrail.model import Cell, Release, Span
from vitrail.report.numbers import WITHHELD, change, drowned, parts, published
from vitrail.translation import N_, _
from vitrail.ui.anatomy import section
from vitrail.ui.asking import ask
from vitrail.ui.bar_list import bar_list
from vitrail.ui.day_notes import day_notes, notes_in
from vitrail.ui.downloads import downloads
from vitrail.ui.drill import explore_link
from vitrail.ui.page_links import here_with
from vitrail.ui.periods import WHOLES, grain_words, per_period
from vitrail.ui.scope import Metric, Scope, scope_chips
from vitrail.ui.tiles import Tile, tiles
from vitrail.ui.trend_chart import trend_chart

_ERROR = N_("The ± is what privacy added (95 %). A change is told only outside privacy and chance.")


def kpi_tiles(scope: Scope) -> None:
    """Each metric over the span, its ±, and the change where one can be told."""
    before = scope.time.whole.before
    now, earlier = _whole(scope, None), _whole(scope, before) if before else None
    tiles([_tile(scope, metric, now, earlier) for metric in scope.metrics])
    st.caption(f"{scope.time.whole_words}. {_(WHOLES)}")


#: What is published of each metric, with its unit; nothing where all of its fact is hidden.
_Published = dict[Metric, tuple[Cell | None, str | None]]


def _whole(scope: Scope, span: Span | None) -> _Published:
    """Every metric over a span: one question a fact.

    A filter's value that too few persons share in this fact hides the number like any small cell.
    """
    found: _Published = {}
    for fact in dict.fromkeys(metric.fact for metric in scope.metrics):
        metrics = [metric for metric in scope.metrics if metric.fact == fact]
        measures = tuple(metric.measure for metric in metrics)
        try:
            release = ask(replace(scope.question(metrics[0], span), measures=measures))
        except Refused:
            continue
        cells = release.rows[0].cells if release.rows else (None,) * len(metrics)
        units = dict(release.units)
        for metric, cell in zip(metrics, cells, strict=True):
            found[metric] = (cell, units.get(metric.measure.label))
    return found


def _tile(scope: Scope, metric: Metric, now: _Published, before: _Published | None) -> Tile:
    query = scope.question(metric)
    cell, unit = now.get(metric, (None, None))
    words = ""
    if before is not None:
        words = change(cell, before.get(metric, (None, None))[0], unit).words
    unused = dict(scope.filters).keys() - dict(query.filters).keys()
    if unused:
        left_out = _("not filtered by {names}", names=", ".join(sorted(unused)))
        words = f"{words} · {left_out}" if words else left_out
    if cell is None:
        return Tile(_(metric.title), published(None), note=words, hint=_(WITHHELD), quiet=True)
    value, error = parts(cell, unit)
    return Tile(_(metric.title), value, error, words, _(_ERROR), quiet=drowned(cell))


def trend(scope: Scope) -> Release:
    """The metric over time, with the window before behind it."""
    grain, earlier = scope.time.grain, scope.time.window.before
    release = ask(scope.by(grain))
    before = ask(scope.by(grain, earlier)) if earlier else None
    scope_chips(scope, release.id)
    name = scope.file_name(grain)
    title = _("{metric} by {grain}", metric=_(scope.metric.title), grain=grain_words(grain))
    section(title)
    downloads(release, name, title)
    axis = per_period(_(scope.metric.axis), grain)
    trend_chart(release, before, _(scope.time.comparison), grain, axis, name,
                notes_in(scope.time.window.span))  # fmt: skip
    st.caption(
        _(
            "Band: privacy and chance together (95 %). ◌: hidden for privacy, small or "
            "withheld to protect others. The camera saves this picture as PNG."
        )
    )
    explore_link(scope.by(grain), _("Look into it in Explore"), (scope.fact,))
    day_notes(scope.time.window.span)
    return release


def breakdowns(scope: Scope) -> None:
    """The metric by each dimension, two side by side; a click on a bar filters."""
    st.caption(_("Period: {span}.", span=scope.time.whole.words))
    chosen = dict(scope.filters)
    dimensions = [
        d
        for d in scope.fact.dimensions
        if d.kind is not DimensionKind.PERIOD and d.name not in chosen and len(d.values) > 1
    ]
    for left in range(0, len(dimensions), 2):
        for column, dimension in zip(st.columns(2), dimensions[left : left + 2], strict=False):
            with column, st.container(border=True, height="stretch"):
                section(_(dimension.title or dimension.name))
                bar_list(
                    ask(scope.by(dimension.name)), partial(here_with, scope.keys, dimension.name)
                )

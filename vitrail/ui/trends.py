"""The Trends page's state and questions: what is looked at, over which closed periods."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from vitrail.errors import UsageError
from vitrail.gate import DimensionKind, FactDescription
from vitrail.model import Measure, MeasureKind, Query, Release, Span
from vitrail.ui.asking import ask, facts
from vitrail.ui.charts import bar_chart, trend_chart
from vitrail.ui.numbers import change, published
from vitrail.ui.periods import (
    COMPARISONS,
    GRAINS,
    LENGTHS,
    Comparison,
    Grain,
    Window,
    between,
    window,
)

_PERSONS: Final = Measure(MeasureKind.PERSONS)


@dataclass(frozen=True, slots=True)
class Metric:
    """One tile: what it is called, and the fact and measure that it shows."""

    title: str
    fact: str
    measure: Measure

    @property
    def slug(self) -> str:
        return self.title.lower().replace(" ", "-")


METRICS: Final = (
    Metric("Active users", "activity", _PERSONS),
    Metric("Events", "activity", Measure(MeasureKind.ROWS)),
    Metric("Ordering users", "orders", _PERSONS),
    Metric("Orders", "orders", Measure(MeasureKind.ROWS)),
    Metric("Revenue", "orders", Measure(MeasureKind.SUM, "amount")),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What the page looks at: one metric over one window, with filters."""

    metric: Metric
    metrics: tuple[Metric, ...]
    fact: FactDescription
    grain: Grain
    window: Window
    comparison: Comparison
    filters: tuple[tuple[str, str], ...]

    @property
    def chips(self) -> tuple[str, ...]:
        against = [f"vs {between(self.window.before)}"] if self.window.before else []
        return (self.window.words, *against, *(f"{k}: {v}" for k, v in self.filters))

    def question(self, metric: Metric | None = None, span: Span | None = None) -> Query:
        """The metric over the whole span, with the filters that its fact knows."""
        metric = metric or self.metric
        known = _fact(metric.fact)
        filters = tuple(f for f in self.filters if known and known.dimension(f[0]))
        return Query(metric.fact, (), (metric.measure,), filters, span or self.window.span)

    def by(self, dimension: str, span: Span | None = None) -> Query:
        return replace(self.question(span=span), dimensions=(dimension,))


def _fact(name: str) -> FactDescription | None:
    return next((fact for fact in facts() if fact.name == name), None)


def scope_from_url() -> Scope:
    """The scope as the controls and the URL have it; every choice is kept in the URL."""
    metrics = tuple(m for m in METRICS if (f := _fact(m.fact)) and m.measure in f.measures)
    if not metrics:
        raise UsageError("There are no facts yet.", "Run `vitrail import` in this workspace.")
    titles = [metric.title for metric in metrics]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.selectbox("Metric", titles, key="metric", bind="query-params", width=190)
        grain: Grain = st.segmented_control(
            "By", GRAINS, default="week", required=True, key="by", bind="query-params"
        )
        lengths = [*(f"{n} {grain}s" for n in LENGTHS[grain]), "everything"]
        length = st.selectbox("Period", lengths, key=f"{grain}s", bind="query-params", width=150)
        comparison: Comparison = st.selectbox(
            "Compare with", COMPARISONS, key="compare", bind="query-params", width=180
        )
        metric = metrics[titles.index(title or titles[0])]
        fact = _fact(metric.fact)
        assert fact is not None  # metrics were chosen by their facts
        filters = _filters(fact)
    count = None if length == "everything" else int((length or lengths[0]).split()[0])
    chosen = window(fact.first, fact.last, grain, count, comparison)
    if chosen is None:
        raise UsageError(f"No {grain} is closed yet in these exports.", "Choose a finer period.")
    return Scope(metric, metrics, fact, grain, chosen, comparison, filters)


def _filters(fact: FactDescription) -> tuple[tuple[str, str], ...]:
    """One choice a dimension, from values that enough persons share."""
    chosen: list[tuple[str, str]] = []
    with st.popover("Filters", icon=":material/filter_alt:"):
        for dimension in fact.dimensions:
            if dimension.kind is DimensionKind.PERIOD or len(dimension.values) < 2:
                continue
            value = st.selectbox(
                dimension.title or dimension.name,
                list(dimension.values),
                index=None,
                placeholder="all",
                key=dimension.name,
                bind="query-params",
            )
            if value is not None:
                chosen.append((dimension.name, value))
    return tuple(chosen)


def kpi_tiles(scope: Scope) -> None:
    """Each metric over the span, its ±, and the change where one can be told."""
    columns = st.columns(len(scope.metrics))
    for column, metric in zip(columns, scope.metrics, strict=True):
        now = ask(scope.question(metric))
        cell = now.rows[0].cells[0] if now.rows else None
        before = scope.window.before
        earlier = ask(scope.question(metric, before)) if before else None
        told = change(cell, earlier.rows[0].cells[0] if earlier and earlier.rows else None)
        unit = dict(now.units).get(metric.measure.label)
        with column:
            st.metric(
                metric.title,
                published(cell, unit),
                told.words if before else None,
                delta_color="normal" if told.share is not None else "off",
                delta_arrow="auto" if told.share is not None else "off",
                border=True,
                help="The ± is what privacy added (95 %). A change is told only outside privacy "
                "and chance together.",
            )


def trend(scope: Scope) -> Release:
    """The metric over time, with the window before behind it."""
    release = ask(scope.by(scope.grain))
    before = ask(scope.by(scope.grain, scope.window.before)) if scope.window.before else None
    trend_chart(release, before)
    st.caption(
        "Band: privacy and chance together (95 %). Dotted: "
        + (f"{between(scope.window.before)}. " if scope.window.before else "nothing to compare. ")
        + "◌ marks a period hidden for privacy. The camera saves a PNG."
    )
    return release


def breakdowns(scope: Scope) -> None:
    """The metric by each dimension, two side by side."""
    chosen = {name for name, _ in scope.filters}
    dimensions = [
        d
        for d in scope.fact.dimensions
        if d.kind is not DimensionKind.PERIOD and d.name not in chosen and len(d.values) > 1
    ]
    for left in range(0, len(dimensions), 2):
        for column, dimension in zip(st.columns(2), dimensions[left : left + 2], strict=False):
            with column, st.container(border=True):
                st.subheader(dimension.title or dimension.name, anchor=False)
                bar_chart(ask(scope.by(dimension.name)))

"""What Trends looks at: one metric over closed periods, filtered; all of it in the URL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, NoReturn

import streamlit as st

from vitrail.errors import UsageError
from vitrail.gate import Dimension, DimensionKind, FactDescription
from vitrail.model import Measure, MeasureKind, Query, Span
from vitrail.ui.anatomy import chips, empty
from vitrail.ui.asking import epoch_here, facts
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


@dataclass(frozen=True, slots=True)
class Metric:
    """One number to follow: its title, where it comes from, and what its axis counts."""

    title: str
    fact: str
    measure: Measure
    axis: str


METRICS: Final = (
    Metric("Active users", "activity", Measure(MeasureKind.PERSONS), "users"),
    Metric("Events", "activity", Measure(MeasureKind.ROWS), "events"),
    Metric("Ordering users", "orders", Measure(MeasureKind.PERSONS), "users"),
    Metric("Orders", "orders", Measure(MeasureKind.ROWS), "orders"),
    Metric("Revenue in euro", "orders", Measure(MeasureKind.SUM, "amount"), "euro"),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """One metric over one window, with filters, beside the metrics that could be looked at."""

    metric: Metric
    metrics: tuple[Metric, ...]
    fact: FactDescription
    grain: Grain
    window: Window
    comparison: Comparison
    filters: tuple[tuple[str, str], ...]

    def question(self, metric: Metric | None = None, span: Span | None = None) -> Query:
        """The metric over the whole span, with the filters that its fact knows."""
        metric = metric or self.metric
        known = fact_of(metric)
        filters = tuple(f for f in self.filters if known and known.dimension(f[0]))
        return Query(metric.fact, (), (metric.measure,), filters, span or self.window.span)

    def by(self, dimension: str, span: Span | None = None) -> Query:
        """The metric by a dimension or a period."""
        return replace(self.question(span=span), dimensions=(dimension,))

    def file_name(self, by: str) -> str:
        """What a download of this scope is called, without its ending."""
        title = self.metric.title.lower().replace(" ", "-")
        where = "".join(f"-{value.lower().replace(' ', '-')}" for _, value in self.filters)
        span = self.window.span
        return f"vitrail-{title}-by-{by}{where}-{span.first}-to-{span.last}"


def fact_of(metric: Metric) -> FactDescription | None:
    """The fact that a metric comes from, if these exports feed it."""
    return next((fact for fact in facts() if fact.name == metric.fact), None)


def scope_from_url() -> Scope:
    """The scope as the controls and the URL have it; every choice is kept in the URL."""
    if not epoch_here():
        _empty("Nothing to count yet", "Trends are counted from facts, which an import makes of "
               "the exports.")  # fmt: skip
    metrics = tuple(m for m in METRICS if (f := fact_of(m)) and m.measure in f.measures)
    if not metrics:
        _empty("No activity and no orders", "Neither is among the facts of these exports. Map the "
               "files that hold them in vitrail.toml, then import again.")  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        metric, grain, length, comparison = _controls(metrics)
        fact = fact_of(metric)
        assert fact is not None  # metrics were chosen by their facts
        with st.popover("Filter", icon=":material/filter_alt:"):
            filters = tuple(pair for d in _choosable(fact) if (pair := _filter(d)))
    chosen = window(fact.first, fact.last, grain, length, comparison)
    if chosen is None:
        raise UsageError(f"No {grain} is closed yet in these exports.", "Choose a finer period.")
    return Scope(metric, metrics, fact, grain, chosen, comparison, filters)


def _empty(title: str, why: str) -> NoReturn:
    empty(title, why, "vitrail import")
    st.stop()


def _controls(metrics: tuple[Metric, ...]) -> tuple[Metric, Grain, int | None, Comparison]:
    titles = {metric.title: metric for metric in metrics}
    title = st.selectbox("Metric", list(titles), key="metric", bind="query-params", width=148)
    grain: Grain = st.selectbox("By", GRAINS, key="by", bind="query-params", width=92)
    lengths = {f"{n} {grain}s": n for n in LENGTHS[grain]}
    length = st.selectbox("Period", [*lengths, "everything"], key=f"{grain}s",
                          bind="query-params", width=118)  # fmt: skip
    comparison: Comparison = st.selectbox("Compare with", COMPARISONS, key="compare",
                                          bind="query-params", width=148)  # fmt: skip
    return titles[title], grain, lengths.get(length), comparison


def _choosable(fact: FactDescription) -> list[Dimension]:
    return [d for d in fact.dimensions if d.kind is not DimensionKind.PERIOD and len(d.values) > 1]


def _filter(dimension: Dimension) -> tuple[str, str] | None:
    """One choice, from values that enough persons share."""
    value = st.selectbox(
        dimension.title or dimension.name,
        list(dimension.values),
        index=None,
        placeholder="all",
        key=dimension.name,
        bind="query-params",
    )
    return None if value is None else (dimension.name, value)


def scope_chips(scope: Scope, release_id: str) -> None:
    """The scope in words; a filter's chip takes the filter away."""
    before = scope.window.before
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        chips([
            scope.window.words,
            f"against {between(before)}" if before else "compared with nothing",
            f"release {release_id}",
        ])  # fmt: skip
        for name, value in scope.filters:
            known = scope.fact.dimension(name)
            title = known.title if known and known.title else name
            st.button(f"{title}: {value}", icon=":material/close:", key=f"drop-{name}",
                      on_click=_drop, args=(name,), help="Take this filter away")  # fmt: skip


def _drop(name: str) -> None:
    st.session_state[name] = None

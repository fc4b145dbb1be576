"""What Trends looks at: one metric over closed periods, filtered; all of it in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, NoReturn

import streamlit as st

from vitrail.gate import FactDescription
from vitrail.model import Measure, MeasureKind, Query, Span
from vitrail.translation import N_, _
from vitrail.ui.address_check import address_now, tell_unknown
from vitrail.ui.address_keys import AddressKeys
from vitrail.ui.anatomy import chips, empty
from vitrail.ui.asking import epoch_here, facts
from vitrail.ui.choice_row import choice_row
from vitrail.ui.filters import Filters, choosable, filter_chips, filters_chosen, known_to
from vitrail.ui.one_of import one_of
from vitrail.ui.periods import between
from vitrail.ui.release_files import file_stem
from vitrail.ui.time_choice import TimeChoice, time_choice, time_keys, time_steps


@dataclass(frozen=True, slots=True)
class Metric:
    """One number to follow: its title, where it comes from, and what its axis counts."""

    title: str
    fact: str
    measure: Measure
    axis: str


METRICS: Final = (
    Metric(N_("Active users"), "activity", Measure(MeasureKind.PERSONS), N_("users")),
    Metric(N_("Events"), "activity", Measure(MeasureKind.ROWS), N_("events")),
    Metric(N_("Ordering users"), "orders", Measure(MeasureKind.PERSONS), N_("users")),
    Metric(N_("Orders"), "orders", Measure(MeasureKind.ROWS), N_("orders")),
    Metric(N_("Revenue in euro"), "orders", Measure(MeasureKind.SUM, "amount"), N_("euro")),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """One metric over one window, with filters, beside the metrics that could be looked at;
    ``known`` are the facts there are."""

    metric: Metric
    metrics: tuple[Metric, ...]
    fact: FactDescription
    time: TimeChoice
    filters: Filters
    keys: AddressKeys
    known: Mapping[str, FactDescription]

    def question(self, metric: Metric | None = None, span: Span | None = None) -> Query:
        """The metric of a whole, with the filters that its fact knows."""
        metric = metric or self.metric
        known = self.known.get(metric.fact)
        filters = known_to(self.filters, known) if known else ()
        return Query(metric.fact, (), (metric.measure,), filters, span or self.time.whole.span)

    def by(self, dimension: str, span: Span | None = None) -> Query:
        """The metric by a dimension or a period."""
        runs = dimension == self.time.grain
        span = span or (self.time.window if runs else self.time.whole).span
        return replace(self.question(span=span), dimensions=(dimension,))

    def file_name(self, by: str) -> str:
        """What a download of this scope is called, without its ending."""
        where = (value for _, value in self.filters)
        span = self.time.window.span
        return file_stem(self.metric.title, "by", by, *where, str(span.first), "to", str(span.last))


def scope_from_url() -> Scope:
    """The scope as the controls and the URL have it; every choice is kept in the URL."""
    if not epoch_here():
        _empty("Nothing to count yet", "Trends are counted from facts, which an import makes of "
               "the exports.")  # fmt: skip
    known = {fact.name: fact for fact in facts()}
    metrics = tuple(m for m in METRICS if m.fact in known and m.measure in known[m.fact].measures)
    if not metrics:
        _empty("No activity and no orders", "Neither is among the facts of these exports. Map the "
               "files that hold them in vitrail.toml, then import again.")  # fmt: skip
    address = address_now()
    with choice_row():
        titles = {metric.title: metric for metric in metrics}
        metric = titles[one_of(_("Metric"), list(titles), "metric", width=176)]
        fact = known[metric.fact]
        dimensions = choosable([fact])
        time = time_choice(fact.first, fact.last)
        filters = filters_chosen(dimensions)
        time_steps(time, fact.first, fact.last)
    choices = {"metric": list(titles), **time_keys()}
    tell_unknown(address, AddressKeys(choices, dimensions))
    every = choosable(known[m.fact] for m in metrics)
    return Scope(metric, metrics, fact, time, filters, AddressKeys(choices, every), known)


def _empty(title: str, why: str) -> NoReturn:
    empty(title, why, "vitrail import")
    st.stop()


def scope_chips(scope: Scope, release_id: str) -> None:
    """The scope in words; a filter's chip takes the filter away."""
    span = scope.time.window.span
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        chips([between(span), scope.time.against, _("release {release_id}", release_id=release_id)])
        filter_chips(scope.filters, scope.fact.dimensions)

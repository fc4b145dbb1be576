"""What of an answer will show, told before it is asked, from published totals alone.

For each dimension and condition of a question one release is asked that anybody may ask: persons
and rows by that dimension. From these the persons of every cell are estimated:

- what belongs to the person (country, plan) is taken as independent of all else: its share of
  the persons;
- what belongs to the event (device, feature) is reached by the more persons the more rows each
  has. Rows with a value come to a person as a Poisson number whose rate differs between persons
  by a gamma law, so that of those with m rows ``1 − (1 + q m θ)^(−1/θ)`` have the value at least
  once. q is its share of rows; θ is what makes the published persons come out over the whole
  span. A week has fewer rows a person, and so fewer persons with the value;
- a value that lives in its own days (a campaign) is in one period; a coarser dimension beside its
  finer one splits nothing.

A cell of μ persons shows with probability Φ((μ − t) / √(j² + μ + (μ/4)²)), t the middle of the
gate's threshold and j its jitter, beside chance and what independence is wrong by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import erf, exp, prod, sqrt
from typing import Final

from vitrail.gate import periods
from vitrail.gate.description import Dimension, DimensionKind, FactDescription
from vitrail.gate.grammar import MOST_CELLS
from vitrail.gate.suppression import OTHER, jitter, middle
from vitrail.model import Measure, MeasureKind, Query, Release, Span

#: The share of a cell that taking things as independent is wrong by.
_WRONG_BY: Final = 0.25

#: Bounds of θ: below, persons are alike; above, who has a value has nothing else.
_EVEN: Final = 1e-3
_MOST_SPREAD: Final = 1e4

_COUNTED: Final = (Measure(MeasureKind.PERSONS), Measure(MeasureKind.ROWS))


@dataclass(frozen=True, slots=True)
class Forecast:
    """About how many of a question's ``cells`` will show, and the share of people in those."""

    cells: int
    showing: float
    covered: float

    @property
    def share(self) -> float:
        return self.showing / self.cells if self.cells else 0.0


@dataclass(frozen=True, slots=True)
class _Group:
    """Persons, and the rows of each on average."""

    persons: float
    rows: float


def totals(query: Query, fact: FactDescription) -> tuple[Query, ...]:
    """The questions of at most one dimension that a forecast rests on; no condition is in them."""
    asked: list[tuple[tuple[str, ...], Span | None]] = [((), _whole(query.span))]
    for dimension in _named(query, fact):
        runs = dimension.kind is DimensionKind.PERIOD or dimension.once
        asked.append(((dimension.name,), query.span if runs else _whole(query.span)))
    return tuple(Query(fact.name, by, _COUNTED, (), span, query.epoch) for by, span in asked)


def _whole(span: Span | None) -> Span | None:
    """The calendar span of which a whole is told; shares of it stand for those of all the time."""
    return span and (periods.calendar_within(span) or span)


def foretell(query: Query, fact: FactDescription, published: Sequence[Release]) -> Forecast:
    """What will show of ``query``; ``published`` are the answers to :func:`totals`, in any order.

    A pure function of published numbers. The query's measures do not matter: a row shows by its
    persons. Of a question with more cells than the gate answers, nothing will show.
    """
    cells = cells_of(query, fact, published)
    if cells > MOST_CELLS:
        return Forecast(cells, 0.0, 0.0)
    groups = {release.query.dimensions: _groups(release) for release in published}
    every = groups[()].get((), _Group(0.0, 1.0))
    pinned = dict(query.filters)
    narrowings = [
        [
            _narrowing(dimension, every, group)
            for (label,), group in groups[dimension.name,].items()
            if pinned.get(dimension.name, label) == label
        ]
        for dimension in _splitting(query, fact)
    ]
    labels = sum(d.kind is not DimensionKind.PERIOD for d in _splitting(query, fact))
    bar, wide = middle(fact.threshold, labels), jitter(fact.threshold, labels)
    showing = shown = people = 0.0
    for steps in product(*narrowings):
        group = every
        for narrow in steps:
            group = narrow(group)
        published_so = len(steps) < 2  # by one dimension the totals are the answer themselves
        chance = 1.0 if published_so else _shows(group.persons, bar, wide)
        showing += chance
        shown += chance * group.persons
        people += group.persons
    return Forecast(cells, min(showing, float(cells)), shown / people if people else 0.0)


def cells_of(query: Query, fact: FactDescription, published: Iterable[Release] = ()) -> int:
    """How many cells the question has, whether anyone is in them or not.

    Of a span, ``published`` knows how many periods it has; else all that are closed are meant.
    """
    pinned = {name for name, _ in query.filters}
    rows = {release.query.dimensions: len(release.rows) for release in published}
    sizes = {
        d.name: rows.get((d.name,), len(d.values))
        if d.kind is DimensionKind.PERIOD
        else len(d.values)
        for d in fact.dimensions
    }
    return prod(sizes.get(name, 1) for name in query.dimensions if name not in pinned)


def _named(query: Query, fact: FactDescription) -> list[Dimension]:
    """The dimensions asked by and those of conditions, each once."""
    names = dict.fromkeys((*query.dimensions, *(name for name, _ in query.filters)))
    return [d for name in names if (d := fact.dimension(name))]


def _splitting(query: Query, fact: FactDescription) -> list[Dimension]:
    """The dimensions that make cells smaller: the calendar's first, then persons', then events'."""
    named = _named(query, fact)
    implied = {above for d in named for above in _above(d, fact)}
    once = any(d.once for d in named)
    order = (DimensionKind.PERIOD, DimensionKind.PERSON, DimensionKind.EVENT)
    kept = [
        d for d in named if d.name not in implied and not (once and d.kind is DimensionKind.PERIOD)
    ]
    return sorted(kept, key=lambda d: order.index(d.kind))


def _above(dimension: Dimension, fact: FactDescription) -> list[str]:
    """The coarser dimensions of one; a week is in no single month, so the calendar has none."""
    found: list[str] = []
    parent = dimension.parent if dimension.kind is not DimensionKind.PERIOD else None
    while parent is not None and parent not in found:
        found.append(parent)
        above = fact.dimension(parent)
        parent = above.parent if above else None
    return found


def _groups(release: Release) -> dict[tuple[str, ...], _Group]:
    """Persons and rows by label; nothing is said of what is hidden."""
    found = {}
    for row in release.rows:
        cells = dict(zip((m.kind for m in release.query.measures), row.cells, strict=True))
        persons, rows = cells[MeasureKind.PERSONS], cells[MeasureKind.ROWS]
        if persons is not None and persons.value > 0 and OTHER not in row.labels:
            each = max(1.0, rows.value / persons.value) if rows else 1.0
            found[row.labels] = _Group(persons.value, each)
    return found


def _narrowing(dimension: Dimension, every: _Group, group: _Group) -> Callable[[_Group], _Group]:
    """What a value does to the persons of a cell and to the rows of each."""
    share = min(1.0, group.persons / max(every.persons, 1.0))
    if dimension.kind is not DimensionKind.EVENT:
        busy = group.rows / every.rows
        return lambda cell: _Group(cell.persons * share, max(1.0, cell.rows * busy))
    rows = min(1.0, share * group.rows / every.rows)
    spread = _spread(share, rows * every.rows)

    def of_event(cell: _Group) -> _Group:
        reached = min(1.0, max(_reached(rows * cell.rows, spread), 1e-9))
        return _Group(cell.persons * reached, max(1.0, rows * cell.rows / reached))

    return of_event


def _reached(rows: float, spread: float) -> float:
    """The share of persons with at least one row, of whom each has ``rows`` on average."""
    if spread < _EVEN:
        return 1 - exp(-rows)
    return float(1 - (1 + rows * spread) ** (-1 / spread))


def _spread(share: float, rows: float) -> float:
    """θ, so that ``rows`` on average reach ``share`` of the persons; 0 where all are alike."""
    low, high = _EVEN, _MOST_SPREAD
    if _reached(rows, low) <= share:
        return 0.0
    for _ in range(40):
        middle = sqrt(low * high)
        low, high = (middle, high) if _reached(rows, middle) > share else (low, middle)
    return low


def _shows(persons: float, bar: float, wide: float) -> float:
    """The chance that a cell of about so many persons passes a threshold with that jitter."""
    deviation = sqrt(wide**2 + persons + (_WRONG_BY * persons) ** 2)
    return (1 + erf((persons - bar) / deviation / sqrt(2))) / 2

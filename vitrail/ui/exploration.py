"""What Explore looks at: one question, as the address of the page has it. No Streamlit here.

The address says what ``vitrail ask`` says: ``fact``, ``by``, ``measure``, ``where`` and either
``period`` (which moves on as periods close) or ``from`` and ``to``; and what it is compared with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from vitrail.gate import (
    DimensionKind,
    FactDescription,
    calendar_within,
    previous,
    year_before,
)
from vitrail.model import Measure, MeasureKind, Query, Span
from vitrail.translation import _
from vitrail.ui.periods import COMPARISONS, Comparison, Grain, in_one_week, snapped, window

#: How far back, as weeks and as months; None is all there is.
PERIODS: Final[dict[str, tuple[int, int] | None]] = {
    "3 months": (13, 3),
    "6 months": (26, 6),
    "12 months": (52, 12),
    "24 months": (104, 24),
    "everything": None,
}
USUAL: Final = "12 months"

#: Every key of the address that is the question's.
KEYS: Final = ("fact", "by", "measure", "where", "period", "from", "to", "compare")

_FIRST_LOOK: Final = "activity"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Exploration:
    """One question in the making: of ``fact``, by dimensions, measures, conditions, and a time.

    ``time`` is one of :data:`PERIODS` or a span of days, which is moved to whole periods.
    """

    fact: FactDescription
    by: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = (Measure(MeasureKind.PERSONS),)
    where: tuple[tuple[str, str], ...] = ()
    time: str | Span = USUAL
    comparison: Comparison = "nothing"

    @property
    def grain(self) -> Grain:
        """What the span is made of: weeks where the question or its span is, else months."""
        if "week" in self.by or "month" in self.by:
            return "week" if "week" in self.by else "month"
        return "week" if isinstance(self.time, Span) and in_one_week(self.time) else "month"

    @property
    def is_whole(self) -> bool:
        """Whether one span is told of in one piece: then it is a week, month, quarter or year.

        Row by row any run of periods is told, and so is what has its own days, as a campaign.
        """
        named = [self.fact.dimension(name) for name in (*self.by, *(n for n, _ in self.where))]
        return not any(d and (d.kind is DimensionKind.PERIOD or d.once) for d in named)

    @property
    def span(self) -> Span | None:
        """The closed days asked for; None where all there are, or what is usual.

        Of a whole, the longest calendar span in the time that was chosen.
        """
        span = self._run
        return calendar_within(span) or span if span and self.is_whole else span

    @property
    def _run(self) -> Span | None:
        last = self.fact.settled_by(self.measures)
        if isinstance(self.time, Span):
            return snapped(self.time, self.grain, last)
        lengths = PERIODS[self.time]
        if lengths is None:
            return None
        length = lengths[self.grain == "month"]
        found = window(self.fact.first, last, self.grain, length, "nothing")
        return found.span if found else None

    @property
    def query(self) -> Query:
        """The question as the gate takes it."""
        return Query(self.fact.name, self.by, self.measures, self.where, self.span)

    @property
    def earlier(self) -> Query | None:
        """The same about the time that it is compared with, where the facts reach back to it."""
        span = self.span
        if span is None or self.comparison == "nothing":
            return None
        before = previous(span) if self.comparison == "previous period" else year_before(span)
        reaches = before.first >= self.fact.first and before.last < span.first
        return replace(self.query, span=before) if reaches else None

    def title(self, name: str) -> str:
        """A dimension's name for people."""
        known = self.fact.dimension(name)
        return _(known.title) if known and known.title else name

    def without(self, name: str) -> Exploration:
        """The question without a condition."""
        return replace(self, where=tuple(pair for pair in self.where if pair[0] != name))

    def within(self, value: str) -> Exploration:
        """One value of the question's one dimension looked into, over time where it can be."""
        (name,) = self.by
        by = ("month",) if self.fact.dimension("month") else ()
        return replace(self, by=by, where=(*self.without(name).where, (name, value)))

    def address(self) -> dict[str, list[str]]:
        """The question as keys and values of an address."""
        said = {
            "fact": [self.fact.name],
            "by": list(self.by),
            "measure": [measure.label for measure in self.measures],
            "where": [f"{name}={value}" for name, value in self.where],
        }
        if isinstance(self.time, Span):
            said |= {"from": [str(self.time.first)], "to": [str(self.time.last)]}
        else:
            said["period"] = [self.time]
        if self.comparison != "nothing":
            said["compare"] = [self.comparison]
        return {key: values for key, values in said.items() if values}


def first_look(facts: Sequence[FactDescription]) -> Exploration:
    """What a page shows before anything was chosen: the coarsest that says something."""
    fact = next((f for f in facts if f.name == _FIRST_LOOK), facts[0])
    return Exploration(fact, ("month",) if fact.dimension("month") else ())


def of_query(query: Query, facts: Sequence[FactDescription]) -> Exploration:
    """A checked question as what the page looks at."""
    fact = next(f for f in facts if f.name == query.fact)
    return Exploration(fact, query.dimensions, query.measures, query.filters,
                       query.span or "everything")  # fmt: skip


def from_address(
    address: Mapping[str, Sequence[str]], facts: Sequence[FactDescription]
) -> tuple[Exploration, bool]:
    """What an address asks for, and whether all of it is known here.

    What is not (a value that too few persons share by now, a misspelt name) is left out.
    """
    usual = first_look(facts)
    if not any(address.get(key) for key in KEYS):
        return usual, True
    named = next(iter(address.get("fact", ())), usual.fact.name)
    fact = next((f for f in facts if f.name == named), None)
    if fact is None:
        return usual, False
    by = _known(address.get("by", ()), {d.name: d.name for d in fact.dimensions})
    measures = _known(address.get("measure", ()), {m.label: m for m in fact.measures})
    pairs = {f"{d.name}={value}": (d.name, value) for d in fact.dimensions for value in d.values
             if d.kind is not DimensionKind.PERIOD}  # fmt: skip
    where = _known(address.get("where", ()), pairs)
    asked = sum(len(address.get(key, ())) for key in ("by", "measure", "where"))
    whole = asked == len(by) + len(measures) + len(where)
    time, comparison = _time(address), _comparison(address)
    return (
        Exploration(fact, by, measures or usual.measures, where, time or USUAL,
                    comparison or "nothing"),
        whole and time is not None and comparison is not None,
    )  # fmt: skip


def _known(asked: Iterable[str], known: Mapping[str, T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(known[word] for word in asked if word in known))


def _comparison(address: Mapping[str, Sequence[str]]) -> Comparison | None:
    asked = next(iter(address.get("compare", ())), "nothing")
    return next((known for known in COMPARISONS if known == asked), None)


def _time(address: Mapping[str, Sequence[str]]) -> str | Span | None:
    ends = [next(iter(address.get(key, ())), None) for key in ("from", "to")]
    if ends[0] and ends[1]:
        try:
            first, last = (date.fromisoformat(end) for end in ends if end)
        except ValueError:
            return None
        return Span(first, last) if first <= last else None
    period = next(iter(address.get("period", ())), USUAL)
    return period if period in PERIODS else None

"""A question in the one form in which it is answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import prod

from vitrail.gate import periods
from vitrail.gate.description import DimensionKind
from vitrail.gate.facts import PERIODS
from vitrail.gate.manifest import EpochFact
from vitrail.gate.suppression import OTHER
from vitrail.model import Measure, Span

Conditions = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Question:
    """A query in its one form: names checked, everything sorted, periods turned into a span.

    ``off_calendar``: its one span is no week, month, quarter or year, so that only cells which are
    about days of their own may be told.
    """

    fact: EpochFact
    dimensions: tuple[str, ...]
    measures: tuple[Measure, ...]
    conditions: Conditions
    span: Span
    off_calendar: bool = False

    @cached_property
    def grain(self) -> str | None:
        """``week`` or ``month`` where the question goes by one."""
        return next((d for d in self.dimensions if d in PERIODS), None)

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The dimensions that are not the calendar's."""
        return tuple(d for d in self.dimensions if d not in PERIODS)

    @cached_property
    def months(self) -> int:
        """How many months' bound of one person's doings a single cell may hold.

        What lives in its own days (a campaign) holds one month's, whatever span is asked: its cell
        means the same over each, so it must have the same bound, or two answers with one draw of
        noise would be two equations.
        """
        return 1 if self.grain or self.once_axes else periods.months(self.span)

    @cached_property
    def once_axes(self) -> tuple[str, ...]:
        """The axes whose values live in their own days."""
        declared = self.fact.definition.dimensions
        return tuple(axis for axis in self.axes if declared[axis].once)

    def tells_of_days(self, values: tuple[str, ...]) -> bool:
        """Whether the cell with these values is about days that are no choice of who asks.

        That is so of calendar spans, and of a campaign over whatever span; of all campaigns that
        have no name it is not.
        """
        named = dict(self.labels_of(values))
        return not self.off_calendar or any(named[axis] != OTHER for axis in self.once_axes)

    @cached_property
    def periods(self) -> tuple[Span, ...]:
        """The spans that the rows are about: each week or month, or the whole."""
        return (self.span,) if self.grain is None else (*periods.periods(self.span, self.grain),)

    @cached_property
    def axes(self) -> tuple[str, ...]:
        """Every plain dimension that its cells have a label of, asked for or pinned."""
        return tuple(sorted({*self.plain, *dict(self.conditions)}))

    def labels_of(self, values: tuple[str, ...]) -> Conditions:
        """All labels of the cell with these values of :attr:`plain`, sorted."""
        named = {*self.conditions, *zip(self.plain, values, strict=True)}
        return tuple(sorted(named))

    def span_of(self, period: date | None) -> Span:
        """The days that the cell of a period is about; None is the whole span."""
        if period is None or self.grain is None:
            return self.span
        return periods.beginning(period, self.grain)

    def without(self, axis: str) -> Question:
        """The same question with one dimension neither asked for nor pinned."""
        return replace(
            self,
            dimensions=tuple(d for d in self.dimensions if d != axis),
            conditions=tuple((n, v) for n, v in self.conditions if n != axis),
        )

    def by(self, axis: str) -> Question:
        """The same question with a pinned dimension asked for instead."""
        freed = self.without(axis)
        return replace(freed, dimensions=tuple(sorted((*freed.dimensions, axis))))

    @property
    def counting(self) -> Question:
        """The same question about persons alone."""
        return replace(self, measures=())

    def values(self, dimension: str) -> tuple[str, ...]:
        """The values of a dimension that had their name in the days asked about."""
        return self.fact.values(dimension, self.span.last)

    @cached_property
    def cells(self) -> int:
        """How many cells the closed domains allow, whether anyone is in them or not."""
        pinned = dict(self.conditions)
        sizes = [1 if d in pinned else len(self.values(d)) for d in self.plain]
        return prod(sizes) * len(self.periods)


def coarser(question: Question) -> tuple[tuple[str, str], ...]:
    """Each dimension of the question that has a coarser one: ``(("week", "month"),)``."""
    declared = question.fact.definition.dimensions
    return tuple(
        (d, parent) for d in question.dimensions if (parent := declared[d].parent) is not None
    )


def crosses_persons(question: Question) -> bool:
    """Whether a person can be in several rows, so that rows of persons must not be added."""
    kinds = {question.fact.definition.dimensions[d].kind for d in question.dimensions}
    return bool(kinds & {DimensionKind.EVENT, DimensionKind.PERIOD})

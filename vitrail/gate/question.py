"""A question in the one form in which it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from vitrail.gate import periods
from vitrail.gate.description import DimensionKind
from vitrail.gate.facts import PERIODS
from vitrail.gate.manifest import EpochFact
from vitrail.model import Measure, Span

Conditions = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A query in its one form: names checked, everything sorted, periods turned into a span."""

    fact: EpochFact
    dimensions: tuple[str, ...]
    measures: tuple[Measure, ...]
    conditions: Conditions
    span: Span

    @property
    def grain(self) -> str | None:
        """``week`` or ``month`` where the question goes by one."""
        return next((d for d in self.dimensions if d in PERIODS), None)

    @property
    def plain(self) -> tuple[str, ...]:
        """The dimensions that are not the calendar's."""
        return tuple(d for d in self.dimensions if d not in PERIODS)

    @property
    def months(self) -> int:
        """How many months of one person's doings a single cell may hold."""
        return 1 if self.grain else periods.months(self.span)

    @property
    def periods(self) -> tuple[Span, ...]:
        """The spans that the rows are about: each week or month, or the whole."""
        return (self.span,) if self.grain is None else (*periods.periods(self.span, self.grain),)

    @property
    def cells(self) -> int:
        """How many cells the closed domains allow, whether anyone is in them or not."""
        pinned = dict(self.conditions)
        sizes = [1 if d in pinned else len(self.fact.domains[d]) for d in self.plain]
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

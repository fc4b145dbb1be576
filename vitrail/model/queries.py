"""The only questions that an analyst can put."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MeasureKind(StrEnum):
    """What may be counted or summed through the gate."""

    PERSONS = "persons"
    ROWS = "rows"
    SUM = "sum"
    AVG = "avg"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True, order=True)
class Measure:
    """One number asked for: ``persons``, ``rows``, ``sum(amount)``, ``outcome(ordered)``."""

    kind: MeasureKind
    name: str | None = None

    @property
    def label(self) -> str:
        return self.kind.value if self.name is None else f"{self.kind.value}({self.name})"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of closed periods: ``first`` and ``last`` are days, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Query:
    """The only question an analyst can put: one fact, dimensions, measures, equalities, a span.

    ``filters`` are ANDed ``(dimension, value)`` equalities. ``epoch`` None means the one in force.
    """

    fact: str
    dimensions: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = (Measure(MeasureKind.PERSONS),)
    filters: tuple[tuple[str, str], ...] = ()
    span: Span | None = None
    epoch: str | None = None

"""What a page or a notebook may know of the facts: names, safe values, closed periods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from vitrail.model import Measure


class DimensionKind(StrEnum):
    """What a dimension's value belongs to: the person, the single event, or the calendar."""

    PERSON = "person"
    EVENT = "event"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension that may be asked by. ``parent`` is the coarser one to fall back on.

    ``values`` are only those that enough persons share in this epoch; all others are published
    together as ``other``. A period's values are its closed weeks (their Monday, ``2026-01-05``)
    or months (``2026-01``). The values of a dimension that is ``once`` live in days of their own,
    as a campaign does.
    """

    name: str
    kind: DimensionKind
    parent: str | None
    values: tuple[str, ...]
    title: str = ""
    once: bool = False


@dataclass(frozen=True, slots=True)
class FactDescription:
    """What may be asked of one fact in one epoch.

    ``first`` and ``last`` bound the closed days: a week or month is answerable when it ends on
    or before ``last``. ``units`` and ``notes`` are by a measure's label (``sum(amount)``).
    """

    name: str
    title: str
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    first: date
    last: date
    units: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    doc: str = ""
    titles: tuple[tuple[str, str], ...] = ()
    settled: tuple[tuple[str, date], ...] = ()
    threshold: int = 10

    def dimension(self, name: str) -> Dimension | None:
        return next((d for d in self.dimensions if d.name == name), None)

    def settled_by(self, measures: Iterable[Measure]) -> date:
        """The last day of which all of ``measures`` can be told."""
        days = dict(self.settled)
        return min((days.get(m.label, self.last) for m in measures), default=self.last)


Change = Literal["new", "grown", "unchanged", "rebuilt", "left out"]


@dataclass(frozen=True, slots=True)
class FactChange:
    """What an import did to one fact.

    ``what`` is ``new``, ``grown`` (days closed since), ``unchanged``, ``rebuilt`` or ``left out``,
    and ``why`` says so in a sentence's part where it is not plain. ``first`` and ``last`` are the
    days that closed with this import. ``late`` events came for closed days and ``gone`` ones are
    no longer exported: neither changed anything. ``values`` are names that a dimension has new.
    """

    fact: str
    what: Change
    why: str = ""
    first: date | None = None
    last: date | None = None
    late: int = 0
    gone: int = 0
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class FactsReport:
    """What an import did to the facts.

    ``changed`` is False where no period closed since the epoch in force: its answers are frozen,
    so nothing was written. ``facts`` gives rows (person × dimensions × period) by fact, and
    ``missing`` what a fact that could not be built lacks (``orders.amount``). ``erased`` persons
    were taken out of the epochs named in ``purged``.
    """

    epoch: str
    facts: tuple[tuple[str, int], ...]
    changed: bool
    first: date | None = None
    last: date | None = None
    missing: tuple[tuple[str, tuple[str, ...]], ...] = ()
    seconds: float = 0.0
    changes: tuple[FactChange, ...] = ()
    erased: int = 0
    purged: tuple[str, ...] = ()

    @property
    def late(self) -> int:
        """Events of all facts that came late for closed days."""
        return sum(change.late for change in self.changes)

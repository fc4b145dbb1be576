"""What an epoch says of itself; it is written into the epoch's own file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from vitrail.gate import periods
from vitrail.gate.description import Dimension, DimensionKind, FactDescription
from vitrail.gate.facts import FactDefinition
from vitrail.model import Measure, Span

MANIFEST_TABLE: Final = "vitrail_manifest"

#: Goes up when the way of building facts, or the noise of answers, changes: what was built under
#: another is not answered with this noise, for one number under two would be two equations.
FORMAT: Final = 6


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class SideTable(_Frozen):
    """A table of a fact with some of its labels, and with its weeks or by month alone."""

    name: str
    labels: tuple[str, ...]
    by_week: bool
    rows: int

    def holds(self, labels: Collection[str], *, by_week: bool) -> bool:
        """Whether a question about these labels can be put to it."""
        return (self.by_week or not by_week) and set(labels) <= set(self.labels)


class EpochFact(_Frozen):
    """One fact of an epoch: its definition as it was, the closed domains, and how far it reaches.

    ``release`` changes with the definition or the mapping, not with the days that pass: the noise
    hangs on it, so that a later epoch gives a closed period the answer it had. ``first`` begins
    the first month with enough persons, ``through`` is the last day whose events are complete.

    ``bounds``: what one person brings to a month at most, by measure and ``rows``, where the data
    chose it. ``implied``: by dimension and value, the value of the coarser parent that it always
    has. ``windows``: of a dimension whose values live in their own days, the Mondays of the weeks
    in which enough persons had each value; rows of other weeks are under ``other``, so that a week
    once closed keeps its meaning. ``sampled``: whether the file has ``<fact>.sample``, the rows of
    one person in 16; ``side_tables``: the smaller tables beside the fact's own. ``rebuilds`` counts
    how often the fact was built anew, each time under another ``release``; ``note`` says why it was
    the last time. ``since``: of values that got their name after the first epoch, the first day on
    which it holds. ``purged`` is the last day on which rows
    of erased persons left it: what was published before is then answered as it was. ``format`` is
    the :data:`FORMAT` under which the release came about; before it was told, 0.
    """

    definition: FactDefinition
    release: str
    domains: dict[str, tuple[str, ...]]
    first: date
    through: date
    rows: int
    bounds: dict[str, int] = Field(default_factory=dict)
    implied: dict[str, dict[str, str]] = Field(default_factory=dict)
    windows: dict[str, dict[str, tuple[date, ...]]] = Field(default_factory=dict)
    sampled: bool = False
    side_tables: tuple[SideTable, ...] = ()
    rebuilds: int = 0
    note: str = ""
    since: dict[str, dict[str, date]] = Field(default_factory=dict)
    purged: date | None = None
    format: int = 0

    @property
    def name(self) -> str:
        return self.definition.name

    def smallest_table(self, labels: Collection[str], *, by_week: bool) -> str:
        """The table to read for a question about these labels."""
        able = [t for t in self.side_tables if t.holds(labels, by_week=by_week)]
        return min(able, key=lambda table: table.rows).name if able else self.name

    @property
    def last(self) -> date:
        """The last day that some closed week or month holds."""
        return periods.last_closed(self.through)

    def closed_for(self, measure: Measure) -> date:
        """The last day of which ``measure`` is settled: outcomes and returns take their days."""
        if measure.name is None:
            return self.through
        wait = self.definition.measures[measure.name].closes_after
        return self.through - timedelta(days=wait)

    def span_of(self, grain: str, through: date) -> Span:
        """All closed weeks or months up to ``through``."""
        if grain == "week":
            return Span(periods.next_monday(self.first), periods.last_closed_week(through))
        return Span(self.first, periods.last_closed_month(through))

    def values(self, dimension: str, last: date) -> tuple[str, ...]:
        """The values that had their name by ``last``: a question about days long closed has no
        row for one named since, whichever epoch it is put to."""
        since = self.since.get(dimension, {})
        return tuple(v for v in self.domains[dimension] if since.get(v, last) <= last)

    def describe(self) -> FactDescription:
        """What a page may offer of it."""
        fact = self.definition
        measures = fact.askable
        units, notes, titles = [], [], []
        for measure in measures:
            declared = fact.measures.get(measure.name or "")
            if declared is not None:
                titles.append((measure.label, declared.title))
            if declared is not None and declared.unit:
                units.append((measure.label, declared.unit))
            if declared is not None and (declared.note or declared.closes_after):
                notes.append((measure.label, _measure_note(declared.note, declared.closes_after)))
        return FactDescription(
            name=fact.name,
            title=fact.title,
            dimensions=tuple(self._dimension(name) for name in fact.dimensions),
            measures=measures,
            first=self.first,
            last=self.last,
            units=tuple(units),
            notes=tuple(notes),
            doc=fact.doc,
            titles=tuple(titles),
            settled=tuple(
                (m.label, day) for m in measures if (day := self.closed_for(m)) < self.last
            ),
            threshold=fact.threshold,
        )

    def _dimension(self, name: str) -> Dimension:
        declared = self.definition.dimensions[name]
        if declared.kind is DimensionKind.PERIOD:
            span = self.span_of(name, self.through)
            values = tuple(periods.label(p.first, name) for p in periods.periods(span, name))
        else:
            values = self.domains[name]
        return Dimension(
            name, declared.kind, declared.parent, values, declared.title, declared.once
        )


def _measure_note(note: str, closes_after: int) -> str:
    closing = f"Closes {closes_after} days after." if closes_after else ""
    return f"{note} {closing}".strip()


class EpochManifest(_Frozen):
    """All that readers need to know of an epoch beside its rows."""

    epoch: str
    built_at: datetime
    as_of: date
    facts: tuple[EpochFact, ...]

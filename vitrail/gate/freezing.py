"""Answers that hold when rows go: what was published is given again, to the byte.

While a fact is whole, each answer is made from its rows and recorded. Once persons were erased from
it, what is recorded comes first: a question asked before has the answer it had, and in another
question the numbers published before are those. Of an old epoch nothing else is answered any more.

Facts built by another version of the gate have that version's noise: of them nothing but what was
published is told, until an import counts them anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from pydantic import TypeAdapter

from vitrail.errors import Refused, UsageError, VitrailError
from vitrail.gate import periods
from vitrail.gate.facts import PERIODS
from vitrail.gate.manifest import FORMAT
from vitrail.gate.meaning import meaning
from vitrail.gate.published import Key, Published, digest
from vitrail.gate.question import Question
from vitrail.model import Cell, Query, Release, ReleaseRow, Span

_CELL: Final = TypeAdapter(Cell | None)
_TOLD: Final = TypeAdapter(
    tuple[
        tuple[ReleaseRow, ...], int, tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]
    ]
)


@dataclass(frozen=True)
class Freezer:
    """Gives one question its lasting answer; ``in_force`` says whether its epoch is."""

    question: Question
    query: Query
    published: Published
    in_force: bool

    def answer(self, compute: Callable[[], Release]) -> Release:
        """The answer that was published, else the one that ``compute`` makes, then recorded."""
        fact = self.question.fact
        if fact.purged is None and fact.format == FORMAT:
            release = compute()
            if not self.published.knows(self._key):
                self._record(release)
            return release
        told = self.published.lookup([self._key]).get(digest(self._key))
        if told is not None:
            rows, suppressed, notes, units, touched = _TOLD.validate_json(told)
            return replace(
                compute(),
                rows=rows,
                suppressed=suppressed,
                notes=notes,
                units=units,
                touched=touched,
            )
        if fact.format != FORMAT:
            raise self._of_another_version()
        release = self._as_published(compute())
        self._record(release)
        return release

    def _of_another_version(self) -> VitrailError:
        """With this version's noise on the same draws, two answers would give the number away."""
        if self.in_force:
            return UsageError(
                "These facts were counted by another version of Vitrail, which adds other noise: "
                "what was not asked before is not answered of them.",
                "Run `vitrail import`, which counts them anew.",
            )
        return Refused(
            "This epoch was counted by another version of Vitrail, which adds other noise: what "
            "was not asked of it before is not answered.",
            "Ask the epoch in force, or what was asked of this one before.",
        )

    @cached_property
    def _key(self) -> Key:
        """The question in one form; another epoch of the same release asks the same."""
        question, query = self.question, self.query
        return (
            "answer",
            question.fact.name,
            question.fact.release,
            query.dimensions,
            self._measures,
            question.conditions,
            question.span.first.toordinal(),
            question.span.last.toordinal(),
        )

    def _as_published(self, release: Release) -> Release:
        """``release`` with each number that was published before as it was then."""
        keys = {row.labels: self._keys(row) for row in release.rows}
        found = self.published.lookup(key for of_row in keys.values() for key in of_row)
        if not self.in_force and len(found) < len({digest(k) for ks in keys.values() for k in ks}):
            raise Refused(
                "Persons were erased from this epoch, and not all of this was published before.",
                "Ask the epoch in force, or what was asked of this one before.",
            )
        rows = tuple(
            replace(
                row,
                cells=tuple(
                    _CELL.validate_json(found[digest(key)]) if digest(key) in found else cell
                    for key, cell in zip(keys[row.labels], row.cells, strict=True)
                ),
            )
            for row in release.rows
        )
        return replace(release, rows=rows)

    def _record(self, release: Release) -> None:
        """The numbers first published are kept each, and the answer as a whole."""
        documents = {
            digest(key): _CELL.dump_json(cell).decode()
            for row in release.rows
            for key, cell in zip(self._keys(row), row.cells, strict=True)
        }
        told = (release.rows, release.suppressed, release.notes, release.units, release.touched)
        documents[digest(self._key)] = _TOLD.dump_json(told).decode()
        self.published.record(documents)

    def _keys(self, row: ReleaseRow) -> list[Key]:
        """What each number of a row means."""
        named = dict(zip(self.query.dimensions, row.labels, strict=True))
        span = next((_period(d, named.pop(d)) for d in PERIODS if d in named), self.question.span)
        labels = tuple(sorted({*self.question.conditions, *named.items()}))
        about = meaning(self.question.fact, labels, span)
        first, last = about.span.first.toordinal(), about.span.last.toordinal()
        means = (about.fact, about.release, about.labels, first, last)
        return [(means, label) for label in self._measures]

    @cached_property
    def _measures(self) -> tuple[str, ...]:
        return tuple(measure.label for measure in self.query.measures)


def _period(grain: str, label: str) -> Span:
    span = periods.week(label) if grain == "week" else periods.month(label)
    if span is None:  # labels of releases are written by the gate itself
        raise ValueError(label)
    return span

"""From a question to what leaves the house."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import duckdb

from vitrail.errors import VitrailError
from vitrail.gate import periods, wording
from vitrail.gate.compiler import Place, RawCell, Statement
from vitrail.gate.freezing import Freezer
from vitrail.gate.gathering import gather
from vitrail.gate.grammar import question_from
from vitrail.gate.grounds import Grounds
from vitrail.gate.lattice import Lattice
from vitrail.gate.noise import NoiseSource
from vitrail.gate.publishing import Publisher
from vitrail.gate.question import Question
from vitrail.gate.resolving import Found, resolve
from vitrail.gate.store import EpochReader, FactStore
from vitrail.gate.suppression import OTHER
from vitrail.keys import Keyring
from vitrail.model import Query, Release, ReleaseRow

#: Up to so many possible rows, hidden ones are listed too; beyond, they are only counted.
_MOST_LISTED: Final = 200

Labels = tuple[str, ...]


def answer(query: Query, store: FactStore, keys: Keyring) -> Release:
    """The one gated answer to a question about an epoch; asked again, the same bytes.

    Raises :class:`~vitrail.errors.Refused` where the question cannot be answered. The engine's
    own words never come out.
    """
    reader = store.reader(query.epoch)
    question = question_from(query, reader.facts)
    freezer = Freezer(question, query, store.published, reader.epoch == store.in_force)
    return freezer.answer(_Answering(query, question, reader, NoiseSource(keys.noise)).release)


@dataclass(frozen=True, slots=True)
class _Answering:
    """One question on its way: its cells by label, those shown and those withheld."""

    query: Query
    question: Question
    reader: EpochReader
    noise: NoiseSource

    def release(self) -> Release:
        lattice = Lattice(self._fetch, self.reader.counts)
        grounds = Grounds(self.question, self.noise, lattice)
        resolved = resolve(grounds)
        found = {self._labels(place): cell for place, cell in resolved.found.items()}
        small = gather(grounds, resolved)
        gathered = {self._labels(cell.raw.place): cell for cell in small}
        shown = {labels: self._row(labels, cell) for labels, cell in (found | gathered).items()}
        suppressed = max(0, self.question.cells - sum(OTHER not in labels for labels in shown))
        told = wording.Told(
            question=self.question,
            suppressed=suppressed,
            gathered=any(OTHER in labels for labels in shown),
            dropped=_dropped(found.values()),
        )
        return Release(
            id=self._id(),
            epoch=self.reader.epoch,
            query=self.query,
            rows=self._rows(shown),
            suppressed=suppressed,
            notes=wording.notes(told),
            units=wording.units(self.question),
            touched=wording.touched(told),
            released_at=self.reader.manifest.built_at,
            span=self.question.span,
        )

    def _labels(self, place: Place) -> Labels:
        """The row's labels in the order in which the dimensions were asked for."""
        period, values = place
        named = dict(zip(self.question.plain, values, strict=True))
        if period is not None and self.question.grain is not None:
            named[self.question.grain] = periods.label(period, self.question.grain)
        return tuple(named[d] for d in self.query.dimensions)

    def _row(self, labels: Labels, found: Found) -> ReleaseRow:
        publisher = Publisher(found.question, self.noise, found.raw, found.about)
        cells = tuple(publisher.cell(measure) for measure in self.query.measures)
        return ReleaseRow(labels, cells, found.dropped)

    def _rows(self, shown: dict[Labels, ReleaseRow]) -> tuple[ReleaseRow, ...]:
        """Shown rows in the order of their labels, ``other`` last, hidden ones in their places."""
        hidden: tuple[None, ...] = (None,) * len(self.query.measures)
        rows = dict(shown)
        if self.question.cells <= _MOST_LISTED:
            for labels in wording.possible_labels(self.question, self.query.dimensions):
                rows.setdefault(labels, ReleaseRow(labels, hidden))
        order = sorted(rows, key=lambda labels: [(label == OTHER, label) for label in labels])
        return tuple(rows[labels] for labels in order)

    def _fetch(self, question: Question, statement: Statement) -> list[RawCell]:
        try:
            rows = self.reader.fetch(statement.sql, statement.params)
        except duckdb.Error:
            raise VitrailError(
                f"The facts of epoch {self.reader.epoch} could not be read.",
                "Ask again; if it stays so, run `vitrail import` to build a new epoch.",
            ) from None
        return statement.cells(question, rows)

    def _id(self) -> str:
        """The same for the same question about the same epoch, however it was worded."""
        question = self.question
        text = json.dumps(
            [
                self.reader.epoch,
                question.fact.name,
                question.dimensions,
                [m.label for m in question.measures],
                question.conditions,
                [str(question.span.first), str(question.span.last)],
            ]
        )
        return f"{self.reader.epoch}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _dropped(found: Iterable[Found]) -> tuple[str, ...]:
    return tuple(sorted({axis for cell in found for axis in cell.dropped}))

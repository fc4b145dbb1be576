"""From a question to what leaves the house."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb

from vitrail.errors import VitrailError
from vitrail.gate import periods, wording
from vitrail.gate.compiler import (
    Amounts,
    RawCell,
    Statement,
    cells_statement,
    gathered_statement,
)
from vitrail.gate.grammar import question_from
from vitrail.gate.noise import NoiseSource
from vitrail.gate.publishing import Publisher
from vitrail.gate.question import Question
from vitrail.gate.store import EpochReader, FactStore
from vitrail.gate.suppression import OTHER, enough
from vitrail.keys import Keyring
from vitrail.model import Query, Release, ReleaseRow, Span

#: Up to so many possible rows, hidden ones are listed too; beyond, they are only counted.
_MOST_LISTED: Final = 200

_LOSS_TOLD_FROM: Final = 200

Labels = tuple[str, ...]


def answer(query: Query, store: FactStore, keys: Keyring) -> Release:
    """The one gated answer to a question about an epoch; asked again, the same bytes.

    Raises :class:`~vitrail.errors.Refused` where the question cannot be answered. The engine's
    own words never come out.
    """
    reader = store.reader(query.epoch)
    question = question_from(query, reader.facts)
    return _Answering(query, question, reader, NoiseSource(keys.noise)).release()


@dataclass(frozen=True, slots=True)
class _Answering:
    """One question on its way: its cells by label, those shown and those withheld."""

    query: Query
    question: Question
    reader: EpochReader
    noise: NoiseSource

    def release(self) -> Release:
        shown, lost = self._shown()
        rows = self._rows(shown)
        visible = sum(1 for labels in shown if OTHER not in labels)
        suppressed = max(0, self.question.cells - visible)
        return Release(
            id=self._id(),
            epoch=self.reader.epoch,
            query=self.query,
            rows=rows,
            suppressed=suppressed,
            notes=wording.notes(self.question, suppressed, OTHER in _flat(shown)),
            units=wording.units(self.question),
            touched=wording.touched(self.question, suppressed, OTHER in _flat(shown), lost),
            released_at=self.reader.manifest.built_at,
        )

    def _shown(self) -> tuple[dict[Labels, ReleaseRow], float | None]:
        """The cells that may be shown, by label, and the share that clipping took from them."""
        passed: list[RawCell] = []
        small: list[RawCell] = []
        for raw in self._fetch(cells_statement(self.question)):
            shows = self._passes(raw) and not (self.question.plain and _all_other(raw))
            (passed if shows else small).append(raw)
        if self.question.plain:
            passed += self._gathered(small)
        return {self._labels(raw): self._row(raw) for raw in passed}, _lost(passed)

    def _gathered(self, small: list[RawCell]) -> list[RawCell]:
        """What the small cells of a period come to together, where that is enough.

        A single small cell gets no second chance under another name.
        """
        by_period: dict[date | None, list[RawCell]] = defaultdict(list)
        for raw in small:
            by_period[raw.period].append(raw)
        several = [
            raw
            for cells in by_period.values()
            if len(cells) > 1 or _all_other(cells[0])
            for raw in cells
        ]
        if not several:
            return []
        return [
            raw
            for raw in self._fetch(gathered_statement(self.question, several))
            if self._passes(raw)
        ]

    def _passes(self, raw: RawCell) -> bool:
        fact, floor = self.question.fact, self.question.fact.definition.threshold
        if raw.persons < floor:
            return False
        who = (fact.name, raw.key, raw.persons)
        return enough(raw.persons, floor, self.noise, who, self._asked(raw))

    def _asked(self, raw: RawCell) -> tuple[object, ...]:
        """The cell's own question: a label and a filter of the same meaning are the same."""
        labels = {*self.question.conditions, *zip(self.question.plain, raw.labels, strict=True)}
        span = self._span(raw)
        return (self.question.fact.release, sorted(labels), span.first, span.last)

    def _span(self, raw: RawCell) -> Span:
        if raw.period is None or self.question.grain is None:
            return self.question.span
        return next(periods.periods(Span(raw.period, raw.period), self.question.grain))

    def _labels(self, raw: RawCell) -> Labels:
        """The row's labels in the order in which the dimensions were asked for."""
        named = dict(zip(self.question.plain, raw.labels, strict=True))
        if raw.period is not None and self.question.grain is not None:
            named[self.question.grain] = periods.label(raw.period, self.question.grain)
        return tuple(named[d] for d in self.query.dimensions)

    def _row(self, raw: RawCell) -> ReleaseRow:
        publisher = Publisher(self.question, self.noise, raw, self._asked(raw))
        cells = tuple(publisher.cell(measure) for measure in self.query.measures)
        return ReleaseRow(self._labels(raw), cells)

    def _rows(self, shown: dict[Labels, ReleaseRow]) -> tuple[ReleaseRow, ...]:
        """Shown rows in the order of their labels, ``other`` last, hidden ones in their places."""
        hidden: tuple[None, ...] = (None,) * len(self.query.measures)
        rows = dict(shown)
        if self.question.cells <= _MOST_LISTED:
            for labels in wording.possible_labels(self.question, self.query.dimensions):
                rows.setdefault(labels, ReleaseRow(labels, hidden))
        order = sorted(rows, key=lambda labels: [(label == OTHER, label) for label in labels])
        return tuple(rows[labels] for labels in order)

    def _fetch(self, statement: Statement) -> list[RawCell]:
        try:
            rows = self.reader.fetch(statement.sql, statement.params)
        except duckdb.Error:
            raise VitrailError(
                f"The facts of epoch {self.reader.epoch} could not be read.",
                "Ask again; if it stays so, run `vitrail import` to build a new epoch.",
            ) from None
        return statement.cells(self.question, rows)

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


def _all_other(raw: RawCell) -> bool:
    return all(label == OTHER for label in raw.labels)


def _flat(shown: dict[Labels, ReleaseRow]) -> set[str]:
    return {label for labels in shown for label in labels}


def _lost(raws: list[RawCell]) -> float | None:
    """The share of all sums shown that the bounds on single persons took away.

    Of few persons it would tell of the one who goes beyond: there it is None.
    """
    if sum(raw.persons for raw in raws) < _LOSS_TOLD_FROM:
        return None
    parts = [p for raw in raws for p in raw.parts.values() if isinstance(p, Amounts)]
    unclipped = sum(part.unclipped for part in parts)
    return 1 - sum(part.total for part in parts) / unclipped if unclipped > 0 else 0.0

"""What changes in one table: the hits of its cells, and columns that hold one type as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect.entities import ENTITIES, Family
from vitrail.exports.copies.changes import Cells, Changed, Index
from vitrail.redaction import spans
from vitrail.redaction.hit_ranges import HitStream
from vitrail.redaction.options import Operator, RedactOptions
from vitrail.redaction.replacing import replace_in
from vitrail.redaction.spans import Spans
from vitrail.redaction.tally import Tally
from vitrail.redaction.words import Words
from vitrail.scan.labels import Labels

if TYPE_CHECKING:
    from vitrail.redaction.operators import Operators

#: Types whose columns were judged by votes: in them a hit may be less than what the cell says.
_BY_VOTE: Final = frozenset(
    {name for name, kind in ENTITIES.items() if kind.family is Family.PERSON} | {"STREET_ADDRESS"}
)


class HitChanges:
    """The :class:`~vitrail.exports.copies.changes.TableChanges` of one table.

    ``verdicts``: by a column's label, the type that it holds as a whole: what no hit covers of
    its cells is replaced too. ``labels`` are the scan's, ``names`` those of the copy.
    """

    def __init__(
        self,
        hits: HitStream,
        verdicts: Mapping[str, str],
        options: RedactOptions,
        operators: Operators,
        labels: Labels,
        names: Labels,
    ) -> None:
        self.tally = Tally()
        self._hits, self._verdicts = hits, verdicts
        self._options, self._operators = options, operators
        self._labels, self._names = labels, names
        self._window: _Window | None = None

    def window(self, first: int, stop: int) -> _Window:
        self._close()
        self._window = _Window(self, first, stop, self._hits.upto(stop))
        return self._window

    def name(self, name: str) -> str:
        return self._names.label(name)

    def learn(self, names: Sequence[str]) -> frozenset[str]:
        self._names.learn(list(names))
        return frozenset(name for name in names if self._names.is_masked(name))

    def keep_apart(self, columns: Sequence[str]) -> None:
        self.tally.apart |= {self._labels.label(column) for column in columns}

    def finish(self) -> Tally:
        """What was done, once the table is written; hits that are left were not met."""
        self._close()
        self.tally.unmet += self._hits.rest()
        return self.tally

    def _close(self) -> None:
        if self._window is not None:
            self.tally.unmet += self._window.unmet
            self._window = None

    # --- asked by the windows ---

    def label(self, column: str) -> str:
        return self._labels.label(column)

    def verdict(self, label: str) -> str | None:
        return self._verdicts.get(label)

    def words(self, label: str) -> Words:
        """What stands for values in a column."""
        apart = label in self.tally.apart

        def operator_of(entity_type: str) -> Operator:
            return Operator.PSEUDONYM if apart else self._options.operator_of(entity_type)

        return Words(label, operator_of, self._operators, self.tally)


class _Window:
    """The :class:`~vitrail.exports.copies.changes.Window` on one table's changes. ``unmet``: hits
    that no cell was given for."""

    def __init__(self, changes: HitChanges, first: int, stop: int, hits: pa.Table) -> None:
        self.unmet = len(hits)
        self._changes, self._first, self._stop = changes, first, stop
        self._hits = _by_column(hits)

    def rows(self, column: str) -> Index:
        label = self._changes.label(column)
        if self._changes.verdict(label) is not None:
            return np.arange(self._first, self._stop)
        hits = self._hits.get(label)
        return np.empty(0, np.int64) if hits is None else np.unique(hits.column("row").to_numpy())

    def texts(self, column: str, cells: Cells) -> Changed:
        label = self._changes.label(column)
        found = self._spans(label, cells)
        places, moved = np.unique(found.cell, return_inverse=True)
        if not len(places):
            return Changed(places, pa.array([], pa.large_string()))
        found = Spans(moved, found.start, found.end, found.kind, found.print)
        texts = cells.texts.take(pa.array(places)).cast(pa.large_string())
        words = self._changes.words(label)
        return Changed(places, replace_in(texts, found, words, words.one))

    def integers(self, column: str, cells: Cells, *, nullable: bool = True) -> Changed:
        label = self._changes.label(column)
        found, words = spans.longest(self._spans(label, cells)), self._changes.words(label)
        kept = np.ones(len(found), bool) if not nullable else words.is_pseudonym(found.kind)
        words.emptied(found.where(~kept).kind)
        values = np.zeros(len(found), np.int64)
        if kept.any():
            some = found.where(kept)
            texts = cells.texts.take(pa.array(some.cell))
            values[kept] = words.integers(some.kind, some.print, texts).to_numpy()
        return Changed(found.cell, pa.array(values, pa.int64(), mask=~kept))

    def emptied(self, column: str, cells: Cells) -> Index:
        label = self._changes.label(column)
        found = spans.longest(self._spans(label, cells))
        self._changes.words(label).emptied(found.kind)
        return found.cell

    def _spans(self, label: str, cells: Cells) -> Spans:
        hits, verdict = self._hits.get(label), self._changes.verdict(label)
        found = spans.none() if hits is None else spans.of_hits(hits, cells)
        self.unmet -= len(found)
        if verdict is not None:
            found = spans.covered(cells, found, verdict, by_vote=verdict in _BY_VOTE)
        return found


def _by_column(hits: pa.Table) -> dict[str, pa.Table]:
    if not len(hits):
        return {}
    hits = hits.combine_chunks()
    encoded = pc.dictionary_encode(hits.column("column")).combine_chunks()
    codes, names = encoded.indices.to_numpy(), encoded.dictionary.to_pylist()
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(names) + 1)).tolist()
    return {
        name: hits.take(pa.array(order[bounds[code] : bounds[code + 1]]))
        for code, name in enumerate(names)
    }

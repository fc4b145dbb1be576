"""A run's hits table by table, a range of rows at a time, so that they never all lie in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vitrail.scan.hits import HITS_SCHEMA, hit_parts

_PLACE: Final = ["dataset", "table"]
_NEEDED: Final = ["row", "column", "path", "start", "end", "entity_type", "fingerprint"]
_NONE: Final = pa.schema([HITS_SCHEMA.field(name) for name in _NEEDED]).empty_table()

TableKey = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class _Slice:
    """Some rows of a part: one table's hits, in their order."""

    first_row: int
    part: Path
    offset: int
    length: int


class HitRanges:
    """Where in a run's parts each table's hits are."""

    def __init__(self, directory: Path) -> None:
        self._slices: dict[TableKey, list[_Slice]] = {}
        for part in hit_parts(directory):
            for key, piece in _slices(part):
                self._slices.setdefault(key, []).append(piece)

    @property
    def tables(self) -> frozenset[TableKey]:
        """The tables that have a hit."""
        return frozenset(self._slices)

    def of(self, table: TableKey) -> HitStream:
        """A table's hits in the order of its rows."""
        return HitStream(sorted(self._slices.get(table, []), key=lambda piece: piece.first_row))


class HitStream:
    """One table's hits, given out once, by rows."""

    def __init__(self, pieces: list[_Slice]) -> None:
        self._pieces = pieces
        self._held = _NONE

    def upto(self, stop: int) -> pa.Table:
        """The hits of the rows before ``stop`` that were not given yet: ``row``, ``column`` (its
        label), ``path``, ``start``, ``end``, ``entity_type``, ``fingerprint``."""
        while self._pieces and self._pieces[0].first_row < stop:
            self._held = pa.concat_tables([self._held, _hits(self._pieces.pop(0))])
        cut = int(np.searchsorted(self._held.column("row").to_numpy(), stop))
        given, self._held = self._held.slice(0, cut), self._held.slice(cut)
        return given

    def rest(self) -> int:
        """How many hits were not given."""
        return len(self._held) + sum(piece.length for piece in self._pieces)


def _slices(part: Path) -> Iterator[tuple[TableKey, _Slice]]:
    """Runs of one table's hits in a part."""
    found = pq.read_table(part, columns=[*_PLACE, "row"])
    if not len(found):
        return
    codes = [
        found.column(name).combine_chunks().dictionary_encode(null_encoding="encode").indices
        for name in _PLACE
    ]
    changes = np.zeros(len(found), bool)
    for code in codes:
        changes[1:] |= np.diff(code.to_numpy()) != 0
    starts = [0, *np.flatnonzero(changes).tolist()]
    rows = found.column("row")
    for start, stop in zip(starts, [*starts[1:], len(found)], strict=True):
        key = (found.column("dataset")[start].as_py(), found.column("table")[start].as_py())
        yield key, _Slice(rows[start].as_py(), part, start, stop - start)


def _hits(piece: _Slice) -> pa.Table:
    return pq.read_table(piece.part, columns=_NEEDED).slice(piece.offset, piece.length)

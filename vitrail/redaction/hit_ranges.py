"""A run's hits table by table, a range of rows at a time, so that they never all lie in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vitrail.scan.hits import hit_parts

_PLACE: Final = ["dataset", "table"]
_NEEDED: Final = ["row", "column", "path", "start", "end", "entity_type", "fingerprint"]
_AT_ONCE: Final = 50_000

TableKey = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class FoundHit:
    """A hit as a copy needs it; ``column`` is its label."""

    row: int
    column: str
    path: tuple[int, ...]
    start: int
    end: int
    entity_type: str
    fingerprint: str


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

    def count(self, table: TableKey) -> int:
        return sum(piece.length for piece in self._slices.get(table, []))

    @property
    def tables(self) -> frozenset[TableKey]:
        """The tables that have a hit."""
        return frozenset(self._slices)

    def of(self, table: TableKey) -> Iterator[FoundHit]:
        """A table's hits in the order of its rows."""
        pieces = sorted(self._slices.get(table, []), key=lambda piece: piece.first_row)
        return chain.from_iterable(map(_hits, pieces))


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


def _hits(piece: _Slice) -> Iterator[FoundHit]:
    table = pq.read_table(piece.part, columns=_NEEDED).slice(piece.offset, piece.length)
    for start in range(0, len(table), _AT_ONCE):
        yield from _rows(table.slice(start, _AT_ONCE))


def _rows(table: pa.Table) -> Iterator[FoundHit]:
    columns = [table.column(name).to_pylist() for name in _NEEDED]
    for row, column, path, *found in zip(*columns, strict=True):
        yield FoundHit(row, column, tuple(path), *found)

"""The slices of some cells of one column that are replaced, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.exports.copies.changes import Cells, Index

#: From this many on, indexes of a path are not told apart from those of the next row.
_MOST_CELLS: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class Spans:
    """Slices by cell, then by start. ``cell``: which of the cells; ``start`` and ``end`` in code
    points; ``kind``: entity types; ``print``: the value's fingerprint, null where none is known."""

    cell: Index
    start: Index
    end: Index
    kind: pa.Array
    print: pa.Array

    def __len__(self) -> int:
        return len(self.cell)

    def take(self, places: Index) -> Spans:
        at = pa.array(places)
        return Spans(
            self.cell[places], self.start[places], self.end[places],
            self.kind.take(at), self.print.take(at),
        )  # fmt: skip

    def where(self, chosen: npt.NDArray[np.bool_]) -> Spans:
        return self if chosen.all() else self.take(np.flatnonzero(chosen))


def none() -> Spans:
    empty = np.empty(0, np.int64)
    return Spans(empty, empty, empty, pa.array([], pa.string()), pa.array([], pa.string()))


def of_hits(hits: pa.Table, cells: Cells) -> Spans:
    """The slices that hits of a column make in its cells; a hit in none of them makes none."""
    which = _cell_of(hits, cells)
    found = Spans(
        which,
        _numbers(hits, "start"),
        _numbers(hits, "end"),
        hits.column("entity_type").combine_chunks(),
        hits.column("fingerprint").combine_chunks(),
    )
    found = found.where(which >= 0)
    lengths = lengths_of(cells.texts)[found.cell]
    end = np.minimum(found.end, lengths)
    found = Spans(found.cell, found.start, end, found.kind, found.print)
    found = found.where(found.start < end)
    order = np.lexsort((-found.end, found.start, found.cell))
    return found if (np.diff(order) == 1).all() else found.take(order)


def covered(cells: Cells, found: Spans, verdict: str, *, by_vote: bool) -> Spans:
    """The slices in a column that holds ``verdict`` as a whole: all that a cell says where no hit
    is in it, and, ``by_vote``, where no hit is all that it says."""
    texts = cells.texts
    length = lengths_of(texts)
    end = lengths_of(pc.utf8_rtrim_whitespace(texts))
    start = length - lengths_of(pc.utf8_ltrim_whitespace(texts))
    whole = np.ones(len(length), bool)
    if not by_vote:
        whole[found.cell] = False
    same = (found.start == start[found.cell]) & (found.end == end[found.cell])
    whole[found.cell[same]] = False
    chosen = np.flatnonzero(whole & (end > start))
    kept = found.where(~whole[found.cell])
    cell = np.concatenate([kept.cell, chosen])
    order = np.argsort(cell, kind="stable")
    return Spans(
        cell,
        np.concatenate([kept.start, start[chosen]]),
        np.concatenate([kept.end, end[chosen]]),
        pa.concat_arrays([kept.kind, pa.repeat(pa.scalar(verdict, pa.string()), len(chosen))]),
        pa.concat_arrays([kept.print, pa.nulls(len(chosen), pa.string())]),
    ).take(order)


def longest(found: Spans) -> Spans:
    """One slice a cell: the longest, of two the first."""
    order = np.lexsort((found.start - found.end, found.cell))
    first = np.append(True, np.diff(found.cell[order]) != 0)[: len(order)]
    return found.take(order[first])


def lengths_of(texts: pa.Array) -> Index:
    """Code points of each text, 0 where there is none."""
    lengths: Index = pc.fill_null(pc.utf8_length(texts), 0).to_numpy().astype(np.int64)
    return lengths


def _numbers(hits: pa.Table, name: str) -> Index:
    numbers: Index = hits.column(name).to_numpy().astype(np.int64)
    return numbers


def _cell_of(hits: pa.Table, cells: Cells) -> Index:
    """For each hit the place of its cell, -1 where that is not among the cells."""
    there, wanted = cells.rows, _numbers(hits, "row")
    if cells.paths is not None:
        keys = _keys(cells, hits)
        if keys is None:
            return np.full(len(wanted), -1)
        there, wanted = keys
    if not len(there):
        return np.full(len(wanted), -1)
    order = np.argsort(there, kind="stable")
    at = order[np.minimum(np.searchsorted(there, wanted, sorter=order), len(there) - 1)]
    return np.where(there[at] == wanted, at, -1)


def _keys(cells: Cells, hits: pa.Table) -> tuple[Index, Index] | None:
    """One number for each row and path, of the cells and of the hits; None where paths differ in
    depth, for then no hit is of these cells."""
    paths = [cells.paths, hits.column("path").combine_chunks()]
    depths = {d for path in paths for d in pc.unique(pc.list_value_length(path)).to_pylist()}
    if len(depths) != 1:
        return None
    depth = depths.pop()
    flat = [p.flatten().to_numpy().astype(np.int64).reshape(-1, depth) for p in paths]
    keys = [cells.rows, _numbers(hits, "row")]
    low = min((int(k.min()) for k in keys if len(k)), default=0)
    keys = [k - low for k in keys]
    for level in range(depth):
        size = 1 + max((int(f[:, level].max()) for f in flat if len(f)), default=0)
        keys = [k * size + f[:, level] for k, f in zip(keys, flat, strict=True)]
    return keys[0], keys[1]

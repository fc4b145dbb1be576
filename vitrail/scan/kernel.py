"""A batch goes in, its hits come out. Pure: nothing is read or written, so any engine can run it.

The detector sees a column's values, each once where they repeat, and its verdict is spread back
to the rows as arrays. No Python runs for a cell in which nothing was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect.detector import ColumnContext, Detections
from vitrail.detect.placeholders import stand_for_nothing
from vitrail.exports.reader import UNREAD, Batch, ColumnChunk
from vitrail.scan.hits import HITS_SCHEMA
from vitrail.scan.memory import Memory
from vitrail.scan.profile import ColumnProfile
from vitrail.scan.sketch import DistinctSketch, hash_values

#: A hit that takes this share of the cell's code points makes the cell such a value.
WHOLE = 0.5

_Index = npt.NDArray[np.int64]
_OF_THE_HIT = ("entity_type", "start", "end", "score", "recognizer", "fingerprint", "masked")
_SAMPLE, _DIFFERING = 2_048, 0.9


@dataclass(frozen=True, slots=True)
class Place:
    """Where a batch comes from, as it is written down (see :mod:`vitrail.scan.labels`)."""

    dataset: str
    table: str | None


@dataclass(frozen=True, slots=True)
class ColumnTask:
    """A column to look at: what it is called in the hits, and what the detector may know of it."""

    label: str
    context: ColumnContext


@dataclass(frozen=True, slots=True)
class Scanned:
    """``hits`` in the order of :data:`HITS_SCHEMA`; ``profiles`` by the columns' labels."""

    hits: pa.Table
    profiles: dict[str, ColumnProfile] = field(default_factory=dict)


def scan_batch(
    batch: Batch,
    place: Place,
    columns: Mapping[str, ColumnTask],
    memory: Memory,
    sketch_key: str,
) -> Scanned:
    """All hits of a batch in order of row, column, path, start; and what was counted.

    ``sketch_key``: 16 ASCII characters, the secret under which distinct values are counted.
    """
    profiles: dict[str, ColumnProfile] = {}
    found = []
    for chunk in batch.chunks:
        task = columns[chunk.column]
        hits, profile = _scan_column(chunk, batch, place, task, memory, sketch_key)
        profiles[task.label] = profile
        found += [] if hits is None else [hits]
    return Scanned(_in_order(found, place), profiles)


@dataclass(frozen=True, slots=True)
class _ColumnHits:
    """The hits of one column with their rows, and the cells in it, by which they are in order."""

    label: str
    rows: _Index
    cells: _Index
    paths: pa.Array
    hits: pa.Table


def _scan_column(
    chunk: ColumnChunk,
    batch: Batch,
    place: Place,
    task: ColumnTask,
    memory: Memory,
    sketch_key: str,
) -> tuple[_ColumnHits | None, ColumnProfile]:
    cells = chunk.values
    profile = ColumnProfile(batch.rows, len(cells) - cells.null_count, unread=_count_unread(cells))
    if profile.unread:
        cells = pc.if_else(pc.equal(cells, UNREAD), None, cells)
    values, codes, counts = _distinct(cells.drop_null(), task.context)
    profile.examined = len(codes)
    if not len(values):
        return None, profile
    profile.length = int((pc.binary_length(values).to_numpy() * counts).sum())
    profile.blank = int(counts[stand_for_nothing(values)].sum())
    profile.sketch = DistinctSketch().merged(hash_values(values, sketch_key))
    found = memory.judge((place, task.label), values, counts, task.context)
    profile.notes = set(found.notes)
    if not len(found):
        return None, profile
    _count_cells(profile, found, values, counts)
    which, struck = _spread(found.value, codes, counts)
    if cells.null_count:
        struck = np.flatnonzero(cells.is_valid().to_numpy(zero_copy_only=False))[struck]
    return _hits(chunk, batch.first_row, task.label, found, which, struck), profile


def _count_unread(cells: pa.Array) -> int:
    """How many cells are bytes that hold no text."""
    return int(pc.sum(pc.equal(cells, UNREAD)).as_py() or 0)


def _distinct(values: pa.Array, context: ColumnContext) -> tuple[pa.Array, _Index, _Index]:
    """(values, the value of each cell, cells of each value).

    Each value once, unless nearly all differ: finding out costs more than judging a few twice.
    Without a first look values speak for each other, and then each has one voice.
    """
    if context.first_look is not None and _mostly_differ(values):
        return values, np.arange(len(values)), np.ones(len(values), np.int64)
    encoded = pc.dictionary_encode(values)
    codes = encoded.indices.to_numpy().astype(np.int64, copy=False)
    return encoded.dictionary, codes, np.bincount(codes, minlength=len(encoded.dictionary))


def _mostly_differ(values: pa.Array) -> bool:
    if len(values) < _SAMPLE:
        return False
    few = values.take(pa.array(np.linspace(0, len(values) - 1, _SAMPLE).astype(np.int64)))
    return bool(pc.count_distinct(few).as_py() >= _DIFFERING * _SAMPLE)


def _count_cells(
    profile: ColumnProfile, found: Detections, values: pa.Array, counts: _Index
) -> None:
    """Cells by entity type, and those that are nothing else."""
    lengths = pc.utf8_length(values.take(pa.array(found.value))).to_numpy()
    most = (found.end - found.start) >= WHOLE * lengths
    codes, kinds = found.coded("entity_type")
    pairs = found.value * len(kinds) + codes
    for counter, chosen in ((profile.hits, pairs), (profile.whole, pairs[most])):
        once = np.unique(chosen)
        cells = np.bincount(once % len(kinds), counts[once // len(kinds)], len(kinds))
        counter.update({kind: int(n) for kind, n in zip(kinds, cells, strict=True) if n})


def _spread(value: _Index, codes: _Index, counts: _Index) -> tuple[_Index, _Index]:
    """From hits in distinct values to hits in cells: (which hit, which non-null cell)."""
    struck = np.zeros(len(counts), bool)
    struck[value] = True
    cells = np.flatnonzero(struck[codes])
    cells = cells[np.argsort(codes[cells], kind="stable")]  # by value, then in order
    size = np.where(struck, counts, 0)
    begin = np.cumsum(size) - size
    repeat = size[value]
    which = np.repeat(np.arange(len(value)), repeat)
    within = np.arange(len(which)) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    return which, cells[np.repeat(begin[value], repeat) + within]


def _hits(
    chunk: ColumnChunk,
    first_row: int,
    label: str,
    found: Detections,
    which: _Index,
    cells: _Index,
) -> _ColumnHits:
    if chunk.paths is None:
        none = pa.array(np.zeros(len(cells) + 1, np.int32))
        paths = pa.ListArray.from_arrays(none, pa.array([], pa.int32()))
    else:
        paths = chunk.paths.take(pa.array(cells))
    rows = first_row + cells if chunk.rows is None else chunk.rows[cells]
    return _ColumnHits(label, rows, cells, paths, found.table.take(pa.array(which)))


def _in_order(columns: list[_ColumnHits], place: Place) -> pa.Table:
    """All hits by row, column and cell, in the shape that is written down.

    Hits of one cell stand as the detector gave them, by start; the sort is stable.
    """
    tables = [_table(column, place) for column in columns]
    if not tables:
        return HITS_SCHEMA.empty_table()
    rank = {label: n for n, label in enumerate(sorted(column.label for column in columns))}
    labels = [np.full(len(column.rows), rank[column.label]) for column in columns]
    cells = np.concatenate([column.cells for column in columns])
    rows = np.concatenate([column.rows for column in columns])
    order = np.lexsort((cells, np.concatenate(labels), rows))
    return pa.concat_tables(tables).take(pa.array(order))


def _table(column: _ColumnHits, place: Place) -> pa.Table:
    size = len(column.rows)
    return pa.table(
        {
            "dataset": pa.repeat(pa.scalar(place.dataset, pa.string()), size),
            "table": pa.repeat(pa.scalar(place.table, pa.string()), size),
            "column": pa.repeat(pa.scalar(column.label, pa.string()), size),
            "path": column.paths,
            "row": pa.array(column.rows, pa.int64()),
            **{name: column.hits[name] for name in _OF_THE_HIT},
        }
    ).cast(HITS_SCHEMA)

"""A batch goes in, its hits come out. Pure: nothing is read or written, so any engine can run it.

Each column is dictionary-encoded; the detector sees each distinct value once, and its verdict is
spread back to the rows as arrays. No Python runs for a cell in which nothing was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect.detector import ColumnContext, Detections
from vitrail.exports.reader import Batch, ColumnChunk
from vitrail.scan.hits import HITS_SCHEMA
from vitrail.scan.memory import Memory
from vitrail.scan.profile import ColumnProfile
from vitrail.scan.sketch import DistinctSketch, hash_values

#: A hit that takes this share of the cell's code points makes the cell such a value.
WHOLE = 0.5

_Index = npt.NDArray[np.int64]
_SORT = ("row", "column", "position", "start", "end", "entity_type")


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
    tables = []
    for chunk in batch.chunks:
        task = columns[chunk.column]
        hits, profile = _scan_column(chunk, batch, place, task, memory, sketch_key)
        profiles[task.label] = profile
        tables += [] if hits is None else [hits]
    if not tables:
        return Scanned(HITS_SCHEMA.empty_table(), profiles)
    hits = pa.concat_tables(tables).sort_by([(name, "ascending") for name in _SORT])
    return Scanned(_located(hits, place), profiles)


def _scan_column(
    chunk: ColumnChunk,
    batch: Batch,
    place: Place,
    task: ColumnTask,
    memory: Memory,
    sketch_key: str,
) -> tuple[pa.Table | None, ColumnProfile]:
    encoded = pc.dictionary_encode(chunk.values)
    codes = encoded.indices.drop_null().to_numpy().astype(np.int64, copy=False)
    values = encoded.dictionary
    profile = ColumnProfile(rows=batch.rows, non_null=len(codes), examined=len(codes))
    if not len(values):
        return None, profile
    counts = np.bincount(codes, minlength=len(values))
    profile.length = int((pc.binary_length(values).to_numpy() * counts).sum())
    profile.sketch = DistinctSketch().merged(hash_values(values, sketch_key))
    found = memory.judge((place, task.label), values, counts, task.context)
    profile.notes = set(found.notes)
    if not len(found):
        return None, profile
    _count_cells(profile, found, values, counts)
    which, nth = _spread(found.value, codes, counts)
    cells = np.flatnonzero(chunk.values.is_valid().to_numpy(zero_copy_only=False))[nth]
    return _hits(chunk, batch.first_row, task.label, found, which, cells), profile


def _count_cells(
    profile: ColumnProfile, found: Detections, values: pa.Array, counts: _Index
) -> None:
    """Cells by entity type, and those that are nothing else."""
    lengths = pc.utf8_length(values.take(pa.array(found.value))).to_numpy()
    most = (found.end - found.start) >= WHOLE * lengths
    kinds = sorted(set(found.entity_type))
    code = {kind: number for number, kind in enumerate(kinds)}
    pairs = found.value * len(kinds) + np.array([code[kind] for kind in found.entity_type])
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
) -> pa.Table:
    take = pa.array(which)
    rows = first_row + cells if chunk.rows is None else chunk.rows[cells]
    if chunk.paths is None:
        path = pa.ListArray.from_arrays(
            pa.array(np.zeros(len(cells) + 1, np.int32)), pa.array([], pa.int32())
        )
    else:
        path = chunk.paths.take(pa.array(cells))
    return pa.table(
        {
            "column": pa.repeat(pa.scalar(label, pa.string()), len(cells)),
            "path": path,
            "row": pa.array(rows, pa.int64()),
            "position": pa.array(cells),
            "entity_type": pa.array(found.entity_type, pa.string()).take(take),
            "start": pa.array(found.start[which], pa.int32()),
            "end": pa.array(found.end[which], pa.int32()),
            "score": pa.array(found.score[which], pa.float32()),
            "recognizer": pa.array(found.recognizer, pa.string()).take(take),
            "fingerprint": pa.array(found.fingerprint, pa.string()).take(take),
            "masked": pa.array(found.masked, pa.string()).take(take),
        }
    )


def _located(hits: pa.Table, place: Place) -> pa.Table:
    """With dataset and table, in the shape that is written down."""
    dataset = pa.repeat(pa.scalar(place.dataset, pa.string()), len(hits))
    table = pa.repeat(pa.scalar(place.table, pa.string()), len(hits))
    hits = hits.append_column("dataset", dataset).append_column("table", table)
    return hits.select(HITS_SCHEMA.names).cast(HITS_SCHEMA)

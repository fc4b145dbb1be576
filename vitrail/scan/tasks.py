"""The pieces that a scan is cut into, and how a batch is cut at rows."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vitrail.exports.reader import Batch, ColumnChunk
from vitrail.model import InputStatus
from vitrail.scan.kernel import ColumnTask, Place

#: Into so many pieces rows that bring a worker down are cut, until the one that does it is alone.
_SPLIT: Final = 16


@dataclass(frozen=True, slots=True)
class End:
    """A dataset is read to its end, or as far as it can be. ``rows`` that it gave in all."""

    status: InputStatus
    rows: int
    sha256: str | None = None
    reason: str | None = None
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Some rows of one dataset. ``rows`` and ``non_null`` (cells by column) count what was read;
    the batch holds what is to be looked at, ``examined_rows``: fewer where a sample is taken.
    """

    place: Place
    first_row: int
    rows: int
    examined_rows: int
    bytes: int
    non_null: Mapping[str, int]
    batch: Batch
    columns: Mapping[str, ColumnTask]
    seconds: float = 0.0
    end: End | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker takes at a time and writes one part for. ``name`` sorts in reading order;
    ``elapsed``: seconds that the run had taken when it was handed out.
    """

    name: str
    items: tuple[Item, ...]
    attempt: int = 0
    elapsed: float = 0.0

    def split(self) -> tuple[Task, ...]:
        """Smaller tasks, after this one has brought a worker down: its items, or pieces of its one
        item's rows. A single row is tried once more; then there is none."""
        items = self.items if len(self.items) > 1 else _pieces_of(self.items[0])
        if len(items) == 1 and self.attempt:
            return ()
        return tuple(
            Task(f"{self.name}-{index:03d}", (item,), self.attempt + 1)
            for index, item in enumerate(items)
        )

    def to_bytes(self) -> bytes:
        """For another process. Arrays go as Arrow IPC, which sends no more than their slice."""
        items = [(replace(item, batch=None), _packed(item.batch)) for item in self.items]  # type: ignore[arg-type]
        return pickle.dumps((self.name, items, self.attempt, self.elapsed), protocol=5)

    @classmethod
    def from_bytes(cls, data: bytes) -> Task:
        name, items, attempt, elapsed = pickle.loads(data)  # noqa: S301 - from our own parent process
        unpacked = (replace(item, batch=_unpacked(batch)) for item, batch in items)
        return cls(name, tuple(unpacked), attempt, elapsed)


def _pieces_of(item: Item) -> Sequence[Item]:
    """The item's rows in a few items; the last one carries its end and, of a sample, the counts of
    what was read."""
    batch = item.batch
    count = min(batch.rows, _SPLIT)
    if count < 2:
        return [item]
    sampled = item.examined_rows < item.rows
    edges = [round(batch.rows * n / count) for n in range(count + 1)]
    found = []
    for start, stop in pairwise(edges):
        piece, last = _cut(batch, start, stop), stop == batch.rows
        nothing = dict.fromkeys(item.non_null if sampled else (), 0)
        found.append(
            replace(
                item,
                first_row=piece.first_row,
                rows=piece.rows,
                examined_rows=round(item.examined_rows * piece.rows / item.rows),
                bytes=piece.bytes,
                non_null=item.non_null if sampled and last else nothing,
                batch=piece,
                seconds=item.seconds * piece.rows / item.rows,
                end=item.end if last else None,
            )
        )
    return found


def _packed(batch: Batch) -> tuple[Any, ...]:
    chunks = []
    for chunk in batch.chunks:
        columns: dict[str, Any] = {"values": chunk.values}
        if chunk.rows is not None:
            columns["rows"] = pa.array(chunk.rows)
        if chunk.paths is not None:
            columns["paths"] = chunk.paths
        table = pa.record_batch(columns)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_batch(table)
        chunks.append((chunk.column, sink.getvalue()))
    return batch.first_row, batch.rows, batch.bytes, chunks


def _unpacked(packed: tuple[Any, ...]) -> Batch:
    first_row, rows, size, chunks = packed
    return Batch(first_row, rows, size, tuple(_chunk(name, data) for name, data in chunks))


def _chunk(name: str, data: pa.Buffer) -> ColumnChunk:
    with pa.ipc.open_stream(data) as reader:
        table = reader.read_next_batch()
    names = table.schema.names
    rows = table["rows"].to_numpy() if "rows" in names else None
    return ColumnChunk(name, table["values"], rows, table["paths"] if "paths" in names else None)


def keep_rows(batch: Batch, keep: npt.NDArray[np.bool_]) -> Batch:
    """The batch with only some of its rows; ``keep`` has one flag a row. Rows keep their number."""
    chunks = []
    for chunk in batch.chunks:
        rows = _rows(chunk, batch)
        index = np.flatnonzero(keep[rows - batch.first_row])
        take = pa.array(index)
        paths = None if chunk.paths is None else chunk.paths.take(take)
        chunks.append(replace(chunk, values=chunk.values.take(take), rows=rows[index], paths=paths))
    return replace(batch, chunks=tuple(chunks))


def _rows(chunk: ColumnChunk, batch: Batch) -> npt.NDArray[np.int64]:
    if chunk.rows is not None:
        return chunk.rows
    return np.arange(batch.first_row, batch.first_row + len(chunk.values), dtype=np.int64)


def without(batch: Batch, done: Sequence[tuple[int, int]]) -> list[Batch]:
    """What of a batch is not covered by the half-open row ranges ``done``."""
    keep = np.ones(batch.rows, bool)
    for start, stop in done:
        keep[max(0, start - batch.first_row) : max(0, stop - batch.first_row)] = False
    if keep.all():
        return [batch]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], keep, [False]]).astype(np.int8)))
    return [_cut(batch, int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def pieces(batch: Batch, target_bytes: int) -> Iterator[Batch]:
    """A batch cut into batches of about ``target_bytes`` of text, at rows."""
    size = sum(chunk.values.nbytes for chunk in batch.chunks)
    count = min(batch.rows, ceil(size / target_bytes))
    if count <= 1:
        yield batch
        return
    edges = [round(batch.rows * n / count) for n in range(count + 1)]
    for start, stop in pairwise(edges):
        yield _cut(batch, start, stop)


def _cut(batch: Batch, start: int, stop: int) -> Batch:
    """The rows from ``start`` to ``stop`` of a batch, counted in it, as a batch."""
    chunks = tuple(_slice(chunk, batch, start, stop) for chunk in batch.chunks)
    first = round(batch.bytes * start / batch.rows)
    size = round(batch.bytes * stop / batch.rows) - first
    return Batch(batch.first_row + start, stop - start, size, chunks)


def _slice(chunk: ColumnChunk, batch: Batch, start: int, stop: int) -> ColumnChunk:
    if chunk.rows is None:
        return replace(chunk, values=chunk.values[start:stop])
    low, high = np.searchsorted(chunk.rows, [batch.first_row + start, batch.first_row + stop])
    paths = None if chunk.paths is None else chunk.paths[low:high]
    return ColumnChunk(chunk.column, chunk.values[low:high], chunk.rows[low:high], paths)

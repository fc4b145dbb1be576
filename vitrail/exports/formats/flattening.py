"""Nested Arrow as leaf columns: ``address.city``, ``messages[].body``, with rows and paths.

All by offsets in NumPy; no cell is touched in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.errors import InputUnreadable
from vitrail.exports.formats.celltext import as_text, logical_type
from vitrail.exports.formats.origin import Origin
from vitrail.exports.reader import ColumnChunk
from vitrail.model import Column

Text = Callable[[pa.Array], pa.Array]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the values of a node stand: ``rows`` None while nothing was unnested."""

    rows: npt.NDArray[np.int64] | None
    path: tuple[npt.NDArray[np.int32], ...]


def leaves_of(schema: pa.Schema) -> tuple[Column, ...]:
    """The leaf columns of a schema, in its order, each under a name of its own."""
    found = [leaf for field in schema for leaf in _leaves(field.name, field.type)]
    names = unique([leaf.name for leaf in found])
    return tuple(Column(n, leaf.type) for n, leaf in zip(names, found, strict=True))


def unique(names: Iterable[str]) -> list[str]:
    """The names, a repeated one with ``_2``, ``_3``: in nested data ``a.b`` can arise twice."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return result


def roots_of(names: Sequence[str], columns: Sequence[str]) -> list[str]:
    """The top-level columns that hold the given leaves."""
    return [
        n
        for n in names
        if any(c == n or c.startswith((f"{n}.", f"{n}[]", f"{n}_")) for c in columns)
    ]


def chunks_of(
    batch: pa.RecordBatch, first_row: int, origin: Origin, columns: Sequence[str] | None = None
) -> Iterator[ColumnChunk]:
    """Each leaf of a batch as a chunk; a leaf inside a list leaves its nulls out."""
    names = [leaf.name for leaf in leaves_of(batch.schema)]
    wanted = None if columns is None else set(columns)
    leaves = (leaf for array in batch.columns for leaf in _walk(array, Place(None, ()), first_row))
    for name, (values, place) in zip(names, leaves, strict=True):
        if wanted is None or name in wanted:
            yield _chunk(name, values, place, origin)


def check_cells(column: str, text: pa.Array, origin: Origin) -> None:
    """Raise where a cell is longer than ``max_cell``."""
    limit = origin.options.max_cell
    longest: int = pc.max(pc.binary_length(text)).as_py() or 0
    if longest > limit:
        raise too_long(f"in column {column}", origin)


def too_long(where: str, origin: Origin) -> InputUnreadable:
    """The error for a cell beyond ``max_cell``."""
    return origin.unreadable(
        f"has a cell {where} of more than {origin.options.max_cell >> 20} MiB.",
        "If it is meant to be so long, raise the limit with --max-cell.",
    )


def _chunk(name: str, values: pa.Array, place: Place, origin: Origin) -> ColumnChunk:
    text = as_text(values)
    check_cells(name, text, origin)
    if place.rows is None:
        return ColumnChunk(name, text)
    rows, path = place.rows, place.path
    if text.null_count:
        kept = np.flatnonzero(pc.is_valid(text).to_numpy(zero_copy_only=False))
        text, rows, path = text.take(pa.array(kept)), rows[kept], tuple(p[kept] for p in path)
    return ColumnChunk(name, text, rows, paths_of(path))


def paths_of(path: tuple[npt.NDArray[np.int32], ...]) -> pa.Array:
    """One path a value, ``list<int32>``, of the indexes at each level."""
    flat = np.stack(path, axis=1).ravel() if path else np.empty(0, np.int32)
    offsets = np.arange(0, len(flat) + 1, max(1, len(path)), dtype=np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(flat, pa.int32()))


def _leaves(name: str, kind: pa.DataType) -> Iterator[Column]:
    if pa.types.is_struct(kind):
        for i in range(kind.num_fields):
            yield from _leaves(f"{name}.{kind.field(i).name}", kind.field(i).type)
    elif pa.types.is_map(kind):
        yield from _leaves(f"{name}[].key", kind.key_type)
        yield from _leaves(f"{name}[].value", kind.item_type)
    elif is_list(kind):
        yield from _leaves(f"{name}[]", kind.value_type)
    else:
        yield Column(name, logical_type(kind))


def _walk(array: pa.Array, place: Place, first: int) -> Iterator[tuple[pa.Array, Place]]:
    """The leaves of a node, in the order of :func:`_leaves`."""
    kind = array.type
    if pa.types.is_struct(kind):
        for child in array.flatten():  # hands the parent's nulls on to its children
            yield from _walk(child, place, first)
    elif pa.types.is_map(kind):
        entries = pa.struct([("key", kind.key_type), ("value", kind.item_type)])
        yield from _walk(array.cast(pa.list_(entries)), place, first)
    elif is_list(kind):
        yield from _walk(array.flatten(), inside(array, place, first), first)
    else:
        yield array, place


def inside(array: pa.Array, place: Place, first: int) -> Place:
    """Where the elements of a list stand: one index deeper than the list."""
    counted = pc.fill_null(pc.list_value_length(array), 0)
    lengths = counted.to_numpy(zero_copy_only=False).astype(np.int64)
    parents = np.repeat(np.arange(len(lengths)), lengths)
    starts = np.cumsum(lengths) - lengths
    index = (np.arange(len(parents)) - starts[parents]).astype(np.int32)
    rows = first + parents if place.rows is None else place.rows[parents]
    return Place(rows.astype(np.int64), (*(p[parents] for p in place.path), index))


def is_list(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)
    )

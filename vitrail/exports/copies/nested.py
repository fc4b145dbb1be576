"""Nested Arrow with some leaves changed: only rows that hold one leave Arrow's buffers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from vitrail.exports.copies.changes import Change, Window
from vitrail.exports.formats.celltext import as_text
from vitrail.exports.formats.flattening import is_list, unique

_ONE = "[]"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf column as the reader names it. ``steps`` lead to it from a row of ``root``: a
    field's name, ``[]`` for each element of a list, 0 or 1 for the key or the value of a map."""

    column: str
    root: int
    steps: tuple[str | int, ...]
    kind: pa.DataType
    nullable: bool


def leaves_of(schema: pa.Schema) -> tuple[Leaf, ...]:
    """The leaves of a schema, each under the reader's name for it."""
    found = [
        (root, *leaf)
        for root, field in enumerate(schema)
        for leaf in _leaves(field.name, (), field.type, field.nullable)
    ]
    names = unique([name for _, name, *_ in found])
    return tuple(
        Leaf(column, root, steps, kind, nullable)
        for column, (root, _, steps, kind, nullable) in zip(names, found, strict=True)
    )


def _leaves(
    name: str, steps: tuple[str | int, ...], kind: pa.DataType, nullable: bool
) -> Iterator[tuple[str, tuple[str | int, ...], pa.DataType, bool]]:
    if pa.types.is_struct(kind):
        for i in range(kind.num_fields):
            inner = kind.field(i)
            yield from _leaves(
                f"{name}.{inner.name}", (*steps, inner.name), inner.type, inner.nullable
            )
    elif pa.types.is_map(kind):
        yield from _leaves(f"{name}[].key", (*steps, _ONE, 0), kind.key_type, False)
        yield from _leaves(f"{name}[].value", (*steps, _ONE, 1), kind.item_type, True)
    elif is_list(kind):
        inner = kind.value_field
        yield from _leaves(f"{name}[]", (*steps, _ONE), kind.value_type, inner.nullable)
    else:
        yield name, steps, kind, nullable


def changed(batch: pa.RecordBatch, first_row: int, window: Window) -> pa.RecordBatch:
    """``batch`` with its cells changed; columns in which nothing does are the same arrays."""
    arrays = list(batch.columns)
    for leaf in leaves_of(batch.schema):
        if window.touches(leaf.column) and len(window.rows):
            arrays[leaf.root] = _column(arrays[leaf.root], leaf, first_row, window)
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)


def _column(array: pa.Array, leaf: Leaf, first_row: int, window: Window) -> pa.Array:
    places, values = [], []
    rows = np.asarray(window.rows, np.int64)
    taken = array.take(pa.array(rows - first_row))
    before = taken.to_pylist() if leaf.steps else as_text(taken).to_pylist()
    for row, value in zip(rows.tolist(), before, strict=True):
        walk = _Walk(leaf, row, window)
        new = walk.value(value, leaf.steps, ())
        if walk.count:
            places.append(row - first_row)
            values.append(new)
    return array if not places else _scattered(array, places, values)


def _scattered(array: pa.Array, places: list[int], values: list[Any]) -> pa.Array:
    """``array`` with other values at some places."""
    kind = array.type
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    new = pa.array(values, plain)
    old = array.dictionary_decode() if pa.types.is_dictionary(kind) else array
    order = np.arange(len(array))
    order[places] = len(array) + np.arange(len(places))
    whole = pa.concat_arrays([old, new]).take(pa.array(order))
    return whole.dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else whole


class _Walk:
    """Finds a leaf's values in one row. ``count``: how many of them changed."""

    def __init__(self, leaf: Leaf, row: int, window: Window) -> None:
        self.count = 0
        self._leaf, self._row, self._window = leaf, row, window
        self._flat = not leaf.steps

    def value(self, value: Any, steps: tuple[str | int, ...], path: tuple[int, ...]) -> Any:
        if value is None:
            return None
        if not steps:
            return self._cell(value, path)
        step, rest = steps[0], steps[1:]
        if step == _ONE:
            return [self.value(item, rest, (*path, i)) for i, item in enumerate(value)]
        if isinstance(step, int):
            pair = list(value)
            pair[step] = self.value(pair[step], rest, path)
            return tuple(pair)
        return {**value, step: self.value(value[step], rest, path)}

    def _cell(self, value: Any, path: tuple[int, ...]) -> Any:
        change = self._window.cell(self._row, self._leaf.column, path)
        if change is None:
            return self._original(value)
        text = value if self._flat else _text(value, self._leaf.kind)
        if not text:
            return self._original(value)
        self.count += 1
        return conforming(text, self._leaf.kind, change, nullable=self._leaf.nullable)

    def _original(self, value: Any) -> Any:
        """What stays; of a flat column only rows that change are written, so it is not used."""
        return None if self._flat else value


def _text(value: Any, kind: pa.DataType) -> str:
    cell: str | None = as_text(pa.array([value], kind))[0].as_py()
    return cell or ""


def conforming(text: str, kind: pa.DataType, change: Change, *, nullable: bool) -> Any:
    """What becomes of a cell of an Arrow type: a text, a number, or nothing."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    for is_one, way in _WAYS:
        if is_one(kind):
            return way(text, change, nullable)
    change.nothing(text)
    return None if nullable else _zero(kind)


def _zero(kind: pa.DataType) -> Any:
    try:
        return pa.scalar(0, pa.int32()).cast(kind).as_py()
    except pa.ArrowException:
        return pa.scalar(0, pa.int64()).cast(kind).as_py()


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind)
    )


_WAYS: tuple[tuple[Callable[[pa.DataType], bool], Callable[[str, Change, bool], Any]], ...] = (
    (_is_text, lambda text, change, _: change.text(text)),
    (_is_bytes, lambda text, change, _: change.text(text).encode()),
    (
        lambda kind: kind in {pa.int64(), pa.uint64()},
        lambda text, change, nullable: change.integer(text, nullable=nullable),
    ),
)

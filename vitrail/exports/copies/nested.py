"""Nested Arrow with some leaves changed: what holds none of them keeps Arrow's buffers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.exports.copies.changes import Cells, Changed, Window
from vitrail.exports.formats import byte_cells
from vitrail.exports.formats.celltext import as_text
from vitrail.exports.formats.flattening import Place, inside, is_list, leaves_of, paths_of

#: Types of which Arrow takes no cells by their places, each with one of which it does.
_TAKEN: Final = {pa.string_view(): pa.large_string(), pa.binary_view(): pa.large_binary()}


def changed(batch: pa.RecordBatch, first_row: int, window: Window) -> pa.RecordBatch:
    """``batch`` with its cells changed; columns in which nothing does are the same arrays."""
    names = iter(leaf.name for leaf in leaves_of(batch.schema))
    arrays = []
    for array, field in zip(batch.columns, batch.schema, strict=True):
        walk = _Walk(names, first_row, window)
        new = walk.node(array, field, Place(None, ()))
        arrays.append(new if walk.count else array)
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)


@dataclass
class _Walk:
    """Goes through the leaves of one column. ``count``: cells that changed."""

    names: Iterator[str]
    first_row: int
    window: Window
    count: int = 0

    def node(self, array: pa.Array, field: pa.Field, place: Place) -> pa.Array:
        """``array`` with its leaves changed, in the order in which the reader names them."""
        kind = array.type
        if pa.types.is_struct(kind):
            return self._struct(array, place)
        if pa.types.is_map(kind):
            return self._map(array, place)
        if is_list(kind):
            return self._list(array, place)
        return self._leaf(array, field, place)

    def _struct(self, array: pa.Array, place: Place) -> pa.Array:
        fields = list(array.type)
        children = [
            self.node(child, field, place)
            for child, field in zip(array.flatten(), fields, strict=True)
        ]
        return pa.StructArray.from_arrays(children, fields=fields, mask=array.is_null())

    def _map(self, array: pa.Array, place: Place) -> pa.Array:
        kind = array.type
        entries = pa.struct([kind.key_field, kind.item_field])
        rows = array.cast(pa.list_(entries))
        pairs = rows.flatten()
        here = inside(rows, place, self.first_row)
        key, item = (
            self.node(child, field, here)
            for child, field in zip(pairs.flatten(), entries, strict=True)
        )
        return pa.MapArray.from_arrays(
            _offsets(rows, pa.int32()), key, item, type=kind, mask=_mask(array)
        )

    def _list(self, array: pa.Array, place: Place) -> pa.Array:
        kind = array.type
        values = self.node(array.flatten(), kind.value_field, inside(array, place, self.first_row))
        if pa.types.is_fixed_size_list(kind):
            return _fixed(values, array)
        large = pa.types.is_large_list(kind)
        make = pa.LargeListArray if large else pa.ListArray
        offsets = _offsets(array, pa.int64() if large else pa.int32())
        return make.from_arrays(offsets, values, type=kind, mask=_mask(array))

    def _leaf(self, array: pa.Array, field: pa.Field, place: Place) -> pa.Array:
        name = next(self.names)
        wanted = self.window.rows(name)
        if not len(wanted):
            return array
        kind, array = array.type, array.cast(_TAKEN.get(array.type, array.type))
        if place.rows is None:
            at, paths = wanted - self.first_row, None
        else:
            at = np.flatnonzero(np.isin(place.rows, wanted))
            paths = paths_of(tuple(index[at] for index in place.path)) if place.path else None
        rows = wanted if place.rows is None else place.rows[at]
        old = array.take(pa.array(at))
        cells = Cells(rows, as_text(old), paths)
        new = conforming(name, cells, old, self.window, nullable=field.nullable)
        self.count += len(new.places)
        if len(new.places):
            array = _scattered(array, at[new.places], new.values)
        return array.cast(kind)


def _offsets(array: pa.Array, kind: pa.DataType) -> pa.Array:
    lengths = pc.fill_null(pc.list_value_length(array), 0).to_numpy(zero_copy_only=False)
    return pa.array(np.append(0, np.cumsum(lengths)), kind)


def _mask(array: pa.Array) -> pa.Array | None:
    return array.is_null() if array.null_count else None


def _fixed(values: pa.Array, array: pa.Array) -> pa.Array:
    """A list of one size: where it is null, as many nulls stand behind it."""
    kind = array.type
    lengths = np.where(np.asarray(array.is_null()), 0, kind.list_size)
    places = np.arange(len(array) * kind.list_size)
    held = np.repeat(lengths > 0, kind.list_size)
    index = np.where(held, np.cumsum(held) - 1, 0)
    spread = (
        values.take(pa.array(index, mask=~held))
        if len(values)
        else pa.nulls(len(places), values.type)
    )
    return pa.FixedSizeListArray.from_arrays(spread, type=kind, mask=_mask(array))


def _scattered(array: pa.Array, places: Any, values: pa.Array) -> pa.Array:
    """``array`` with other values at some places."""
    kind = array.type
    is_coded = pa.types.is_dictionary(kind)
    old = array.dictionary_decode() if is_coded else array
    order = np.arange(len(array))
    order[places] = len(array) + np.arange(len(places))
    whole = pa.concat_arrays([old, values.cast(old.type)]).take(pa.array(order))
    return whole.dictionary_encode().cast(kind) if is_coded else whole


def conforming(
    column: str, cells: Cells, old: pa.Array, window: Window, *, nullable: bool
) -> Changed:
    """What becomes of the cells of ``old`` by their type: texts, whole numbers, or nothing."""
    kind = old.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if _is_text(kind):
        return window.texts(column, cells)
    if _is_bytes(kind):
        new = window.texts(column, cells)
        bare = old.take(pa.array(new.places)).to_pylist()
        written = byte_cells.all_written_like(bare, new.values.to_pylist())
        return Changed(new.places, pa.array(written, pa.large_binary()))
    if kind in {pa.int64(), pa.uint64()}:
        return window.integers(column, cells, nullable=nullable)
    places = window.emptied(column, cells)
    nothing = pa.nulls(len(places), kind) if nullable else _zeros(len(places), kind)
    return Changed(places, nothing)


def _zeros(count: int, kind: pa.DataType) -> pa.Array:
    for plain in (pa.int32(), pa.int64()):
        try:
            return pa.array(np.zeros(count), plain).cast(kind)
        except pa.ArrowNotImplementedError:
            continue
    raise pa.ArrowInvalid("no value of this type means nothing")


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind)
    )

"""A cell's text: what ``str`` would say of it, integral floats without ``.0``, all vectorised."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from vitrail.exports.formats import byte_cells
from vitrail.model import ColumnType

#: Floats under this are exact integers (2**53), so they are written as such.
_EXACT: Final = float(1 << 53)


def as_text(values: pa.Array) -> pa.Array:
    """``string`` (or ``large_string``) of any leaf array; nulls stay null."""
    kind = values.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return values
    return next((way for is_one, way in _WAYS if is_one(kind)), _cast)(values)


def _cast(values: pa.Array) -> pa.Array:
    try:
        return values.cast(pa.string())
    except pa.ArrowException:
        return _each(values)


def _extension(values: pa.Array) -> pa.Array:
    is_uuid = values.type.extension_name == "arrow.uuid"
    return _each(values) if is_uuid else as_text(values.storage)


def valid_text(values: pa.Array) -> pa.Array:
    """Text that a driver gave without looking: bytes that are no UTF-8 become ``\\xNN``."""
    try:
        values.validate(full=True)
    except pa.ArrowInvalid:
        cells = (v.as_py() for v in values.cast(pa.binary()))
        return pa.array(
            (None if c is None else c.decode("utf-8", "backslashreplace") for c in cells),
            pa.string(),
        )
    return values


def logical_type(kind: pa.DataType) -> ColumnType:
    """The type that an export declares by its Arrow type; what is none of ours is text."""
    if isinstance(kind, pa.BaseExtensionType):
        kind = kind.storage_type if kind.extension_name != "arrow.uuid" else pa.string()
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    for is_one, logical in _LOGICAL:
        if is_one(kind):
            return logical
    return ColumnType.TEXT


def _is_binary(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
        or pa.types.is_binary_view(kind)
    )


_LOGICAL: Final[tuple[tuple[Any, ColumnType], ...]] = (
    (pa.types.is_boolean, ColumnType.BOOLEAN),
    (pa.types.is_integer, ColumnType.INTEGER),
    (pa.types.is_floating, ColumnType.FLOAT),
    (pa.types.is_decimal, ColumnType.DECIMAL),
    (pa.types.is_date, ColumnType.DATE),
    (pa.types.is_timestamp, ColumnType.TIMESTAMP),
    (pa.types.is_time, ColumnType.TIME),
    (_is_binary, ColumnType.BINARY),
)


def _float(values: pa.Array) -> pa.Array:
    wide = values.cast(pa.float64())
    whole = pc.and_(pc.equal(wide, pc.round(wide)), pc.less(pc.abs(wide), _EXACT))
    integers = pc.if_else(whole, wide, 0.0).cast(pa.int64()).cast(pa.string())
    return pc.if_else(whole, integers, values.cast(pa.string()))


def _timestamp(values: pa.Array) -> pa.Array:
    """``2026-11-20 14:03:00``, with ``Z`` where it is UTC, fractions only where there are any."""
    if values.type.tz is not None:
        values = values.cast(pa.timestamp(values.type.unit, "UTC"))
    return _short(values.cast(pa.string()))


def _short(text: pa.Array) -> pa.Array:
    shorter = pc.replace_substring_regex(text, r"(\.\d*?)0+(Z?)$", r"\1\2")
    return pc.replace_substring_regex(shorter, r"\.(Z?)$", r"\1")


def _each(values: pa.Array) -> pa.Array:
    """The slow way, for the rare types that Arrow does not cast."""
    return pa.array((None if v is None else str(v) for v in values.to_pylist()), pa.string())


_WAYS: Final[tuple[tuple[Any, Any], ...]] = (
    (lambda kind: isinstance(kind, pa.BaseExtensionType), _extension),
    (pa.types.is_dictionary, lambda values: as_text(values.dictionary_decode())),
    (pa.types.is_floating, _float),
    (pa.types.is_timestamp, _timestamp),
    (_is_binary, byte_cells.texts),
)

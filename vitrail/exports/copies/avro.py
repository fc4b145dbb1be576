"""Avro under its own schema, codec and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from typing import IO, Any, Final, cast

import numpy as np
import pyarrow as pa

from vitrail.exports.copies.changes import Cells, TableChanges, Window
from vitrail.exports.formats import byte_cells
from vitrail.exports.formats.avro import AvroTable
from vitrail.exports.formats.json_leaves import cell_text
from vitrail.exports.formats.json_structure import VALUE

_ROWS: Final = 20_000


def copy(table: AvroTable, changes: TableChanges, out: IO[bytes]) -> int:
    """Write the table; how many rows it has."""
    import fastavro

    names = [part for column in table.dataset.columns for part in column.name.split(".")]
    if changes.learn([*names, *(column.name for column in table.dataset.columns)]):
        raise table.origin.unreadable(
            "has a field that is called by personal data.", "Rename that field, then redact again."
        )
    copying = _Copying(changes)
    with table.origin.open() as stream:
        try:
            reader = fastavro.reader(cast("IO[bytes]", stream))
            notes = {
                key: value
                for key, value in reader.metadata.items()
                if not key.startswith("avro.") and changes.name(str(value)) == str(value)
            }
            fastavro.writer(
                out,
                reader.writer_schema,
                copying.records(reader, reader.writer_schema),
                codec=reader.codec,
                metadata=notes,
            )
        except (ValueError, EOFError, IndexError, StopIteration, KeyError, TypeError):
            raise table.origin.unreadable(
                f"is Avro that is damaged after row {copying.row}, or of a kind that is not "
                "written.",
                "Export it again.",
            ) from None
    return copying.row


class _Form(Enum):
    """What may stand in a value's place."""

    TEXT, BYTES, INTEGER, NOTHING = range(4)


class _Copying:
    """Goes through the records; ``row`` is the next one's number."""

    def __init__(self, changes: TableChanges) -> None:
        self.row = 0
        self._changes = changes

    def records(self, reader: Iterator[Any], schema: Any) -> Iterator[Any]:
        while values := list(islice(reader, _ROWS)):
            window = self._changes.window(self.row, self.row + len(values))
            _Batch(values, schema, self.row, window).change()
            self.row += len(values)
            yield from values


@dataclass
class _Column:
    """Leaves of one name: where each is kept, its row, path and text, and what may stand there."""

    places: list[tuple[Any, Any]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    paths: list[tuple[int, ...]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    forms: list[tuple[_Form, bool]] = field(default_factory=list)


class _Batch:
    """Some records, whose leaves are changed in place, by the schema that they were written in."""

    def __init__(self, values: list[Any], schema: Any, first: int, window: Window) -> None:
        self._values, self._schema, self._first, self._window = values, schema, first, window
        self._touched: dict[str, frozenset[int]] = {}
        self._columns: dict[str, _Column] = {}

    def change(self) -> None:
        for place in range(len(self._values)):
            self._collect(self._values, place, self._schema, "", self._first + place, ())
        for name, column in self._columns.items():
            for form in set(column.forms):
                self._conform(name, column, form)

    def _conform(self, name: str, column: _Column, wanted: tuple[_Form, bool]) -> None:
        """Change the leaves in whose place the same may stand."""
        form, nullable = wanted
        which = [i for i, one in enumerate(column.forms) if one == wanted]
        cells = Cells(
            np.array([column.rows[i] for i in which], np.int64),
            pa.array([column.texts[i] for i in which], pa.large_string()),
            pa.array([column.paths[i] for i in which], pa.list_(pa.int32()))
            if "[]" in name
            else None,
        )
        if form is _Form.NOTHING:
            places = self._window.emptied(name, cells).tolist()
            new = [None if nullable else _empty(column.places[which[i]]) for i in places]
        elif form is _Form.INTEGER:
            changed = self._window.integers(name, cells, nullable=nullable)
            places, new = changed.places.tolist(), changed.values.to_pylist()
        else:
            changed = self._window.texts(name, cells)
            places, new = changed.places.tolist(), changed.values.to_pylist()
            if form is _Form.BYTES:
                holders = (column.places[which[place]] for place in places)
                new[:] = byte_cells.all_written_like((h[key] for h, key in holders), new)
        for place, value in zip(places, new, strict=True):
            holder, key = column.places[which[place]]
            holder[key] = value

    def _collect(
        self, holder: Any, place: Any, schema: Any, name: str, row: int, path: tuple[int, ...]
    ) -> None:
        """Named as the reader names its leaves: by keys and ``[]``, whatever the schema is."""
        value = holder[place]
        if isinstance(value, dict):
            for key in value:
                inner = f"{name}.{key}" if name else key
                self._collect(value, key, _field(schema, key), inner, row, path)
        elif isinstance(value, list):
            items, inside = _items(schema), f"{name or VALUE}[]"
            for index in range(len(value)):
                self._collect(value, index, items, inside, row, (*path, index))
        elif value is not None and row in self._rows(name or VALUE):
            column = self._columns.setdefault(name or VALUE, _Column())
            column.places.append((holder, place))
            column.rows.append(row)
            column.paths.append(path)
            column.forms.append(_form(value, schema))
            column.texts.append(cell_text(value))

    def _rows(self, name: str) -> frozenset[int]:
        if name not in self._touched:
            self._touched[name] = frozenset(self._window.rows(name).tolist())
        return self._touched[name]


def _empty(place: tuple[Any, Any]) -> Any:
    """What says nothing, of the type of what stands at ``place``."""
    holder, key = place
    return type(holder[key])()


def _form(value: Any, schema: Any) -> tuple[_Form, bool]:
    """What may stand where ``value`` does, and whether nothing may."""
    kinds = _branches(schema)
    named = {kind if isinstance(kind, str) else kind.get("type") for kind in kinds}
    nullable = "null" in named
    if isinstance(value, str) and "string" in named:
        return _Form.TEXT, nullable
    if isinstance(value, bytes) and "bytes" in named:
        return _Form.BYTES, nullable
    if isinstance(value, int) and not isinstance(value, bool) and "long" in named:
        return _Form.INTEGER, nullable
    return _Form.NOTHING, nullable


def _branches(schema: Any) -> list[Any]:
    """The kinds that a value may be of."""
    if isinstance(schema, list):
        return schema
    if isinstance(schema, dict) and isinstance(schema.get("type"), dict | list):
        return _branches(schema["type"])
    return [schema]


def _field(schema: Any, key: str) -> Any:
    """The schema of a record's field, or of a map's values."""
    for kind in _branches(schema):
        if isinstance(kind, Mapping) and kind.get("type") in {"record", "error"}:
            for part in kind["fields"]:
                if part["name"] == key:
                    return part["type"]
        if isinstance(kind, Mapping) and kind.get("type") == "map":
            return kind["values"]
    return "string"


def _items(schema: Any) -> Any:
    """The schema of an array's elements."""
    for kind in _branches(schema):
        if isinstance(kind, Mapping) and kind.get("type") == "array":
            return kind["items"]
    return "string"

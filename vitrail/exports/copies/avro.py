"""Avro under its own schema, codec and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import IO, Any, Final, cast

from vitrail.exports.copies.changes import Change, TableChanges, Window
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


class _Copying:
    """Goes through the records; ``row`` is the next one's number."""

    def __init__(self, changes: TableChanges) -> None:
        self.row = 0
        self._changes = changes

    def records(self, reader: Iterator[Any], schema: Any) -> Iterator[Any]:
        while values := list(islice(reader, _ROWS)):
            window = self._changes.window(self.row, self.row + len(values))
            for row in window.rows:
                place = row - self.row
                values[place] = _Walk(row, window).value(values[place], schema, "", ())
            self.row += len(values)
            yield from values


class _Walk:
    """A record with its leaves changed, by the schema that it was written under."""

    def __init__(self, row: int, window: Window) -> None:
        self._row, self._window = row, window

    def value(self, value: Any, schema: Any, name: str, path: tuple[int, ...]) -> Any:
        """Named as the reader names its leaves: by keys and ``[]``, whatever the schema is."""
        if value is None:
            return None
        if isinstance(value, dict):
            return {
                key: self.value(inner, _field(schema, key), f"{name}.{key}" if name else key, path)
                for key, inner in value.items()
            }
        if isinstance(value, list):
            items, inside = _items(schema), f"{name or VALUE}[]"
            return [self.value(v, items, inside, (*path, i)) for i, v in enumerate(value)]
        change = self._window.cell(self._row, name or VALUE, path)
        text = "" if change is None else cell_text(value)
        return value if change is None or not text else _conforming(value, text, schema, change)


def _conforming(value: Any, text: str, schema: Any, change: Change) -> Any:
    """What may stand where ``value`` did."""
    kinds = _branches(schema)
    named = {kind if isinstance(kind, str) else kind.get("type") for kind in kinds}
    if isinstance(value, str) and "string" in named:
        return change.text(text)
    if isinstance(value, bytes) and "bytes" in named:
        return change.text(text).encode()
    if isinstance(value, int) and not isinstance(value, bool) and "long" in named:
        return change.integer(text, nullable="null" in named)
    change.nothing(text)
    return None if "null" in named else type(value)()


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
            for field in kind["fields"]:
                if field["name"] == key:
                    return field["type"]
        if isinstance(kind, Mapping) and kind.get("type") == "map":
            return kind["values"]
    return "string"


def _items(schema: Any) -> Any:
    """The schema of an array's elements."""
    for kind in _branches(schema):
        if isinstance(kind, Mapping) and kind.get("type") == "array":
            return kind["items"]
    return "string"

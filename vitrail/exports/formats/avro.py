"""Avro object container files, by fastavro; DuckDB would fetch an extension for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final, cast

import pyarrow as pa

from vitrail.exports.formats.json_leaves import flatten
from vitrail.exports.formats.loading import load_batches, loaded_name
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.table import Table
from vitrail.exports.reader import TARGET_BYTES, Batch
from vitrail.model import Column, ColumnType, Dataset

if TYPE_CHECKING:
    import duckdb

FORMAT: Final = "avro"
MAGIC: Final = b"Obj\x01"
_ROWS: Final = 20_000

_TYPES: Final = {
    "int": ColumnType.INTEGER,
    "long": ColumnType.INTEGER,
    "float": ColumnType.FLOAT,
    "double": ColumnType.FLOAT,
    "boolean": ColumnType.BOOLEAN,
    "bytes": ColumnType.BINARY,
    "fixed": ColumnType.BINARY,
    "date": ColumnType.DATE,
    "decimal": ColumnType.DECIMAL,
    "time-millis": ColumnType.TIME,
    "time-micros": ColumnType.TIME,
    "timestamp-millis": ColumnType.TIMESTAMP,
    "timestamp-micros": ColumnType.TIMESTAMP,
    "uuid": ColumnType.TEXT,
}


@dataclass(frozen=True, slots=True)
class AvroTable(Table):
    dataset: Dataset
    origin: Origin

    def batches(
        self,
        *,
        columns: Sequence[str] | None = None,
        target_bytes: int = TARGET_BYTES,  # noqa: ARG002 - rows are bounded instead
        start_row: int = 0,
    ) -> Iterator[Batch]:
        wanted, consumed = None if columns is None else set(columns), 0
        row = 0
        for values, position in self._records():
            taken, consumed = max(0, position - consumed), position
            fresh = values[max(0, start_row - row) :]
            row += len(values)
            if fresh:
                first = row - len(fresh)
                found = flatten(fresh, first, self.origin)
                kept = tuple(c for c in found if wanted is None or c.column in wanted)
                share = round(taken * len(fresh) / len(values))
                yield Batch(first, len(fresh), share, kept)

    def relation(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        first = next(self._records(), None)
        if first is None:
            schema = pa.schema([(c.name, pa.string()) for c in self.dataset.columns])
        else:
            schema = _arrow(first[0]).schema
        batches = (_arrow(values, schema) for values, _ in self._records())
        return load_batches(connection, loaded_name(self), schema, batches)

    def _records(self) -> Iterator[tuple[list[Any], int]]:
        import fastavro

        row = 0
        with self.origin.open() as stream:
            try:
                reader = fastavro.reader(cast("IO[bytes]", stream))
                while values := list(islice(reader, _ROWS)):
                    row += len(values)
                    yield values, stream.consumed
            except (ValueError, EOFError, IndexError, StopIteration, KeyError, TypeError):
                raise self.origin.unreadable(
                    f"is Avro that breaks off or is damaged after row {row}.", "Export it again."
                ) from None


def tables(origin: Origin, *, table: str | None) -> tuple[AvroTable, ...]:
    """The file's one table, its columns from the schema in its head."""
    import fastavro

    try:
        with origin.open() as stream:
            schema = fastavro.reader(cast("IO[bytes]", stream)).writer_schema
    except (ValueError, EOFError, IndexError, KeyError, TypeError):
        raise origin.unreadable("is Avro without a readable head.", "Export it again.") from None
    columns = tuple(_leaves("", schema))
    return (AvroTable(Dataset(origin.name, table, FORMAT, columns), origin),)


def _leaves(name: str, schema: Any) -> Iterator[Column]:
    """The leaf columns of an Avro schema; of a union, those of its first kind that is not null."""
    if isinstance(schema, list):
        kinds = [kind for kind in schema if kind != "null"]
        yield from _leaves(name, kinds[0] if kinds else "null")
        return
    kind: Any = schema["type"] if isinstance(schema, dict) else schema
    if kind in {"record", "error"}:
        for field in schema["fields"]:
            yield from _leaves(f"{name}.{field['name']}" if name else field["name"], field["type"])
    elif kind == "array":
        yield from _leaves(f"{name}[]", schema["items"])
    elif isinstance(kind, dict | list):
        yield from _leaves(name, kind)
    else:
        logical: Any = schema.get("logicalType", kind) if isinstance(schema, dict) else kind
        yield Column(
            name or "value", _TYPES.get(str(logical), _TYPES.get(str(kind), ColumnType.TEXT))
        )


def _arrow(values: list[Any], schema: pa.Schema | None = None) -> pa.RecordBatch:
    """Avro records as typed Arrow; a column that Arrow cannot type is text."""
    rows = [v if isinstance(v, dict) else {"value": v} for v in values]
    names = schema.names if schema is not None else list(rows[0])
    arrays = []
    for i, name in enumerate(names):
        column = [row.get(name) for row in rows]
        kind = None if schema is None else schema.field(i).type
        arrays.append(_array(column, kind))
    return pa.RecordBatch.from_arrays(arrays, names=names)


def _array(column: list[Any], kind: pa.DataType | None) -> pa.Array:
    try:
        array = pa.array(column, kind)
    except (pa.ArrowException, TypeError):
        array = pa.array([None if v is None else str(v) for v in column], pa.string())
    return array.cast(pa.string()) if pa.types.is_null(array.type) else array

"""Loads what DuckDB cannot read in place into a temporary table of the connection."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from vitrail.errors import InputUnreadable
from vitrail.exports.reader import ROW

if TYPE_CHECKING:
    from vitrail.exports.formats.table import Table


def quote_literal(text: str) -> str:
    """A text as a SQL string."""
    return "'" + text.replace("'", "''") + "'"


def quote_name(name: str) -> str:
    """A name as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def all_but_row(names: Iterable[str]) -> str:
    """``*`` for a SELECT that adds ``_row``: an exported column of that name makes way."""
    own = [name for name in names if name.casefold() == ROW]
    return f"* RENAME ({quote_name(own[0])} AS _row_2)" if own else "*"


def temporary_name(table: Table) -> str:
    """The temporary table's name; the same for the same table."""
    key = "\0".join(
        (str(table.origin.path), table.origin.member or "", table.dataset.table or "")
    ).encode("utf-8", "surrogateescape")
    return f"_export_{hashlib.sha256(key).hexdigest()[:16]}"


def load(connection: duckdb.DuckDBPyConnection, table: Table) -> duckdb.DuckDBPyRelation:
    """The table's cells as text, with ``_row``, loaded once; for tables without nesting."""
    schema = pa.schema([(c.name, pa.string()) for c in table.dataset.columns])
    return load_batches(connection, temporary_name(table), schema, _records(table, schema))


def load_batches(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    schema: pa.Schema,
    batches: Iterator[pa.RecordBatch],
) -> duckdb.DuckDBPyRelation:
    """A temporary table of these batches, numbered by ``_row``; made whole or not at all."""
    if not has_temporary(connection, name):
        kept = _KeepsError(batches)
        connection.register(f"{name}_in", pa.RecordBatchReader.from_batches(schema, kept))
        try:
            connection.execute(
                f"CREATE TEMP TABLE {name} AS SELECT {all_but_row(schema.names)}, "
                "row_number() OVER () - 1 AS _row "
                f"FROM {name}_in"
            )
        except duckdb.InterruptException:
            raise  # someone's wish, not the export's fault
        except duckdb.Error:
            if kept.error is None:
                raise
            raise kept.error from None  # DuckDB's own message would hold our traceback
        finally:
            connection.unregister(f"{name}_in")
    return connection.table(name)


def has_temporary(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether the connection has a temporary table of this name."""
    found = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE temporary AND table_name = ?", [name]
    )
    return bool(found.fetchall())  # to the end: an unfinished result blocks the connection


class _KeepsError:
    """Batches whose error survives the way through Arrow and DuckDB."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self.error: InputUnreadable | None = None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._batches
        except InputUnreadable as error:
            self.error = error
            raise


def _records(table: Table, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for batch in table.batches():
        found = {chunk.column: chunk.values for chunk in batch.chunks}
        arrays = [
            found[field.name].cast(pa.string())
            if len(found.get(field.name, ())) == batch.rows
            else pa.nulls(batch.rows, pa.string())
            for field in schema
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)

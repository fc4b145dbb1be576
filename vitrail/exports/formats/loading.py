"""Loads what DuckDB cannot read in place into a table in memory that ends with the engine."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import duckdb
import pyarrow as pa

from vitrail.errors import InputUnreadable
from vitrail.exports.reader import ROW

if TYPE_CHECKING:
    from vitrail.exports.formats.table import Table


#: A loaded table lies in a database of its own: in memory, spilled as all else, seen by every
#: cursor of the engine (a temporary table is seen by its own alone), and packed by one of them
#: while the others work. This is what it is called there.
_TABLE: Final = "loaded"
_ATTACHING: Final = threading.Lock()


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


def loaded_name(table: Table) -> str:
    """The name of the table that holds the export's rows; the same for the same table."""
    key = "\0".join(
        (str(table.origin.path), table.origin.member or "", table.dataset.table or "")
    ).encode("utf-8", "surrogateescape")
    return f"_export_{hashlib.sha256(key).hexdigest()[:16]}"


def load(connection: duckdb.DuckDBPyConnection, table: Table) -> duckdb.DuckDBPyRelation:
    """The table's cells as text, with ``_row``, loaded once; for tables without nesting."""
    schema = pa.schema([(c.name, pa.string()) for c in table.dataset.columns])
    return load_batches(connection, loaded_name(table), schema, _records(table, schema))


def load_batches(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    schema: pa.Schema,
    batches: Iterator[pa.RecordBatch],
) -> duckdb.DuckDBPyRelation:
    """A table of these batches, numbered by ``_row``; made whole or not at all."""
    if not is_loaded(connection, name):
        kept = _KeepsError(batches)
        connection.register(f"{name}_in", pa.RecordBatchReader.from_batches(schema, kept))
        try:
            connection.execute(
                f"CREATE TABLE {place(connection, name)} AS SELECT {all_but_row(schema.names)}, "
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
    return loaded(connection, name)


def place(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """Where the loaded table of this name lies or is to lie, for SQL."""
    with _ATTACHING:
        connection.execute(f"ATTACH IF NOT EXISTS ':memory:' AS {name} (COMPRESS)")
    return f"{name}.{_TABLE}"


def pack(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Have a loaded table lie packed, to a fifth: what the engine has no room for is spilled, and
    read back by each query."""
    connection.execute(f"CHECKPOINT {name}")


def let_go(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Drop a loaded table, if it is there."""
    connection.execute(f"DETACH DATABASE IF EXISTS {name}")


def loaded(connection: duckdb.DuckDBPyConnection, name: str) -> duckdb.DuckDBPyRelation:
    """The loaded table of this name."""
    return connection.table(f"{name}.{_TABLE}")


def is_loaded(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether a table of this name was loaded."""
    found = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE database_name = ? AND table_name = ?", [name, _TABLE]
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

"""PostgreSQL by its address, through ADBC, in a read-only transaction; no password is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from vitrail.database_addresses import database_name
from vitrail.errors import InputUnreadable
from vitrail.exports.formats.adbc import stream
from vitrail.exports.formats.byte_cells import without_marks
from vitrail.exports.formats.celltext import valid_text
from vitrail.exports.formats.flattening import check_cells
from vitrail.exports.formats.loading import load_batches, loaded_name, quote_name
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.table import Table
from vitrail.exports.options import ReadOptions
from vitrail.exports.reader import TARGET_BYTES, Batch, ColumnChunk
from vitrail.model import Column, ColumnType, Dataset

if TYPE_CHECKING:
    import duckdb

FORMAT: Final = "postgresql"

_TYPES: Final = {
    "smallint": ColumnType.INTEGER,
    "integer": ColumnType.INTEGER,
    "bigint": ColumnType.INTEGER,
    "real": ColumnType.FLOAT,
    "double precision": ColumnType.FLOAT,
    "numeric": ColumnType.DECIMAL,
    "boolean": ColumnType.BOOLEAN,
    "date": ColumnType.DATE,
    "timestamp without time zone": ColumnType.TIMESTAMP,
    "timestamp with time zone": ColumnType.TIMESTAMP,
    "time without time zone": ColumnType.TIME,
    "bytea": ColumnType.BINARY,
}
#: What the driver gives in a type of Arrow's own; all else is asked for as text.
_KEPT: Final = frozenset(
    {
        "smallint", "integer", "bigint", "real", "double precision", "boolean", "date",
        "timestamp without time zone", "timestamp with time zone",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostgresTable(Table):
    """``kinds``: the columns' types in PostgreSQL's words."""

    dataset: Dataset
    origin: Origin
    url: str = field(repr=False)
    schema: str
    inside: str
    kinds: tuple[str, ...]
    rows: int
    stored: int

    @property
    def size(self) -> int:
        return self.stored

    def batches(
        self,
        *,
        columns: Sequence[str] | None = None,
        target_bytes: int = TARGET_BYTES,
        start_row: int = 0,
    ) -> Iterator[Batch]:
        wanted = None if columns is None else set(columns)
        names = [c.name for c in self.dataset.columns if wanted is None or c.name in wanted]
        kinds = {c.name: k for c, k in zip(self.dataset.columns, self.kinds, strict=True)}
        cells = ", ".join(_cell(name, kinds[name]) for name in names) or "NULL::text"
        row = start_row
        for batch in self._read(cells, target_bytes, start_row):
            if not batch.num_rows:
                continue
            chunks = []
            for name, values in zip(names, batch.columns, strict=False):
                text = without_marks(valid_text(values))
                check_cells(name, text, self.origin)
                chunks.append(ColumnChunk(name, text))
            size = int(self.size * batch.num_rows / max(self.rows, row + batch.num_rows))
            yield Batch(row, batch.num_rows, size, tuple(chunks))
            row += batch.num_rows

    def relation(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        cells = ", ".join(
            quote_name(c.name)
            if kind in _KEPT
            else f"{_as_text(c.name, kind)} AS {quote_name(c.name)}"
            for c, kind in zip(self.dataset.columns, self.kinds, strict=True)
        )
        batches = self._read(cells, TARGET_BYTES, 0)
        empty = next(batches)
        return load_batches(connection, loaded_name(self), empty.schema, batches)

    def _read(self, cells: str, target_bytes: int, start_row: int) -> Iterator[pa.RecordBatch]:
        """In the order in which the rows lie on disk; first an empty batch, for the schema."""
        source = f"{quote_name(self.schema)}.{quote_name(self.inside)}"
        query = f"SELECT {cells} FROM {source} ORDER BY tableoid, ctid OFFSET {int(start_row)}"
        with _cursor(self.url, self.origin, f"table {self.inside}") as cursor:
            cursor.adbc_statement.set_options(
                **{"adbc.postgresql.batch_size_hint_bytes": str(min(target_bytes, 16 << 20))}
            )
            reader = stream(cursor, query)
            yield pa.RecordBatch.from_pylist([], schema=reader.schema)
            yield from reader


def tables(url: str, origin: Origin) -> tuple[PostgresTable, ...]:
    """Every ordinary and partitioned table that this user may read, views excepted."""
    with _cursor(url, origin, "the list of its tables") as cursor:
        listed = stream(cursor, _TABLES).read_all().to_pylist()
    if not listed:
        raise origin.unreadable(
            "has no table that this user may read.", "Grant SELECT on its tables to the user."
        )
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in listed:
        found.setdefault((row["schema"], row["name"]), []).append(row)
    return tuple(_table(url, origin, *key, rows) for key, rows in found.items())


def origin_of(url: str, options: ReadOptions) -> Origin:
    """A place named as the database; neither host, user nor password is in it."""
    return Origin(database_name(url), Path(), 0, options=options)


def _table(
    url: str, origin: Origin, schema: str, name: str, rows: list[dict[str, Any]]
) -> PostgresTable:
    columns = tuple(
        Column(row["column"], _TYPES.get(_plain(row["kind"]), ColumnType.TEXT)) for row in rows
    )
    inside = name if schema == "public" else f"{schema}.{name}"
    return PostgresTable(
        Dataset(origin.name, inside, FORMAT, columns), origin, url, schema, name,
        tuple(_plain(row["kind"]) for row in rows),
        max(0, int(rows[0]["rows"])), int(rows[0]["bytes"]),
    )  # fmt: skip


def _plain(kind: str) -> str:
    """``numeric(10,2)`` as ``numeric``; ``timestamp(3) with time zone`` without its digits."""
    head, _, rest = kind.partition("(")
    return head + rest.partition(")")[2] if rest else kind


def _cell(name: str, kind: str) -> str:
    """A cell for :func:`~vitrail.exports.formats.byte_cells.without_marks`."""
    if kind == "bytea":
        return f"chr(1) || 'blob:' || encode({quote_name(name)}, 'hex')"
    return _as_text(name, kind)


def _as_text(name: str, kind: str) -> str:
    """A cell in PostgreSQL's own words; bytes with escapes for those that are no ASCII."""
    column = quote_name(name)
    if kind == "bytea":
        return f"encode({column}, 'escape')"
    if kind == "inet":
        return f"abbrev({column})"  # without the /32 that the cast adds
    return f"{column}::text"


@contextmanager
def _cursor(url: str, origin: Origin, what: str) -> Iterator[Any]:
    """A cursor in a read-only transaction in UTC; the driver's messages may hold cells or hosts."""
    import adbc_driver_manager
    import adbc_driver_postgresql.dbapi

    try:
        connection = adbc_driver_postgresql.dbapi.connect(url)
    except (adbc_driver_manager.Error, OSError):
        raise origin.unreadable(
            "could not be reached, or refused the user.",
            "See that the server runs and that the URL names host, port, user and database; in a "
            "password @, / and : are %40, %2F and %3A.",
        ) from None
    try:
        with closing(connection), closing(connection.cursor()) as cursor:
            stream(cursor, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY").close()
            stream(cursor, "SET LOCAL TimeZone = 'UTC'").close()
            yield cursor
    except (adbc_driver_manager.Error, OSError, pa.ArrowException) as error:
        raise _failed(origin, what, error) from None


def _failed(origin: Origin, what: str, error: Exception) -> InputUnreadable:
    state = getattr(error, "sqlstate", None)
    told = f" (SQLSTATE {state})" if state else ""
    return origin.unreadable(
        f"stopped while {what} was read{told}.",
        "See the server's log, and that the user may read the table.",
    )


_TABLES: Final = """
SELECT n.nspname::text AS schema, c.relname::text AS name, a.attname::text AS column,
       format_type(a.atttypid, a.atttypmod)::text AS kind,
       greatest(c.reltuples, 0)::bigint AS rows,
       pg_total_relation_size(c.oid)::bigint AS bytes
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'
  AND has_table_privilege(c.oid, 'SELECT')
ORDER BY 1, 2, a.attnum
"""

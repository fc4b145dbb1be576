"""A DuckDB database written anew: its schema first, then its rows in their order.

Cells that stay never leave the engine, so every type is kept; indices, views, keys and generated
columns stand as they were made. A new file has no old block in which a value could linger.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from typing import IO, Final

import duckdb
import pyarrow as pa

from vitrail.exports.copies.changes import TableChanges
from vitrail.exports.copies.databases import made_beside, require_plain_names, require_room
from vitrail.exports.copies.nested import changed
from vitrail.exports.copies.schema_text import with_names
from vitrail.exports.engine import connect
from vitrail.exports.formats.duckdb_file import DuckTable, attach
from vitrail.exports.formats.loading import quote_literal, quote_name
from vitrail.exports.formats.origin import Origin

ChangesOf = Callable[[DuckTable], TableChanges]

_ROWS: Final = 122_880  # DuckDB's own row group
_TARGET: Final = "_copy"
_NEW: Final = "_new_"
_ROW: Final = "_row"
_FULL: Final = os.strerror(errno.ENOSPC)


def copy(
    tables: Sequence[DuckTable], changes_of: ChangesOf, out: IO[bytes]
) -> dict[DuckTable, int]:
    """Write the database that holds all of ``tables``; how many rows each has."""
    origin = tables[0].origin
    with (
        made_beside(origin, out) as path,
        connect(temp_directory=path.with_name("spill")) as connection,
    ):
        source = attach(connection, origin)
        try:
            connection.execute(f"ATTACH {quote_literal(str(path))} AS {_TARGET}")
            connection.execute(f"COPY FROM DATABASE {source} TO {_TARGET} (SCHEMA)")
            _require_plain(connection, source, changes_of(tables[0]), origin)
            rows = {
                table: _Copying(connection, source, table, changes_of(table)).copy()
                for table in _parents_first(connection, source, tables)
            }
            connection.execute(f"DETACH {_TARGET}")
        except duckdb.InterruptException:
            raise
        except (duckdb.Error, pa.ArrowException) as error:  # its message may hold a cell
            require_room(full=_FULL in str(error))
            raise origin.unreadable(
                "is DuckDB with a rule or a type that a replaced cell would break.",
                "Use --with pseudonym, or export its tables as Parquet and redact those.",
            ) from None
    return rows


#: Statements that a database keeps, and texts that it keeps as they are.
_STATED: Final = " UNION ALL ".join(
    [
        f"SELECT sql FROM duckdb_{kind}() WHERE database_name = $place"
        for kind in ("tables", "views", "indexes", "sequences")
    ]
    + ["SELECT macro_definition FROM duckdb_functions() WHERE database_name = $place"]
)
_SAID: Final = " UNION ALL ".join(
    [
        f"SELECT comment FROM duckdb_{kind}() WHERE database_name = $place"
        for kind in ("tables", "columns", "views", "indexes", "sequences", "functions", "types")
    ]
    + ["SELECT unnest(labels) FROM duckdb_types() WHERE database_name = $place"]
)


def _require_plain(
    connection: duckdb.DuckDBPyConnection, source: str, changes: TableChanges, origin: Origin
) -> None:
    """Raise where the schema holds personal data, which its copy would hold too."""
    stated, said = (
        [text for (text,) in connection.execute(query, {"place": source}).fetchall() if text]
        for query in (_STATED, _SAID)
    )
    if changes.learn(said) or any(with_names(sql, changes.name) != sql for sql in stated):
        raise origin.unreadable(
            "has a view, macro, default, rule, enumeration or comment that holds personal data.",
            "Drop it from a copy of the database, then redact that.",
        )


def _parents_first(
    connection: duckdb.DuckDBPyConnection, source: str, tables: Sequence[DuckTable]
) -> list[DuckTable]:
    """Tables before those whose keys refer to them."""
    referred: dict[str, set[str]] = {}
    for child, parent in connection.execute(
        "SELECT table_name, referenced_table FROM duckdb_constraints() "
        "WHERE database_name = ? AND constraint_type = 'FOREIGN KEY'",
        [source],
    ).fetchall():
        referred.setdefault(child, set()).add(parent)
    waiting, ordered = list(tables), []
    while waiting:
        names = {table.inside for table in waiting}
        ready = [t for t in waiting if not (referred.get(t.inside, set()) - {t.inside}) & names]
        ordered += ready or waiting
        waiting = [table for table in waiting if ready and table not in ready]
    return ordered


class _Copying:
    """One table's rows."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        source: str,
        table: DuckTable,
        changes: TableChanges,
    ) -> None:
        self._connection, self._table, self._changes = connection, table, changes
        inside = f"{quote_name(table.schema)}.{quote_name(table.inside)}"
        self._source, self._target = f"{source}.{inside}", f"{_TARGET}.{inside}"
        described = connection.execute(
            "SELECT column_name, data_type FROM information_schema.columns "
            "WHERE table_catalog = ? AND table_schema = ? AND table_name = ? "
            "AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [source, table.schema, table.inside],
        ).fetchall()
        self._types: dict[str, str] = dict(described)
        names = [table.inside, *(c.name for c in table.dataset.columns)]
        require_plain_names(table.origin, names, changes)
        changes.keep_apart(sorted(self._apart(source)))

    def copy(self) -> int:
        """Write the rows; how many there are."""
        row = 0
        listed = ", ".join(map(quote_name, self._types))
        while True:
            slice_ = f"(SELECT {listed} FROM {self._source} LIMIT {_ROWS} OFFSET {row})"
            batch = self._connection.sql(f"FROM {slice_}").to_arrow_table().combine_chunks()
            if not batch.num_rows:
                return row
            self._insert(slice_, batch, row)
            row += batch.num_rows

    def _insert(self, slice_: str, cells: pa.Table, row: int) -> None:
        before = cells.to_batches(max_chunksize=None)[0]
        after = changed(before, row, self._changes.window(row, row + cells.num_rows))
        names = [
            name
            for name, old, new in zip(self._types, before.columns, after.columns, strict=True)
            if old is not new
        ]
        columns = [after.column(name) for name in names]
        numbers = pa.array(range(cells.num_rows), pa.int64())
        new = pa.table([*columns, numbers], names=[*(f"{_NEW}{n}" for n in names), _ROW])
        picked = ", ".join(
            f"TRY_CAST({quote_name(_NEW + name)} AS {kind})" if name in names else quote_name(name)
            for name, kind in self._types.items()
        )
        self._connection.register("_changed", new)
        numbered = f"SELECT *, row_number() OVER () - 1 AS {_ROW} FROM {slice_}"
        self._connection.execute(
            f"INSERT INTO {self._target} ({', '.join(map(quote_name, self._types))}) "
            f"SELECT {picked} FROM ({numbered}) JOIN _changed USING ({_ROW}) ORDER BY {_ROW}"
        )
        self._connection.unregister("_changed")

    def _apart(self, source: str) -> set[str]:
        """Columns of keys and of unique indices: in them two values must stay two."""
        apart: set[str] = set()
        for table, columns, other, referred in self._connection.execute(
            "SELECT table_name, constraint_column_names, referenced_table, "
            "referenced_column_names FROM duckdb_constraints() WHERE database_name = ? "
            "AND constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')",
            [source],
        ).fetchall():
            apart |= set(columns) if table == self._table.inside else set()
            apart |= set(referred or ()) if other == self._table.inside else set()
        for (expressions,) in self._connection.execute(
            "SELECT expressions FROM duckdb_indexes() "
            "WHERE database_name = ? AND table_name = ? AND is_unique",
            [source, self._table.inside],
        ).fetchall():
            apart |= {name for name in self._types if name in expressions}
        return apart

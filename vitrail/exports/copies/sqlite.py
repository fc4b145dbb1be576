"""A SQLite database copied whole, its cells updated, then vacuumed: no freed page keeps a value.

Indices, views, triggers, keys and tables without row ids stay as they were made.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import IO, Any, Final

import numpy as np
import pyarrow as pa

from vitrail.exports.copies.changes import Cells, Changed, Index, TableChanges, Window
from vitrail.exports.copies.databases import made_beside, require_plain_names, require_room
from vitrail.exports.copies.schema_text import with_names
from vitrail.exports.formats.byte_cells import all_written_like, marked_bytes, without_marks
from vitrail.exports.formats.loading import quote_name
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.sqlite import SqliteTable, as_text, uri

ChangesOf = Callable[[SqliteTable], TableChanges]

_ROWS: Final = 20_000
#: The first letters of the storage classes.
_NULL, _INTEGER, _TEXT, _BLOB = map(ord, "nitb")
_ROW_ID: Final = "_rowid_"
_GENERATED: Final = frozenset({2, 3})


def copy(
    tables: Sequence[SqliteTable], changes_of: ChangesOf, out: IO[bytes]
) -> dict[SqliteTable, int]:
    """Write the database that holds all of ``tables``; how many rows each has."""
    origin = tables[0].origin
    with made_beside(origin, out) as path:
        try:
            with (
                closing(sqlite3.connect(uri(origin), uri=True)) as source,
                closing(sqlite3.connect(path, isolation_level=None)) as target,
            ):
                source.text_factory = lambda text: text.decode("utf-8", "backslashreplace")
                source.backup(target)
                return _update(source, target, tables, changes_of)
        except sqlite3.IntegrityError:
            raise origin.unreadable(
                "has a rule (CHECK, UNIQUE or a type) that a replaced cell would break.",
                "Use --with pseudonym, or export its tables as CSV and redact those.",
            ) from None
        except sqlite3.Error as error:
            require_room(full=getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL)
            raise origin.unreadable(
                "is SQLite that is damaged, or has a part that cannot be copied.",
                "Copy it again while nothing writes to it, or export its tables as CSV.",
            ) from None


def _update(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    tables: Sequence[SqliteTable],
    changes_of: ChangesOf,
) -> dict[SqliteTable, int]:
    for setting in ("journal_mode = DELETE", "foreign_keys = OFF", "secure_delete = ON"):
        target.execute(f"PRAGMA {setting}").fetchall()
    _require_plain(target, tables[0].origin)
    rows = {}
    target.execute("BEGIN")
    triggers = target.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:  # else an update would be written down by whatever listens
        target.execute(f"DROP TRIGGER {quote_name(name)}")
    for table in tables:
        changes = changes_of(table)
        rows[table] = _Copying(source, target, table, changes).copy()
    for _, sql in triggers:
        target.execute(sql)
    _clean_schema(target, changes)
    for (name,) in target.execute(
        "SELECT name FROM sqlite_schema WHERE name IN ('sqlite_stat3', 'sqlite_stat4')"
    ).fetchall():  # the planner's samples are cells
        target.execute(f"DROP TABLE {name}")
    target.execute("COMMIT")
    target.execute("REINDEX")  # a partial one by the values that its condition names now
    target.execute("VACUUM")
    return rows


def _clean_schema(target: sqlite3.Connection, changes: TableChanges) -> None:
    """Replace values in the texts of views, triggers, defaults and rules. Only what stands within
    quotes changes, so every statement stays one."""
    listed = target.execute("SELECT rowid, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    new = [(with_names(sql, changes.name), row) for row, sql in listed]
    changed = [pair for pair, (_, sql) in zip(new, listed, strict=True) if pair[0] != sql]
    if changed:
        target.execute("PRAGMA writable_schema = ON")
        target.executemany("UPDATE sqlite_schema SET sql = ? WHERE rowid = ?", changed)
        target.execute("PRAGMA writable_schema = RESET")


def _require_plain(target: sqlite3.Connection, origin: Origin) -> None:
    """Raise where a virtual table is: it keeps words in an index of its own."""
    found = target.execute(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' "
        "AND sql LIKE 'CREATE VIRTUAL TABLE%'"
    ).fetchone()[0]
    if found:
        raise origin.unreadable(
            "has a virtual table, such as a full-text index, which keeps words of its own.",
            "Drop it from a copy of the database, then redact that.",
        )


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that can be written. ``kind``: its declared type, in capitals."""

    name: str
    source: str
    kind: str
    nullable: bool


class _Copying:
    """One table's updates: read from the source, so that its order is the reader's."""

    def __init__(
        self,
        source: sqlite3.Connection,
        target: sqlite3.Connection,
        table: SqliteTable,
        changes: TableChanges,
    ) -> None:
        self._source, self._target = source, target
        self._table, self._changes = table, changes
        self._inside = quote_name(table.inside)
        self._names = dict(zip(table.source, (c.name for c in table.dataset.columns), strict=True))
        info = source.execute(f"PRAGMA table_xinfo({self._inside})").fetchall()
        self._key = [quote_name(n) for _, n, _, _, _, k, _ in sorted(info, key=lambda r: r[5]) if k]
        if _has_row_ids(source, self._inside):
            self._key = [_ROW_ID]
        self._columns = [
            _Column(self._names[name], name, str(kind).upper(), not (required or key))
            for _, name, kind, required, _, key, hidden in info
            if name in self._names and hidden not in _GENERATED
        ]
        require_plain_names(table.origin, [table.inside, *self._names], changes)
        changes.keep_apart([self._names[n] for n in self._apart(info) if n in self._names])

    def copy(self) -> int:
        """Update what changes; how many rows there are."""
        row = 0
        for block in self._blocks():
            window = self._changes.window(row, row + len(block))
            new: dict[int, dict[str, Any]] = {}
            for place, column in enumerate(self._columns):
                rows = window.rows(column.name)
                if len(rows):
                    at = len(self._key) + 2 * place
                    cells = [block[i][at : at + 2] for i in (rows - row).tolist()]
                    for where, value in _conforming(cells, rows, column, window):
                        new.setdefault(where - row, {})[column.source] = value
            self._update(block, new)
            row += len(block)
        return row

    def _blocks(self) -> Iterator[list[tuple[Any, ...]]]:
        """Rows in the reader's order: their key, then each column's text and the first
        letter of its storage class."""
        cells = [
            f"{as_text(c.source)}, unicode(typeof({quote_name(c.source)}))" for c in self._columns
        ]
        listed = ", ".join([*self._key, *cells])
        usual = self._source.text_factory
        try:
            if self._key == [_ROW_ID]:  # of other keys a text must not become a BLOB
                self._source.text_factory = bytes
            cursor = self._source.execute(f"SELECT {listed} FROM {self._inside} NOT INDEXED")
            while block := cursor.fetchmany(_ROWS):
                yield block
        finally:
            self._source.text_factory = usual

    def _update(self, block: list[tuple[Any, ...]], new: dict[int, dict[str, Any]]) -> None:
        """Write new values, by a row's place in the block and by column."""
        match = " AND ".join(f"{name} IS ?" for name in self._key)
        by_columns: dict[tuple[str, ...], list[int]] = {}
        for place, values in new.items():
            by_columns.setdefault(tuple(values), []).append(place)
        for columns, places in by_columns.items():
            listed = ", ".join(f"{quote_name(name)} = ?" for name in columns)
            self._target.executemany(
                f"UPDATE {self._inside} SET {listed} WHERE {match}",
                ((*new[i].values(), *block[i][: len(self._key)]) for i in places),
            )

    def _apart(self, info: Sequence[tuple[Any, ...]]) -> set[str]:
        """Columns of keys and of unique indices: in them two values must stay two."""
        apart = {name for _, name, _, _, _, key, _ in info if key}
        for _, index, unique, *_ in self._source.execute(f"PRAGMA index_list({self._inside})"):
            if unique:
                found = self._source.execute(f"PRAGMA index_info({quote_name(index)})")
                apart |= {name for _, _, name in found if name}
        for key in self._source.execute(f"PRAGMA foreign_key_list({self._inside})"):
            apart.add(key[3])
        return apart | self._referred()

    def _referred(self) -> set[str]:
        """Columns that another table's foreign key names."""
        names = self._source.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        return {
            key[4]
            for (name,) in names.fetchall()
            for key in self._source.execute(f"PRAGMA foreign_key_list({quote_name(name)})")
            if key[4] and str(key[2]).casefold() == self._table.inside.casefold()
        }


def _has_row_ids(database: sqlite3.Connection, table: str) -> bool:
    try:
        database.execute(f"SELECT _rowid_ FROM {table} LIMIT 0")
    except sqlite3.Error:
        return False
    return True


def _conforming(
    cells: list[tuple[bytes | str | None, int]], rows: Index, column: _Column, window: Window
) -> Iterator[tuple[int, Any]]:
    """The rows that change, each with what may stand where a value of its storage class did."""
    storages = np.array([storage for _, storage in cells])
    for storage in set(storages.tolist()) - {_NULL}:
        chosen = storages == storage
        given = Cells(rows[chosen], _texts([text for text, kind in cells if kind == storage]))
        if storage == _INTEGER:
            new = window.integers(column.name, given, nullable=column.nullable)
        elif storage in {_TEXT, _BLOB}:
            new = window.texts(column.name, given)
        else:
            places = window.emptied(column.name, given)
            nothing = pa.scalar(None if column.nullable else 0.0, pa.float64())
            new = Changed(places, pa.repeat(nothing, len(places)))
        values = new.values.to_pylist()
        if storage == _BLOB:
            marked = [text for text, kind in cells if kind == storage]
            old = (marked_bytes(_plain(marked[i])) for i in new.places.tolist())
            values = all_written_like(old, values)
        yield from zip(given.rows[new.places].tolist(), values, strict=True)


def _plain(text: bytes | str | None) -> str:
    """A text that the driver may have given as bytes."""
    return text.decode() if isinstance(text, bytes) else text or ""


def _texts(cells: list[bytes | str | None]) -> pa.Array:
    """Cells' texts, with ``\\xNN`` for bytes that are none."""
    written = pa.array(cells, pa.large_binary())
    try:
        return without_marks(written.cast(pa.large_string()))
    except pa.ArrowInvalid:
        decoded = (
            cell and cell.decode("utf-8", "backslashreplace") for cell in written.to_pylist()
        )
        return without_marks(pa.array(decoded, pa.large_string()))

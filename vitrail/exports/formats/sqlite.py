"""SQLite files through ADBC, every cell cast to text: SQLite's columns may mix types freely."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pyarrow as pa

from vitrail.exports import scratch
from vitrail.exports.formats.adbc import stream
from vitrail.exports.formats.byte_cells import without_marks
from vitrail.exports.formats.celltext import valid_text
from vitrail.exports.formats.dialect import unique_names
from vitrail.exports.formats.flattening import check_cells
from vitrail.exports.formats.loading import load, quote_name
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.table import Table
from vitrail.exports.reader import TARGET_BYTES, Batch, ColumnChunk
from vitrail.model import Column, ColumnType, Dataset

if TYPE_CHECKING:
    import duckdb

FORMAT: Final = "sqlite"
MAGIC: Final = b"SQLite format 3\x00"

#: SQLite's affinity rules: the declared type holds one of these words.
_AFFINITIES: Final = (
    ("BOOL", ColumnType.BOOLEAN),
    ("INT", ColumnType.INTEGER),
    ("DATETIME", ColumnType.TIMESTAMP),
    ("TIMESTAMP", ColumnType.TIMESTAMP),
    ("DATE", ColumnType.DATE),
    ("DEC", ColumnType.DECIMAL),
    ("NUM", ColumnType.DECIMAL),
    ("REAL", ColumnType.FLOAT),
    ("FLOA", ColumnType.FLOAT),
    ("DOUB", ColumnType.FLOAT),
    ("BLOB", ColumnType.BINARY),
)


@dataclass(frozen=True, slots=True)
class SqliteTable(Table):
    """``source``: the columns' names in the file, in the order of the dataset's columns."""

    dataset: Dataset
    origin: Origin
    source: tuple[str, ...]
    inside: str
    rows: int
    share: float

    @property
    def size(self) -> int:
        return int(self.origin.size * self.share)

    def batches(
        self,
        *,
        columns: Sequence[str] | None = None,
        target_bytes: int = TARGET_BYTES,
        start_row: int = 0,
    ) -> Iterator[Batch]:
        pairs = [
            (column.name, source)
            for column, source in zip(self.dataset.columns, self.source, strict=True)
            if columns is None or column.name in set(columns)
        ]
        row_bytes = max(64.0, 2 * self.size / max(1, self.rows))
        per_batch = int(min(1 << 16, max(16, target_bytes / row_bytes)))
        row = start_row
        for batch in self._read(pairs, per_batch, start_row):
            chunks = tuple(
                ColumnChunk(name, self._text(name, values))
                for (name, _), values in zip(pairs, batch.columns, strict=True)
            )
            size = int(self.size * batch.num_rows / max(1, self.rows))
            yield Batch(row, batch.num_rows, size, chunks)
            row += batch.num_rows

    def relation(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        return load(connection, self)

    def _read(
        self, pairs: list[tuple[str, str]], per_batch: int, start_row: int
    ) -> Iterator[pa.RecordBatch]:
        """The driver types a column by its first batch, so a first row of texts goes before."""
        import adbc_driver_manager
        import adbc_driver_sqlite.dbapi

        texts = ", ".join(["''"] * len(pairs)) or "''"
        cells = ", ".join(as_text(source) for _, source in pairs) or "''"
        query = (
            f"SELECT {texts} UNION ALL SELECT * FROM (SELECT {cells} "
            f"FROM {quote_name(self.inside)} NOT INDEXED LIMIT -1 OFFSET {int(start_row)})"
        )
        try:
            with (
                closing(adbc_driver_sqlite.dbapi.connect(uri(self.origin))) as database,
                closing(database.cursor()) as cursor,
            ):
                cursor.adbc_statement.set_options(
                    **{"adbc.sqlite.query.batch_rows": str(per_batch)}
                )
                skip = 1
                for batch in stream(cursor, query):
                    kept = batch.slice(skip)
                    skip = 0
                    if kept.num_rows:
                        yield kept
        except (adbc_driver_manager.Error, OSError, pa.ArrowException):
            raise self.origin.unreadable(
                f"is damaged in table {self.inside}; the rows before that were read.",
                "Export it again, or repair it with `sqlite3 FILE .recover`.",
            ) from None

    def _text(self, name: str, values: pa.Array) -> pa.Array:
        text = without_marks(valid_text(values))
        check_cells(name, text, self.origin)
        return text


def tables(origin: Origin, *, table: str | None) -> tuple[SqliteTable, ...]:
    """Every table of the file, in the order of their names; its views are not read."""
    try:
        with closing(sqlite3.connect(uri(origin), uri=True)) as database:
            names = [
                name
                for (name,) in database.execute(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' "
                    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
                )
            ]
            found = [_Found(name, *_columns(database, name)) for name in names]
            counts = [_rows(database, name) for name in names]
    except sqlite3.Error:
        raise origin.unreadable(
            "is SQLite that breaks off or is damaged.",
            "Copy it again while nothing writes to it, or repair it with `sqlite3 FILE .recover`.",
        ) from None
    if not found:
        raise origin.unreadable("is SQLite without a table.", "Export it again, or leave it out.")
    weights = [max(1, rows) * max(1, len(f.columns)) for f, rows in zip(found, counts, strict=True)]
    return tuple(
        SqliteTable(
            Dataset(origin.name, _within(table, f.name), FORMAT, f.columns),
            origin, f.source, f.name, rows, weight / sum(weights),
        )
        for f, rows, weight in zip(found, counts, weights, strict=True)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    columns: tuple[Column, ...]
    source: tuple[str, ...]


def _within(archive_member: str | None, name: str) -> str:
    return name if archive_member is None else f"{archive_member}/{name}"


def _columns(
    database: sqlite3.Connection, table: str
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    rows = database.execute(f"PRAGMA table_xinfo({quote_name(table)})").fetchall()
    shown = [
        (str(name), str(kind).upper()) for _, name, kind, _, _, _, hidden in rows if hidden != 1
    ]
    source = tuple(name for name, _ in shown)
    columns = tuple(
        Column(name, _affinity(kind))
        for name, (_, kind) in zip(unique_names(source), shown, strict=True)
    )
    return columns, source


def _affinity(declared: str) -> ColumnType:
    return next((kind for word, kind in _AFFINITIES if word in declared), ColumnType.TEXT)


def _rows(database: sqlite3.Connection, table: str) -> int:
    """An estimate by the highest row id, which costs nothing; a table without one is counted."""
    for measure in ("max(_rowid_)", "count(*)"):
        try:
            query = f"SELECT {measure} FROM {quote_name(table)}"
            return int(database.execute(query).fetchone()[0] or 0)
        except (sqlite3.Error, TypeError, ValueError):
            continue  # no row ids, or damage that reading will meet and name
    return 0


def as_text(column: str) -> str:
    """One cell as text: whole floats without ``.0`` and in full, BLOBs behind a mark."""
    name = quote_name(column)
    return (
        f"CASE typeof({name}) WHEN 'blob' THEN char(1) || 'blob:' || hex({name}) "
        f"WHEN 'real' THEN CASE WHEN abs({name}) < 9007199254740992 "
        f"AND {name} = CAST({name} AS INTEGER) THEN CAST(CAST({name} AS INTEGER) AS TEXT) "
        f"ELSE CAST({name} AS TEXT) END ELSE CAST({name} AS TEXT) END"
    )


def uri(origin: Origin) -> str:
    """Where SQLite can read the file without writing beside it.

    A log or a journal next to it holds changes that the file has not yet. SQLite would write
    both to read it, and exports are never touched: so they are copied to the scratch folder.
    """
    path = origin.local()
    beside = [p for s in ("-wal", "-journal") if (p := Path(f"{path}{s}")).exists()]
    if not any(p.stat().st_size for p in beside):
        return f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    states = [(p.stat().st_size, p.stat().st_mtime_ns) for p in (path, *beside)]
    key = hashlib.sha256(f"{path}\0{states}".encode()).hexdigest()[:24]
    copy = scratch.folder(origin.options.scratch) / f"{key}.sqlite"
    try:
        if not copy.exists():
            for part in beside:
                shutil.copyfile(part, f"{copy}{part.name.removeprefix(path.name)}")
            shutil.copyfile(path, copy)
    except OSError as error:
        raise origin.refusal(error) from None
    return f"file:{quote(str(copy))}?mode=rw"

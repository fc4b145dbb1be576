"""DuckDB database files, attached read-only; their tables alone, since a view may read anything."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb
import pyarrow as pa

from vitrail.exports.engine import connect
from vitrail.exports.formats.flattening import chunks_of, leaves_of, roots_of
from vitrail.exports.formats.loading import all_but_row, quote_literal, quote_name
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.table import Table
from vitrail.exports.reader import TARGET_BYTES, Batch
from vitrail.model import Dataset

FORMAT: Final = "duckdb"
MAGIC: Final = b"DUCK"  # at byte 8


@dataclass(frozen=True, slots=True)
class DuckTable(Table):
    dataset: Dataset
    origin: Origin
    schema: str
    inside: str
    names: tuple[str, ...]
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
        names = self.names if columns is None else roots_of(self.names, columns)
        listed = ", ".join(map(quote_name, names)) or "NULL"
        row_bytes = max(64.0, 4 * self.size / max(1, self.rows))
        per_batch = int(min(1 << 17, max(1, target_bytes / row_bytes)))
        row = start_row
        with connect() as connection:
            place = attach(connection, self.origin)
            try:
                reader = connection.sql(
                    f"SELECT {listed} FROM {self._in(place)} OFFSET {int(start_row)}"
                ).to_arrow_reader(per_batch)
                for batch in reader:
                    chunks = tuple(chunks_of(batch, row, self.origin, columns))
                    size = int(self.size * batch.num_rows / max(1, self.rows))
                    yield Batch(row, batch.num_rows, size, chunks)
                    row += batch.num_rows
            except (duckdb.Error, pa.ArrowException):
                raise self.origin.unreadable(
                    f"is damaged in table {self.inside} after row {row}.",
                    "Copy it again while nothing writes to it.",
                ) from None

    def relation(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        place = attach(connection, self.origin)
        columns = all_but_row(self.names)
        return connection.sql(
            f"SELECT {columns}, row_number() OVER () - 1 AS _row FROM {self._in(place)}"
        )

    def _in(self, place: str) -> str:
        return f"{place}.{quote_name(self.schema)}.{quote_name(self.inside)}"


def tables(origin: Origin, *, table: str | None) -> tuple[DuckTable, ...]:
    """Every table of the file; outside the schema ``main`` as ``schema.table``."""
    with connect() as connection:
        place = attach(connection, origin)
        listed = connection.execute(
            "SELECT schema_name, table_name, estimated_size FROM duckdb_tables() "
            "WHERE database_name = ? AND NOT internal ORDER BY ALL",
            [place],
        ).fetchall()
        schemas = [
            connection.sql(
                f"SELECT * FROM {place}.{quote_name(schema)}.{quote_name(name)} LIMIT 0"
            ).to_arrow_table().schema
            for schema, name, _ in listed
        ]  # fmt: skip
    if not listed:
        raise origin.unreadable("is DuckDB without a table.", "Export it again, or leave it out.")
    weights = [
        max(1, rows) * max(1, len(s)) for (_, _, rows), s in zip(listed, schemas, strict=True)
    ]
    return tuple(
        DuckTable(
            Dataset(origin.name, _named(table, schema, name), FORMAT, leaves_of(kinds)),
            origin, schema, name, tuple(kinds.names), rows, weight / sum(weights),
        )
        for (schema, name, rows), kinds, weight in zip(listed, schemas, weights, strict=True)
    )  # fmt: skip


def _named(archive_member: str | None, schema: str, name: str) -> str:
    inside = name if schema == "main" else f"{schema}.{name}"
    return inside if archive_member is None else f"{archive_member}/{inside}"


def attach(connection: duckdb.DuckDBPyConnection, origin: Origin) -> str:
    """Attach the file under a name of its own, once; that name."""
    path = str(origin.local())
    place = f"_file_{hashlib.sha256(path.encode()).hexdigest()[:12]}"
    try:
        connection.execute(
            f"ATTACH IF NOT EXISTS {quote_literal(path)} AS {place} (TYPE duckdb, READ_ONLY)"
        )
    except duckdb.InterruptException:
        raise  # someone's wish, not the export's fault
    except duckdb.Error:
        raise origin.unreadable(
            "is DuckDB that cannot be opened: damaged, of a newer version, or held by a program.",
            "Close the program that uses it, or export its tables as Parquet.",
        ) from None
    return place

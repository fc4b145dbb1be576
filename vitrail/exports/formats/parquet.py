"""Parquet: typed, nested, read a run of rows at a time; a truncated file says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet

from vitrail.exports.formats.flattening import chunks_of, leaves_of, roots_of
from vitrail.exports.formats.loading import all_but_row, quote_literal
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.table import Table
from vitrail.exports.reader import TARGET_BYTES, Batch
from vitrail.model import Dataset

if TYPE_CHECKING:
    import duckdb

FORMAT: Final = "parquet"
MAGIC: Final = b"PAR1"
#: Pages are read through a buffer of this size, else a whole row group would lie in memory.
_BUFFER: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class ParquetTable(Table):
    dataset: Dataset
    origin: Origin
    rows: int
    row_bytes: float

    def batches(
        self,
        *,
        columns: Sequence[str] | None = None,
        target_bytes: int = TARGET_BYTES,
        start_row: int = 0,
    ) -> Iterator[Batch]:
        per_batch = int(min(1 << 20, max(1, target_bytes / self.row_bytes)))
        first = 0
        try:
            with open_file(self.origin) as file:
                roots = None if columns is None else roots_of(file.schema_arrow.names, columns)
                groups, skipped = _from(file.metadata, start_row)
                first = skipped
                for batch in file.iter_batches(per_batch, row_groups=groups, columns=roots):
                    kept = batch.slice(max(0, start_row - first))
                    first += batch.num_rows
                    if kept.num_rows:
                        size = int(self.size * kept.num_rows / max(1, self.rows))
                        chunks = chunks_of(kept, first - kept.num_rows, self.origin, columns)
                        yield Batch(first - kept.num_rows, kept.num_rows, size, tuple(chunks))
        except (pa.ArrowException, OSError):
            raise self.origin.unreadable(
                f"is damaged somewhere after row {first}; the rows before it were read.",
                "Export it again, or restore it from its backup.",
            ) from None

    def relation(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        path = quote_literal(str(self.origin.local()))
        numbered = f"read_parquet({path}, file_row_number = true)"
        bare = f"SELECT * EXCLUDE (file_row_number), file_row_number AS _position FROM {numbered}"
        names = [column.name for column in self.dataset.columns]
        return connection.sql(
            f"SELECT {all_but_row(names).replace('*', '* EXCLUDE (_position)', 1)}, "
            f"_position AS _row FROM ({bare})"
        )


def tables(origin: Origin, *, table: str | None) -> tuple[ParquetTable, ...]:
    """The file's one table; raises where its footer is missing."""
    try:
        with open_file(origin) as file:
            schema, metadata = file.schema_arrow, file.metadata
            groups = range(metadata.num_row_groups)
            size = sum(metadata.row_group(i).total_byte_size for i in groups)
            rows = metadata.num_rows
    except (pa.ArrowException, OSError):
        raise origin.unreadable(
            "begins as Parquet but has no readable end; it was cut off or damaged.",
            "Export or copy it again.",
        ) from None
    dataset = Dataset(origin.name, table, FORMAT, leaves_of(schema))
    return (ParquetTable(dataset, origin, rows, max(1.0, 2 * size / max(1, rows))),)


def open_file(origin: Origin) -> pa.parquet.ParquetFile:
    return pa.parquet.ParquetFile(origin.local(), pre_buffer=False, buffer_size=_BUFFER)


def _from(metadata: pa.parquet.FileMetaData, start_row: int) -> tuple[list[int], int]:
    """The row groups from ``start_row`` on, and how many rows lie before the first of them."""
    skipped, groups = 0, list(range(metadata.num_row_groups))
    while groups and skipped + metadata.row_group(groups[0]).num_rows <= start_row:
        skipped += metadata.row_group(groups.pop(0)).num_rows
    return groups, skipped

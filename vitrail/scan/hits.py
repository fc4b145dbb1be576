"""The one shape of a hit on disk: what ``hits.parquet`` holds, and how it is read back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vitrail.errors import UsageError

#: The folder of parts inside a run's directory; any Parquet reader takes it as one table.
HITS: Final = "hits.parquet"

#: One row a hit, in the order dataset, table, row, column, path, start.
HITS_SCHEMA: Final = pa.schema(
    [
        pa.field("dataset", pa.string(), nullable=False),
        pa.field("table", pa.string()),
        pa.field("column", pa.string(), nullable=False),
        pa.field("path", pa.list_(pa.int32()), nullable=False),
        pa.field("row", pa.int64(), nullable=False),
        pa.field("entity_type", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("score", pa.float32(), nullable=False),
        pa.field("recognizer", pa.string(), nullable=False),
        pa.field("fingerprint", pa.string(), nullable=False),
        pa.field("masked", pa.string(), nullable=False),
    ]
)


def hit_parts(directory: Path) -> tuple[Path, ...]:
    """The parts of a run in their order; their names sort as their hits do."""
    folder = directory / HITS
    if not folder.is_dir():
        raise UsageError(
            f"There is no {HITS} in {directory.name}.", "Name the folder that a scan has written."
        )
    return tuple(sorted(folder.glob("part-*.parquet")))


def read_hits(
    directory: Path, columns: list[str] | None = None, only: pc.Expression | None = None
) -> pa.Table:
    """All hits of a run as one table of :data:`HITS_SCHEMA`, or some of its columns, in order;
    ``only``: those for which it holds, the others take no memory."""
    parts = hit_parts(directory)
    schema = HITS_SCHEMA if columns is None else pa.schema([HITS_SCHEMA.field(c) for c in columns])
    if not parts:
        return schema.empty_table()
    read = pq.read_table(list(parts), columns=columns, filters=only, partitioning=None)
    return read.cast(schema)

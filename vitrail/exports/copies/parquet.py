"""Parquet with its schema, its row groups, its compression and its notes kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from vitrail.exports.copies.changes import TableChanges
from vitrail.exports.copies.nested import changed
from vitrail.exports.formats.parquet import ParquetTable, open_file

#: A row group up to this size is written as one; of larger ones a run of rows at a time.
_GROUP_BYTES: Final = 256 << 20


def copy(table: ParquetTable, changes: TableChanges, out: IO[bytes]) -> int:
    """Write the table; how many rows it has."""
    row = 0
    try:
        with open_file(table.origin) as file:
            source = file.schema_arrow
            schema = _renamed(source, table, changes)
            with pq.ParquetWriter(out, schema, **_options(file.metadata)) as writer:
                for group in range(file.metadata.num_row_groups):
                    for part in _parts(file, group):
                        window = changes.window(row, row + part.num_rows)
                        batches = [changed(_one(part, source), row, window)]
                        new = pa.Table.from_batches(batches).rename_columns(schema.names)
                        writer.write_table(new.cast(schema), row_group_size=max(1, len(new)))
                        row += part.num_rows
    except (pa.ArrowException, OSError, ValueError):
        raise table.origin.unreadable(
            f"is damaged after row {row}, or of a type that is not written.",
            "Export it again, or as CSV.",
        ) from None
    return row


def _parts(file: pq.ParquetFile, group: int) -> Any:
    """A row group as a table, or as several where it is large."""
    meta = file.metadata.row_group(group)
    if meta.total_byte_size <= _GROUP_BYTES:
        return [file.read_row_group(group)]
    rows = max(1, int(meta.num_rows * _GROUP_BYTES / meta.total_byte_size))
    return (pa.Table.from_batches([batch]) for batch in file.iter_batches(rows, row_groups=[group]))


def _one(part: pa.Table, schema: pa.Schema) -> pa.RecordBatch:
    """A table as one batch."""
    columns = [column.combine_chunks() for column in part.columns]
    arrays = [
        column.chunk(0) if isinstance(column, pa.ChunkedArray) and column.num_chunks else column
        for column in columns
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _renamed(schema: pa.Schema, table: ParquetTable, changes: TableChanges) -> pa.Schema:
    """The schema with other names for columns that are called by personal data."""
    names = {column.name for column in table.dataset.columns}
    if changes.learn([name for name in names if "." in name or "[" in name]):
        raise table.origin.unreadable(
            "has a nested field that is called by personal data.",
            "Rename that field, then redact again.",
        )
    fields = [field.with_name(changes.name(field.name)) for field in schema]
    return pa.schema(fields, metadata=_notes(schema.metadata, changes))


def _notes(
    metadata: Mapping[bytes, bytes] | None, changes: TableChanges
) -> dict[bytes, bytes] | None:
    """The file's own notes (keys and values), without those that hold personal data."""
    if metadata is None:
        return None
    kept = {}
    for key, value in metadata.items():
        text = value.decode("utf-8", "replace")
        if changes.name(text) == text:
            kept[key] = value
    return kept


def _options(metadata: pq.FileMetaData) -> dict[str, Any]:
    """How the source was written, as far as Parquet tells it."""
    compression: str | dict[str, str] = "snappy"
    old_times = False
    if metadata.num_row_groups:
        group = metadata.row_group(0)
        columns = [group.column(i) for i in range(group.num_columns)]
        codecs = {_codec(column.compression) for column in columns}
        compression = (
            codecs.pop()
            if len(codecs) == 1
            else {column.path_in_schema: _codec(column.compression) for column in columns}
        )
        old_times = any(column.physical_type == "INT96" for column in columns)
    version = metadata.format_version
    return {
        "compression": compression,
        "version": version if version in {"1.0", "2.4", "2.6"} else "2.6",
        "use_deprecated_int96_timestamps": old_times,
        "store_schema": True,
    }


def _codec(name: str) -> str:
    return {"UNCOMPRESSED": "none", "LZO": "snappy"}.get(name, name.lower())

"""A whole file's copy: its tables by their format's writer, packed as the source was."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from typing import IO, Any, Final

from vitrail.exports.copies import (
    avro,
    delimited,
    duckdb_file,
    json_text,
    lines,
    parquet,
    sqlite,
    workbook,
)
from vitrail.exports.copies.changes import TableChanges
from vitrail.exports.copies.sinks import packed
from vitrail.exports.formats.avro import AvroTable
from vitrail.exports.formats.delimited import DelimitedTable
from vitrail.exports.formats.duckdb_file import DuckTable
from vitrail.exports.formats.json_table import JsonTable
from vitrail.exports.formats.lines import LinesTable
from vitrail.exports.formats.parquet import ParquetTable
from vitrail.exports.formats.sqlite import SqliteTable
from vitrail.exports.formats.table import Table
from vitrail.exports.formats.workbook import SheetTable

ChangesOf = Callable[[Table], TableChanges]

#: Writers of files that hold one table each, and of files that hold several.
_ONE: Final[dict[type[Table], Callable[[Any, TableChanges, IO[bytes]], int]]] = {
    DelimitedTable: delimited.copy,
    LinesTable: lines.copy,
    ParquetTable: parquet.copy,
    AvroTable: avro.copy,
}
_SEVERAL: Final[dict[type[Table], Callable[[Any, Any, IO[bytes]], dict[Any, int]]]] = {
    JsonTable: json_text.copy,
    SheetTable: workbook.copy,
    SqliteTable: sqlite.copy,
    DuckTable: duckdb_file.copy,
}


def can_copy(table: Table) -> bool:
    """Whether a table lies in a file that can be written again; a server's does not."""
    return type(table) in _ONE or type(table) in _SEVERAL


def copy_file(tables: Sequence[Table], changes_of: ChangesOf, out: IO[bytes]) -> dict[Table, int]:
    """Write the file that holds all of ``tables``; how many rows each has.

    Of an archive the members that hold one of them are written, no others. Raises
    :class:`~vitrail.errors.InputUnreadable` where the source breaks; what was written is then
    no copy.
    """
    if tables[0].origin.member is None:
        return _copy_one(tables, changes_of, out)
    rows: dict[Table, int] = {}
    by_member: dict[str, list[Table]] = {}
    for table in tables:
        by_member.setdefault(table.origin.member or "", []).append(table)
    with (
        zipfile.ZipFile(tables[0].origin.path) as source,
        zipfile.ZipFile(out, "w") as target,
    ):
        for info in source.infolist():
            if inside := by_member.pop(info.filename, None):
                named = _member(info, changes_of(inside[0]).name(info.filename))
                with target.open(named, "w", force_zip64=True) as member:
                    rows |= _copy_one(inside, changes_of, member)
    return rows


def _member(info: zipfile.ZipInfo, name: str) -> zipfile.ZipInfo:
    """A member under its name, packed as before; comments and extra fields stay behind."""
    member = zipfile.ZipInfo(name, info.date_time)
    member.compress_type, member.external_attr = info.compress_type, info.external_attr
    return member


def _copy_one(tables: Sequence[Table], changes_of: ChangesOf, out: IO[bytes]) -> dict[Table, int]:
    first = tables[0]
    with packed(out, first.origin.codec) as stream:
        if several := _SEVERAL.get(type(first)):
            return several(tables, changes_of, stream)
        return {first: _ONE[type(first)](first, changes_of(first), stream)}

"""What a file holds, told by its content; its name only breaks ties between kinds of text."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Protocol

from vitrail.exports.formats import (
    archive,
    avro,
    delimited,
    duckdb_file,
    json_table,
    lines,
    parquet,
    sqlite,
    workbook,
)
from vitrail.exports.formats.encoding import detect
from vitrail.exports.formats.text import Utf8Stream, encoding_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vitrail.exports.formats.dialect import Sniffed
    from vitrail.exports.formats.origin import Origin
    from vitrail.exports.formats.table import Table

HEAD: Final = 64 << 10


class _Opener(Protocol):
    def __call__(self, origin: Origin, *, table: str | None) -> Sequence[Table]: ...


#: Endings that promise a table, and those that promise none; the others are judged by content.
_TABULAR: Final = frozenset({".csv", ".tsv", ".tab", ".psv", ".ssv"})
_PROSE: Final = frozenset(
    {
        ".log",
        ".md",
        ".rst",
        ".eml",
        ".html",
        ".htm",
        ".xml",
        ".sql",
        ".yaml",
        ".yml",
        ".toml",
        ".ini",
    }
)

#: Kinds that are told by a mark at the head of the file.
_KINDS: Final[tuple[tuple[Callable[[bytes], bool], _Opener], ...]] = (
    (lambda head: head.startswith(parquet.MAGIC), parquet.tables),
    (lambda head: head.startswith(sqlite.MAGIC), sqlite.tables),
    (lambda head: head[8:12] == duckdb_file.MAGIC, duckdb_file.tables),
    (lambda head: head.startswith(avro.MAGIC), avro.tables),
    (lambda head: head.startswith(workbook.OLE), workbook.tables),
)

#: Kinds that are known and not read, with what to do.
_FOREIGN: Final = (
    (b"%PDF", "a PDF document", "Export the data behind it as CSV or XLSX."),
    (b"\x89PNG", "a picture", "Leave it out of the folder; pictures are not read."),
    (b"\xff\xd8\xff", "a picture", "Leave it out of the folder; pictures are not read."),
    (b"GIF8", "a picture", "Leave it out of the folder; pictures are not read."),
    (b"\x7fELF", "a program", "Leave it out of the folder."),
    (b"MZ", "a program", "Leave it out of the folder."),
    (b"Rar!", "a RAR archive", "Unpack it, or pack it as ZIP."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it, or pack it as ZIP."),
    (b"ORC", "an ORC file", "Export it as Parquet."),
    (b"ARROW1", "an Arrow file", "Export it as Parquet."),
)


def tables_of(origin: Origin, table: str | None) -> Sequence[Table]:
    """The tables of one origin; ``table`` is the name that its archive gives it.

    Raises :class:`~vitrail.errors.InputUnreadable` where it holds nothing that is read.
    """
    head = origin.head(HEAD)
    if not head:
        raise origin.unreadable("is empty.", "Export it again, or leave it out.")
    for is_one, tables in _KINDS:
        if is_one(head):
            return tables(origin, table=table)
    if head.startswith(archive.MAGIC):
        return _zipped(origin, table)
    for mark, kind, remedy in _FOREIGN:
        if head.startswith(mark):
            raise origin.unreadable(f"holds {kind}, whatever its name says.", remedy)
    if detect(head) is None:
        raise origin.unreadable(
            f"is binary{_named(origin)} and of no kind that is read.",
            "Export it as CSV, JSON, XLSX or Parquet.",
        )
    encoding = encoding_of(origin) or "latin-1"
    return _text_tables(origin, encoding, table)


def _zipped(origin: Origin, table: str | None) -> Sequence[Table]:
    """A workbook; other documents and archives within archives are not opened."""
    kind = archive.kind_of(origin)
    if kind == "workbook":
        return workbook.tables(origin, table=table)
    if kind == "document":
        raise origin.unreadable("holds a text document.", "Export its tables as CSV or XLSX.")
    raise origin.unreadable("is an archive within an archive.", "Unpack the outer one.")


def _text_tables(origin: Origin, encoding: str, table: str | None) -> Sequence[Table]:
    with Utf8Stream(origin, encoding) as stream:
        sample = stream.read(origin.options.sample // 4)
        if stream.failure is not None and not sample:
            raise stream.failure
    text = sample.decode("utf-8", "ignore")
    if not text.strip():
        raise origin.unreadable("holds nothing but blanks.", "Export it again, or leave it out.")
    if found := json_table.tables(origin, encoding, text, table=table):
        return found
    if lines.is_access_log(text):
        return (lines.log_table(origin, encoding, table=table),)
    sniffed = delimited.look(origin, encoding)
    if _is_prose(origin, sniffed):
        return (lines.text_table(origin, encoding, table=table),)
    return (delimited.of(origin, encoding, sniffed, table=table),)


def _is_prose(origin: Origin, sniffed: Sniffed) -> bool:
    """Whether a text is no table: it is not named as one, and its lines do not make one."""
    suffix = PurePosixPath(origin.plain_name).suffix
    if suffix in _TABULAR:
        return False
    return suffix in _PROSE or sniffed.dialect.delimiter is None or sniffed.fit < 0.95


def _named(origin: Origin) -> str:
    suffix = PurePosixPath(origin.member or origin.name).suffix.lower()
    return f", though it is named {suffix}," if suffix else ""

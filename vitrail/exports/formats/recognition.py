"""What a file holds, told by its content; its name only breaks ties between kinds of text."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from vitrail.exports.formats import delimited, parquet
from vitrail.exports.formats.encoding import detect
from vitrail.exports.formats.text import encoding_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitrail.exports.formats.origin import Origin
    from vitrail.exports.formats.table import Table

HEAD: Final = 64 << 10

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
    if head.startswith(parquet.MAGIC):
        return parquet.tables(origin, table=table)
    for mark, kind, remedy in _FOREIGN:
        if head.startswith(mark):
            raise origin.unreadable(f"holds {kind}, whatever its name says.", remedy)
    if detect(head) is None:
        raise origin.unreadable(
            f"is binary{_named(origin)} and of no kind that is read.",
            "Export it as CSV, JSON, XLSX or Parquet.",
        )
    encoding = encoding_of(origin) or "latin-1"
    return delimited.tables(origin, encoding, table=table)


def _named(origin: Origin) -> str:
    suffix = PurePosixPath(origin.member or origin.name).suffix.lower()
    return f", though it is named {suffix}," if suffix else ""

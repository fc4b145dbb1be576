"""What one file holds: its tables, or why one is not read.

A process that opens the exports again and again (the workbench does for every page over them)
looks at each file once for each state of it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vitrail.errors import InputUnreadable
from vitrail.exports.formats import archive
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.recognition import HEAD, tables_of
from vitrail.exports.formats.table import Table
from vitrail.exports.formats.unpacking import codec_of
from vitrail.model import InputFile, InputStatus

#: How the reason for leaving out a file of card numbers is worded; controls look for it.
CARD_NUMBERS: Final = "which holds whole card numbers"

#: Nanoseconds for which a file rests before it is known by its times: a clock's tick may hold two
#: writings.
_RESTED: Final = 2_000_000_000
_MOST: Final = 4_096
_State = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Paths, names of columns and dialects; no cell of a file."""

    tables: tuple[Table, ...]
    unreadable: tuple[InputFile, ...] = ()


_SEEN: Final[dict[tuple[Origin, _State], Found]] = {}


def look(origin: Origin) -> Found:
    """The file's tables, and what of it is not read. Files with faults are looked at anew."""
    state = _state(origin.path)
    known = _SEEN.get((origin, state)) if state else None
    if known is not None:
        return known
    found = _look(origin)
    if state and not found.unreadable and _rested(state):
        if len(_SEEN) >= _MOST:
            _SEEN.clear()
        _SEEN[origin, state] = found
    return found


def unreadable(error: InputUnreadable, table: str | None, size: int | None) -> InputFile:
    """The record of a file, or of a member of one, that is not read."""
    return InputFile(
        name=error.name,
        table=table,
        sha256=None,
        rows=None,
        bytes=size,
        seconds=0.0,
        status=InputStatus.UNREADABLE,
        reason=error.message,
        remedy=error.remedy,
    )


def written_beside(path: Path) -> list[Path]:
    """The logs in which SQLite and DuckDB keep what has not come into the file yet."""
    return [p for end in ("-wal", "-journal", ".wal") if (p := Path(f"{path}{end}")).exists()]


def _state(path: Path) -> _State:
    """What changes when the file does, or its rights; empty where it cannot be told."""
    try:
        every = [file.stat() for file in (path, *written_beside(path))]
    except OSError:
        return ()
    return tuple((s.st_ino, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for s in every)


def _rested(state: _State) -> bool:
    newest = max(max(written, changed) for _inode, _size, written, changed in state)
    return time.time_ns() - newest > _RESTED


def _look(origin: Origin) -> Found:
    try:
        if origin.head(4).startswith(archive.MAGIC) and archive.kind_of(origin) == "archive":
            return _together(_members(origin))
        return kept(_tables(origin, None))
    except InputUnreadable as error:
        return Found((), (unreadable(error, None, origin.stored),))


def _members(origin: Origin) -> Iterator[Found]:
    inside = list(archive.members(origin))
    if not inside:
        raise origin.unreadable("is an archive without a file in it.", "Export it again.")
    for member, refusal in inside:
        try:
            if refusal is not None:
                raise refusal
            yield kept(_tables(member, member.member))
        except InputUnreadable as error:
            yield Found((), (unreadable(error, member.member, member.stored),))


def _tables(origin: Origin, table: str | None) -> Sequence[Table]:
    codec = codec_of(origin.head(HEAD))
    return tables_of(origin if codec is None else origin.with_codec(codec), table)


def kept(tables: Sequence[Table]) -> Found:
    """These tables, but for those of which not one cell may be read."""
    refused = [(table, _card_numbers(table)) for table in tables]
    return Found(
        tuple(table for table, error in refused if error is None),
        tuple(unreadable(e, t.dataset.table, t.size) for t, e in refused if e is not None),
    )


def _together(every: Iterator[Found]) -> Found:
    found = list(every)
    return Found(
        tuple(table for one in found for table in one.tables),
        tuple(file for one in found for file in one.unreadable),
    )


def _card_numbers(table: Table) -> InputUnreadable | None:
    """Whether a migration export holds whole card numbers: then not one cell is read."""
    for column in table.dataset.columns:
        name = column.name.strip().casefold()
        if name == "card.number" or name.endswith(".card.number"):
            return InputUnreadable(
                table.dataset.name,
                f"{table.dataset.label} has a column {column.name}, {CARD_NUMBERS}; "
                "it was not read.",
                "Delete this file: by PCI DSS 3.4 and 3.5 such numbers may not lie about. "
                "Export payments without card data.",
            )
    return None

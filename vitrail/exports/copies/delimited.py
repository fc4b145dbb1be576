"""CSV and its kin in their own dialect: a record in which nothing changes is copied as bytes."""

from __future__ import annotations

from typing import IO, Final

from vitrail.exports.copies.changes import TableChanges, Window
from vitrail.exports.copies.records import Cutter
from vitrail.exports.copies.sinks import TextSink
from vitrail.exports.formats.delimited import DelimitedTable
from vitrail.exports.formats.flattening import too_long
from vitrail.exports.formats.text import Utf8Stream

_BLOCK: Final = 4 << 20


def copy(table: DelimitedTable, changes: TableChanges, out: IO[bytes]) -> int:
    """Write the table; how many rows it has."""
    copying = _Copying(table, changes)
    sink = TextSink(out, table.origin, table.encoding)
    begun = b""
    with Utf8Stream(table.origin, table.encoding) as stream:
        while block := stream.read(_BLOCK):
            begun += block
            written, begun = copying.blocks(begun, last=False)
            sink.write(written)
            if len(begun) > 4 * table.origin.options.max_cell:
                raise too_long("(or a quote that is never closed, which makes one)", table.origin)
        if stream.failure is not None:
            raise stream.failure
    written, rest = copying.blocks(begun, last=True)
    if rest.strip():
        raise table.origin.unreadable(
            "opens a quote that is never closed.", "Close it, or export the file again."
        )
    sink.write(written + rest)
    return copying.row


class _Copying:
    """Goes through the text; ``row`` is the next row's number."""

    def __init__(self, table: DelimitedTable, changes: TableChanges) -> None:
        self.row = 0
        self._names = table.names
        self._changes = changes
        self._cutter = Cutter(table.dialect)
        self._ahead = table.dialect.skip + int(table.dialect.header)
        self._header = table.dialect.header

    def blocks(self, text: bytes, *, last: bool) -> tuple[bytes, bytes]:
        """The whole records of ``text`` as they are in the copy, and what is only begun."""
        cut = self._cutter.cut(text, last=last)
        pieces: list[bytes] = []
        done = 0
        while cut and self._ahead:
            start, end = cut.pop(0)
            self._ahead -= 1
            if self._header and not self._ahead:
                pieces += [text[done:start], self._names_of(text[start:end])]
                done = end
        window = self._changes.window(self.row, self.row + len(cut))
        places = [i for i, name in enumerate(self._names) if window.touches(name)]
        for row in window.rows:
            start, end = cut[row - self.row]
            pieces += [text[done:start], self._changed(text[start:end], row, places, window)]
            done = end
        self.row += len(cut)
        done_to = max(done, cut[-1][1] if cut else 0)
        pieces.append(text[done:done_to])
        return b"".join(pieces), text[done_to:]

    def _changed(self, record: bytes, row: int, places: list[int], window: Window) -> bytes:
        spans = self._cutter.fields(record)
        pieces: list[bytes] = []
        done = 0
        for place in places:
            change = window.cell(row, self._names[place])
            if change is None or place >= len(spans):
                continue
            start, end = spans[place]
            field = record[start:end]
            cell = self._cutter.value(field)
            if cell:
                pieces += [record[done:start], self._cutter.written(change.text(cell), field)]
                done = end
        return b"".join((*pieces, record[done:]))

    def _names_of(self, record: bytes) -> bytes:
        """The header, with a name of its own for each column that is called by personal data."""
        pieces: list[bytes] = []
        done = 0
        for (start, end), name in zip(self._cutter.fields(record), self._names, strict=False):
            new = self._changes.name(name)
            if new != name:
                pieces += [record[done:start], self._cutter.written(new, record[start:end])]
                done = end
        return b"".join((*pieces, record[done:]))

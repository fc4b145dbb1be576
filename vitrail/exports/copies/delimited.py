"""CSV and its kin in their own dialect: what does not change is copied as bytes."""

from __future__ import annotations

from typing import IO, Final

import numpy as np
import pyarrow as pa

from vitrail.exports.copies.changes import Cells, Index, TableChanges, Window
from vitrail.exports.copies.grid import Grid
from vitrail.exports.copies.records import Cutter
from vitrail.exports.copies.sinks import TextSink
from vitrail.exports.copies.splices import replaced, slices
from vitrail.exports.formats.delimited import DelimitedTable
from vitrail.exports.formats.flattening import too_long
from vitrail.exports.formats.text import Utf8Stream

_BLOCK: Final = 4 << 20
_Fields = tuple[Index, Index, pa.Array]


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
        ahead, text = self._before(text, last=last)
        if self._ahead:
            return ahead, text
        grid = self._cutter.grid(text, len(self._names), last=last)
        window = self._changes.window(self.row, self.row + len(grid))
        whole = text[: grid.upto]
        new = [
            self._changed(whole, grid, place, name, window)
            for place, name in enumerate(self._names)
        ]
        self.row += len(grid)
        return ahead + _spliced(whole, new), text[grid.upto :]

    def _before(self, text: bytes, *, last: bool) -> tuple[bytes, bytes]:
        """What stands before the rows, the header among it, and the rest."""
        if not self._ahead:
            return b"", text
        cut = self._cutter.cut(text, last=last, most=self._ahead)
        if not cut:
            return b"", text
        self._ahead -= len(cut)
        start, end = cut[-1]
        if not self._header or self._ahead:
            return text[:end], text[end:]
        return text[:start] + self._names_of(text[start:end]), text[end:]

    def _changed(
        self, text: bytes, grid: Grid, place: int, name: str, window: Window
    ) -> _Fields | None:
        """The fields of one column that change: where they are, and what stands there instead."""
        rows = window.rows(name)
        if not len(rows):
            return None
        begin, end = (side[rows - self.row, place] for side in (grid.begin, grid.end))
        fields = slices(text, begin, end)
        changed = window.texts(name, Cells(rows, self._cutter.values(fields)))
        if not len(changed.places):
            return None
        before = fields.take(pa.array(changed.places))
        written = self._cutter.fields_of(changed.values, before)
        return begin[changed.places], end[changed.places], written

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


def _spliced(text: bytes, columns: list[_Fields | None]) -> bytes:
    """``text`` with the fields of several columns replaced."""
    found = [column for column in columns if column is not None]
    if not found:
        return text
    begin, end = (np.concatenate([column[side] for column in found]) for side in (0, 1))
    order = np.argsort(begin)
    new = pa.concat_arrays([column[2] for column in found]).take(pa.array(order))
    return replaced(text, begin[order], end[order], new)

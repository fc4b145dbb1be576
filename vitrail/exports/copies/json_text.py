"""JSON in its own layout: only the tokens that change are others; blanks and key order stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import IO, Final, Protocol

import numpy as np

from vitrail.exports.copies.changes import Index, TableChanges
from vitrail.exports.copies.json_block import Block
from vitrail.exports.copies.json_shapes import Shapes, key_twice
from vitrail.exports.copies.json_tokens import tokens_of
from vitrail.exports.copies.sinks import TextSink
from vitrail.exports.formats.flattening import too_long
from vitrail.exports.formats.json_outline import sketch
from vitrail.exports.formats.json_records import BLANK, BLOCK, RecordEnds, Shape
from vitrail.exports.formats.json_table import JsonTable
from vitrail.exports.formats.text import Utf8Stream

ChangesOf = Callable[[JsonTable], TableChanges]
Write = Callable[[bytes], object]

_SEPARATED: Final = frozenset({Shape.ARRAY, Shape.MEMBER})


def copy(
    tables: Sequence[JsonTable], changes_of: ChangesOf, out: IO[bytes]
) -> dict[JsonTable, int]:
    """Write the text that holds all of ``tables``; how many rows each has."""
    first = tables[0]
    write = TextSink(out, first.origin, first.encoding).write
    if any(table.shape in {Shape.DOCUMENT, Shape.MEMBER} for table in tables):
        return _copy_document(tables, changes_of, write)
    copying = _Copying(first, changes_of(first))
    with Utf8Stream(first.origin, first.encoding) as stream:
        source = _Source(stream)
        write(source.read(first.start))
        copying.records(source, write)
        if first.shape is Shape.ARRAY:
            write(source.read(1))
        while rest := source.read(BLOCK):
            if rest.strip(BLANK):
                raise first.origin.unreadable(
                    "goes on behind the end of its records, where it was not read.",
                    "Export it again as one JSON text.",
                )
            write(rest)
        if stream.failure is not None:
            raise stream.failure
    return {first: copying.row}


def _copy_document(
    tables: Sequence[JsonTable], changes_of: ChangesOf, write: Write
) -> dict[JsonTable, int]:
    """One object: its own fields by its sketch, and its arrays of records between them."""
    origin, encoding = tables[0].origin, tables[0].encoding
    outlined = sketch(origin, encoding)
    members = {table.start: table for table in tables if table.shape is Shape.MEMBER}
    if set(members) != set(outlined.starts):
        raise key_twice(origin, 1)
    rows: dict[JsonTable, int] = {}
    document = next((table for table in tables if table.shape is Shape.DOCUMENT), None)
    own = _Copying(document or tables[0], changes_of(document or tables[0]))
    pieces = outlined.pieces(own.one(outlined.text, changes=document is not None))
    if document is not None:
        rows[document] = 1
    with Utf8Stream(origin, encoding) as stream:
        source = _Source(stream)
        for piece, start in zip(pieces, outlined.starts, strict=False):
            write(piece)
            source.skip_to(start)
            copying = _Copying(members[start], changes_of(members[start]))
            copying.records(source, write)
            rows[members[start]] = copying.row
        if stream.failure is not None:
            raise stream.failure
    write(pieces[-1])
    return rows


class _Stream(Protocol):
    def read(self, size: int) -> bytes: ...


class _Source:
    """A stream that takes back what was read too far. ``position``: bytes read so far."""

    def __init__(self, stream: _Stream) -> None:
        self._stream, self._held = stream, b""
        self.position = 0

    def read(self, size: int) -> bytes:
        block, self._held = self._held[:size], self._held[size:]
        if not block:
            block = self._stream.read(size)
        self.position += len(block)
        return block

    def give_back(self, block: bytes) -> None:
        self._held = block + self._held
        self.position -= len(block)

    def skip_to(self, position: int) -> None:
        while self.position < position and self.read(min(position - self.position, BLOCK)):
            pass


class _Copying:
    """Goes through a table's records; ``row`` is the next one's number."""

    def __init__(self, table: JsonTable, changes: TableChanges) -> None:
        self.row = 0
        self._table, self._changes = table, changes
        self._shapes = Shapes(table.origin, changes)
        self._separated = table.shape in _SEPARATED
        self._line = 1

    def one(self, text: bytes, *, changes: bool) -> bytes:
        """A text that is one record; without ``changes`` its keys alone are looked at."""
        ends = np.array([len(text)])
        block = Block(text, tokens_of(text), ends - len(text), ends, self._shapes, self._line)
        return block.changed(0, self._changes.window(0, 1) if changes else None)

    def records(self, source: _Source, write: Write) -> None:
        """Write the records up to the end of their text; of an array up to its bracket, which is
        left to be read."""
        ends, begun = RecordEnds(self._table.shape), b""
        while not ends.ended and (block := source.read(BLOCK)):
            found = ends.find(np.frombuffer(block, np.uint8))
            if not len(found):
                begun += block
                self._check_size(begun)
                continue
            upto = int(found[-1])
            text = begun + block[:upto]
            begun = block[upto:]
            cuts = found + len(text) - upto
            if ends.ended:
                source.give_back(text[-1:] + begun)
                begun = b""
            text = self._block(text, cuts)
            write(text[:-1] if ends.ended else text)
        if begun.strip(BLANK) and self._table.shape is Shape.LINES:
            begun = self._block(begun, np.array([len(begun)]))
        write(begun)

    def _block(self, text: bytes, ends: Index) -> bytes:
        """Some whole records as they are in the copy."""
        tokens = tokens_of(text)
        starts = np.append(0, ends[:-1])
        stops = ends - 1 if self._separated else ends
        marks = np.sort(np.concatenate([tokens.starts, tokens.signs]))
        filled = np.searchsorted(marks, stops) > np.searchsorted(marks, starts)
        block = Block(text, tokens, starts[filled], stops[filled], self._shapes, self._line)
        count = int(np.count_nonzero(filled))
        window = self._changes.window(self.row, self.row + count)
        changed = block.changed(self.row, window)
        self.row += count
        self._line += text.count(b"\n")
        return changed

    def _check_size(self, begun: bytes) -> None:
        if len(begun) > 4 * self._table.origin.options.max_cell:
            raise too_long(f"or record from line {self._line} on", self._table.origin)

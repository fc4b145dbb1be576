"""JSON in its own layout: only the tokens that change are others; blanks and key order stay."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any, Final, Protocol

import numpy as np

from vitrail.exports.copies.changes import TableChanges, Window
from vitrail.exports.copies.json_walk import Leaf, leaves
from vitrail.exports.copies.sinks import TextSink
from vitrail.exports.formats.flattening import too_long
from vitrail.exports.formats.json_outline import sketch
from vitrail.exports.formats.json_records import BLANK, BLOCK, RecordEnds, Shape, not_json
from vitrail.exports.formats.json_table import JsonTable
from vitrail.exports.formats.origin import Origin
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
        raise _twice(origin, 1)
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
        self._separated = table.shape in _SEPARATED
        self._line = 1

    def one(self, text: bytes, *, changes: bool) -> bytes:
        """A text that is one record; without ``changes`` its keys alone are looked at."""
        renamed = self._look([text])
        if changes or renamed:
            window = self._changes.window(0, 1)
            text = self._changed(text, 0, window if changes else None)
        return text

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
            cuts = (found + len(text) - upto).tolist()
            if ends.ended:
                source.give_back(text[-1:] + begun)
                begun = b""
            text = self._block(text, cuts)
            write(text[:-1] if ends.ended else text)
        if begun.strip(BLANK) and self._table.shape is Shape.LINES:
            begun = self._block(begun, [len(begun)])
        write(begun)

    def _block(self, text: bytes, ends: list[int]) -> bytes:
        """Some whole records as they are in the copy."""
        spans = []
        for start, end in zip([0, *ends[:-1]], ends, strict=True):
            stop = end - 1 if self._separated else end
            if text[start:stop].strip(BLANK):
                spans.append((start, stop))
        renamed = self._look(text[start:stop] for start, stop in spans)
        window = self._changes.window(self.row, self.row + len(spans))
        pieces: list[bytes] = []
        done = 0
        rows: Iterable[int] = range(self.row, self.row + len(spans)) if renamed else window.rows
        for row in rows:
            start, stop = spans[row - self.row]
            pieces += [text[done:start], self._changed(text[start:stop], row, window)]
            done = stop
        self.row += len(spans)
        self._line += text.count(b"\n")
        return b"".join((*pieces, text[done:]))

    def _look(self, records: Iterable[bytes]) -> bool:
        """Whether a key of these records is called otherwise in the copy.

        Raises where an object has a key twice: only one of the two was scanned.
        """
        seen: dict[str, None] = {}
        twice = False

        def note(pairs: list[tuple[str, Any]]) -> None:
            nonlocal twice
            before = dict.fromkeys(key for key, _ in pairs)
            twice = twice or len(before) != len(pairs)
            seen.update(before)

        for record in records:
            try:
                json.loads(record, object_pairs_hook=note, parse_int=str, parse_float=str)
            except ValueError:
                raise not_json(self._table.origin, self._line) from None
            except RecursionError:
                raise self._table.origin.unreadable(
                    "is nested too deep.", "Export it with fewer levels."
                ) from None
        if twice:
            raise _twice(self._table.origin, self._line)
        return bool(self._changes.learn(list(seen)))

    def _changed(self, record: bytes, row: int, window: Window | None) -> bytes:
        text = record.decode("utf-8", "surrogatepass")
        pieces: list[str] = []
        done = 0
        for leaf in leaves(text):
            new = self._token(leaf, text[leaf.start : leaf.end], row, window)
            if new is not None:
                pieces += [text[done : leaf.start], new]
                done = leaf.end
        return "".join((*pieces, text[done:])).encode("utf-8", "surrogatepass")

    def _token(self, leaf: Leaf, token: str, row: int, window: Window | None) -> str | None:
        """What stands for a token; None where it stays."""
        if leaf.path is None:
            name = self._changes.name(leaf.column)
            return None if name == leaf.column else json.dumps(name)
        change = None if window is None else window.cell(row, leaf.column, leaf.path)
        if change is None:
            return None
        if leaf.is_text:
            cell = json.loads(token)
            return _quoted(change.text(cell), plain=token.isascii()) if cell else None
        if token[0] not in "-0123456789":
            return None
        number = change.integer(token)
        return "null" if number is None else str(number)

    def _check_size(self, begun: bytes) -> None:
        if len(begun) > 4 * self._table.origin.options.max_cell:
            raise too_long(f"or record from line {self._line} on", self._table.origin)


def _quoted(text: str, *, plain: bool) -> str:
    """A JSON string; half a surrogate pair has no form but its escape."""
    halves = any("\ud800" <= letter <= "\udfff" for letter in text)
    return json.dumps(text, ensure_ascii=plain or halves)


def _twice(origin: Origin, line: int) -> Exception:
    return origin.unreadable(
        f"has a key twice in one object, in line {line} or after it; only one of the two is read.",
        "Export it again with each key once.",
    )

"""The outline of a JSON text that is one object: its arrays of records, and what is beside them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from vitrail.exports.formats.json_records import BLANK, BLOCK, parse
from vitrail.exports.formats.json_scan import Scanner
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.text import Utf8Stream

#: The most that a document may hold beside its arrays of records; it is parsed in memory.
_MOST_DOCUMENT: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """An array of objects under ``key``; ``start``: the first byte behind its bracket."""

    key: str
    start: int


def outline(origin: Origin, encoding: str) -> tuple[list[Member], dict[str, Any]]:
    """The arrays of objects right under a text's one object, and the object without them.

    Numbers of the object stay as they are written. Raises where it is no JSON.
    """
    found = sketch(origin, encoding)
    document = parse(found.text, origin)
    marks = {json.loads(_mark(i)): start for i, start in enumerate(found.starts)}
    members = [
        Member(key, marks[value[0]])
        for key, value in document.items()
        if isinstance(value, list)
        and len(value) == 1
        and isinstance(value[0], str)
        and value[0] in marks
    ]
    taken = {m.key for m in members}
    return members, {k: v for k, v in document.items() if k not in taken}


@dataclass(frozen=True, slots=True)
class Sketch:
    """A text without the contents of its arrays of objects, a mark in the place of each.

    ``starts``: the first byte behind each one's bracket, in the order of the marks.
    """

    text: bytes
    starts: tuple[int, ...]

    def pieces(self, text: bytes) -> list[bytes]:
        """``text``, this one or a changed form of it, cut at the marks."""
        pieces = []
        for number in range(len(self.starts)):
            piece, _, text = text.partition(_mark(number))
            pieces.append(piece)
        return [*pieces, text]


def sketch(origin: Origin, encoding: str) -> Sketch:
    """Look through a text that is one object; in memory is what its arrays do not hold."""
    sketching = _Sketching(origin)
    with Utf8Stream(origin, encoding) as stream:
        while block := stream.read(BLOCK):
            while sketching.wants_more(block) and (more := stream.read(BLOCK)):
                block += more
            sketching.feed(block)
        if stream.failure is not None:
            raise stream.failure
    return sketching.finish()


class _Sketching:
    """Makes the sketch, block after block."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._scanner = Scanner()
        self._kept = bytearray()
        self._starts: list[int] = []
        self._position = 0
        self._hidden = False

    def wants_more(self, block: bytes) -> bool:
        """Whether the block ends right behind a bracket, so that what follows is not told yet."""
        return block.rstrip(BLANK).endswith(b"[")

    def feed(self, block: bytes) -> None:
        data = np.frombuffer(block, np.uint8)
        places, signs, depths = self._scanner.feed(data)
        opened = (depths == 2) & (signs == ord("["))
        closed = (depths == 1) & (signs == ord("]"))
        shown = 0
        for place in places[opened | closed].tolist():
            if block[place : place + 1] == b"]":
                if self._hidden:
                    self._hidden, shown = False, place
            elif block[place + 1 :].lstrip(BLANK)[:1] == b"{":
                self._kept += block[shown : place + 1] + _mark(len(self._starts))
                self._starts.append(self._position + place + 1)
                self._hidden = True
        if not self._hidden:
            self._kept += block[shown:]
        self._position += len(block)
        if len(self._kept) > _MOST_DOCUMENT:
            raise self._origin.unreadable(
                "is one JSON object too large to be read as a whole.",
                "Export it as NDJSON, one object a line.",
            )

    def finish(self) -> Sketch:
        return Sketch(bytes(self._kept), tuple(self._starts))


def _mark(number: int) -> bytes:
    return b'"\\u0000records %d"' % number

"""A JSON text's leaves with their places, so that one can be changed and the rest stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vitrail.exports.formats.json_structure import VALUE

_TOKEN: Final = re.compile(
    r'[ \t\r\n]*+(?:(?P<text>"[^"\\]*+(?:\\.[^"\\]*+)*")'
    r'|(?P<sign>[{}\[\]:,])|(?P<bare>[^\s{}\[\]:,"]++))',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar, or a key (``path`` None): its column as the reader names it, its token's place.
    ``steps``: the keys that lead to a scalar, and ``[]`` for each array."""

    column: str
    path: tuple[int, ...] | None
    start: int
    end: int
    is_text: bool
    steps: tuple[str, ...] = ()


def leaves(text: str) -> Iterator[Leaf]:
    """Every scalar and every key of one valid JSON text, in its order."""
    stack: list[_Level] = []
    level = _Level("", (), None, ())
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        start, end = match.span(kind or 0)
        written = match[kind or 0]
        if kind != "sign":
            if level.wants_key:
                level.key = json.loads(written)
                level.wants_key = False
                yield Leaf(level.key, None, start, end, is_text=True)
            else:
                column, is_text = level.column or VALUE, kind == "text"
                yield Leaf(column, level.place, start, end, is_text, level.steps)
        elif written in "{[":
            stack.append(level)
            level = _Level(level.column, level.place, written, level.steps)
        elif written in "}]":
            level = stack.pop()
        elif written == ",":
            level.next()


class _Level:
    """An object or an array that the walk is within; ``kind`` None: the text itself."""

    __slots__ = ("_column", "_path", "_steps", "index", "is_object", "key", "kind", "wants_key")

    def __init__(
        self, column: str, path: tuple[int, ...], kind: str | None, steps: tuple[str, ...]
    ) -> None:
        self._column, self._path, self.kind, self._steps = column, path, kind, steps
        self.is_object = kind == "{"
        self.wants_key = self.is_object
        self.key = ""
        self.index = 0

    @property
    def column(self) -> str:
        if self.is_object:
            return f"{self._column}.{self.key}" if self._column else self.key
        return f"{self._column or VALUE}[]" if self.kind == "[" else self._column

    @property
    def steps(self) -> tuple[str, ...]:
        if self.is_object:
            return (*self._steps, self.key)
        return (*self._steps, "[]") if self.kind == "[" else self._steps

    @property
    def place(self) -> tuple[int, ...]:
        return (*self._path, self.index) if self.kind == "[" else self._path

    def next(self) -> None:
        """Behind a comma: the next key, or the next element."""
        self.wants_key = self.is_object
        self.index += 1

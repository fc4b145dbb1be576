"""Long texts cut into pieces that the models read well, and put together again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

LONGEST: Final = 480
"""Code points of a piece; the model was made for such, and finds less in longer ones."""
_OVERLAP: Final = 64


class Piece(NamedTuple):
    """Part of a text and where it begins in it."""

    offset: int
    text: str


def pieces(text: str) -> Iterator[Piece]:
    """``text`` in pieces of at most :data:`LONGEST`, cut at a line's end or between words.

    Where a line goes on, the next piece begins some words earlier, so that a name at the seam
    stands whole in one of the two.
    """
    start = 0
    while len(text) - start > LONGEST:
        stop = text.rfind("\n", start + LONGEST // 2, start + LONGEST)
        if stop > 0:
            yield Piece(start, text[start:stop])
            start = stop + 1
            continue
        stop = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        stop = start + LONGEST if stop < 0 else stop
        yield Piece(start, text[start:stop])
        again = text.find(" ", stop - _OVERLAP, stop)
        start = stop if again < 0 else again + 1
    yield Piece(start, text[start:])

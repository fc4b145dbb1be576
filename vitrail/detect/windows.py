"""Long cells in pieces that overlap, so that the time to judge them grows with their length only.

Some of Presidio's patterns take the square of a cell's length; on a cell of megabytes that would
be hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

LONG: Final = 20_000
_SIZE, _OVERLAP, _REACH = 8_192, 1_024, 200


def windows(text: str) -> Iterator[tuple[int, str]]:
    """(offset, piece): the whole text where it is short, else overlapping pieces cut at blanks."""
    if len(text) <= LONG:
        yield 0, text
        return
    start = 0
    while start < len(text):
        end = _at_blank(text, start + _SIZE)
        yield start, text[start:end]
        if end == len(text):
            return
        start = _at_blank(text, end - _OVERLAP)


def _at_blank(text: str, position: int) -> int:
    """The first blank at or shortly after ``position``, so that no value is cut in two there."""
    if position >= len(text):
        return len(text)
    for place in range(position, min(position + _REACH, len(text))):
        if text[place].isspace():
            return place
    return position

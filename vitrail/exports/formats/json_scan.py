"""JSON text cut into records and its fractions kept as written, by NumPy over whole blocks.

DuckDB reads ``1.10`` as the number 1.1; a cell must stay as it was exported. So numbers with a
fraction or an exponent are put into quotes before DuckDB sees the text.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Positions = npt.NDArray[np.int64]

QUOTE, COMMA, BACKSLASH, NEWLINE, SPACE = 34, 44, 92, 10, 32

_DEPTH: Final = np.zeros(256, np.int8)
_DEPTH[[ord("{"), ord("[")]] = 1
_DEPTH[[ord("}"), ord("]")]] = -1
_STRUCTURE: Final = _DEPTH != 0
_STRUCTURE[COMMA] = True
_BOUNDS: Final = np.zeros(256, bool)
_BOUNDS[list(b":,[]{} \t\r\n")] = True
_FRACTION: Final = re.compile(rb"[:,\[\s]-?\d+(?:\.|[eE])")


class Scanner:
    """Follows the depth of brackets through the blocks of one text."""

    def __init__(self) -> None:
        self.depth = 0
        self._inside = 0
        self._escaped = False

    def feed(self, data: Bytes) -> tuple[Positions, Bytes, Positions]:
        """Brackets and commas outside strings: place, sign, and the depth after each."""
        quotes = self.quotes(data)
        places = np.flatnonzero(_STRUCTURE[data])
        outside = (np.searchsorted(quotes, places) + self._inside) % 2 == 0
        places = places[outside]
        signs = data[places]
        depths = self.depth + np.cumsum(_DEPTH[signs], dtype=np.int64)
        self._inside = (self._inside + len(quotes)) % 2
        if len(depths):
            self.depth = int(depths[-1])
        return places, signs, depths

    def quotes(self, data: Bytes) -> Positions:
        """Quotes that open or close a string: those not behind an odd run of backslashes."""
        quotes = np.flatnonzero(data == QUOTE)
        slashes = np.flatnonzero(data == BACKSLASH)
        if not len(slashes):
            real = quotes[1:] if self._escaped and len(quotes) and quotes[0] == 0 else quotes
            self._escaped = self._escaped and not len(data)
            return real
        if self._escaped and slashes[0] == 0:  # the block's first byte was escaped before it
            slashes = slashes[1:]
        escaping = _odd(slashes)
        escaped = np.zeros(len(data) + 1, bool)
        escaped[escaping + 1] = True
        escaped[0] = self._escaped
        self._escaped = bool(escaped[-1])
        return quotes[~escaped[quotes]]


def _odd(slashes: Positions) -> Positions:
    """The backslashes that escape what follows: every other one of a run, from its first."""
    if not len(slashes):
        return slashes
    fresh = np.concatenate(([True], np.diff(slashes) != 1))
    starts = np.maximum.accumulate(np.where(fresh, np.arange(len(slashes)), 0))
    odd: Positions = slashes[(np.arange(len(slashes)) - starts) % 2 == 0]
    return odd


def quote_fractions(data: Bytes) -> tuple[Bytes, Positions]:
    """The text with quotes around fractions, and where quotes were put (before which byte)."""
    nothing = np.empty(0, np.int64)
    if _FRACTION.search(data.data) is None:
        return data, nothing
    digits = (data - ord("0")) < 10  # wraps around below "0", so one comparison does
    points = (data[1:] == ord(".")) | ((data[1:] | 32) == ord("e"))
    marks = np.flatnonzero(points & digits[:-1]) + 1  # not the e of true or false
    quotes = Scanner().quotes(data)
    marks = marks[np.searchsorted(quotes, marks) % 2 == 0]
    if not len(marks):
        return data, nothing
    starts, ends = np.unique(_edge(data, marks, -1) + 1), np.unique(_edge(data, marks, 1))
    inserted = np.sort(np.concatenate((starts, ends)))
    return np.insert(data, inserted, QUOTE), inserted


def _edge(data: Bytes, marks: Positions, step: int) -> Positions:
    """From each mark, the next place in one direction where a number is over."""
    edges = marks.copy()
    active = np.arange(len(marks))
    while len(active):
        edges[active] += step
        at = edges[active]
        inside = (at >= 0) & (at < len(data))
        over = ~inside
        over[inside] = _BOUNDS[data[at[inside]]]
        active = active[~over]
    return edges

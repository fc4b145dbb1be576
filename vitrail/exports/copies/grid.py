"""Where each field of some records of delimited text begins and ends, found all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from vitrail.exports.copies.splices import Index

_NEWLINE, _RETURN = 10, 13
_NOTHING: Final = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Grid:
    """``begin`` and ``end``: a row a record, a column a field, its quotes included and the line's
    end left out. ``upto``: where the last whole record ends, its line's end included."""

    begin: Index
    end: Index
    upto: int

    def __len__(self) -> int:
        return len(self.begin)


def regular(text: bytes, width: int, delimiter: bytes, quote: bytes, *, last: bool) -> Grid | None:
    """The fields of records that have ``width`` each; None where that is not so, or a quote stands
    where this cannot judge it. ``last``: what has no line's end is a record too."""
    letters = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero(letters == _NEWLINE)
    commas = np.flatnonzero(letters == delimiter[0])
    if quote and quote in text:
        inside = _inside(letters, quote[0], delimiter[0])
        if inside is None:
            return None
        ends, commas = _outside(ends, inside), _outside(commas, inside)
        if len(inside) % 2 and last:
            return None
    if _has_lone_returns(text, letters, quote):
        return None
    if last and len(text) and (not len(ends) or ends[-1] != len(text) - 1):
        ends = np.append(ends, len(text))
    if not len(ends):
        return Grid(_NOTHING.reshape(0, width), _NOTHING.reshape(0, width), 0)
    return _of(letters, ends, commas[: np.searchsorted(commas, ends[-1])], width)


def _of(letters: npt.NDArray[np.uint8], ends: Index, commas: Index, width: int) -> Grid | None:
    starts = np.append(0, ends[:-1] + 1)
    stops = ends.copy()
    returns = (stops > starts) & (letters[np.maximum(stops - 1, 0)] == _RETURN)
    stops[returns] -= 1
    upto = min(int(ends[-1]) + 1, len(letters))
    filled = stops > starts
    starts, stops = starts[filled], stops[filled]
    if len(commas) != len(starts) * (width - 1):
        return None
    inner = commas.reshape(len(starts), width - 1)
    if len(starts) and width > 1 and not ((inner[:, 0] >= starts) & (inner[:, -1] < stops)).all():
        return None
    begin = np.concatenate([starts[:, None], inner + 1], axis=1)
    end = np.concatenate([inner, stops[:, None]], axis=1)
    return Grid(begin, end, upto)


def _inside(letters: npt.NDArray[np.uint8], quote: int, delimiter: int) -> Index | None:
    """The quotes' places, if each opens a field or closes it, doubled ones between."""
    quotes = np.flatnonzero(letters == quote)
    opening, closing = quotes[::2], quotes[1::2]
    before = letters[np.maximum(opening - 1, 0)]
    opens = (before == delimiter) | (before == _NEWLINE) | (before == _RETURN) | (opening == 0)
    doubled = np.zeros(len(opening), bool)
    doubled[1:] = opening[1:] == closing[: len(opening) - 1] + 1
    behind = closing + 1
    after = letters[np.minimum(behind, len(letters) - 1)]
    closes = (after == delimiter) | (after == _NEWLINE) | (after == _RETURN)
    closes |= behind == len(letters)
    again = np.zeros(len(closing), bool)
    again[: len(opening) - 1] = doubled[1:][: len(closing)]
    return quotes if (opens | doubled).all() and (closes | again).all() else None


def _outside(places: Index, quotes: Index) -> Index:
    outside: Index = places[np.searchsorted(quotes, places) % 2 == 0]
    return outside


def _has_lone_returns(text: bytes, letters: npt.NDArray[np.uint8], quote: bytes) -> bool:
    """Whether a line ends in a way of its own; a return within quotes is no line's end."""
    if b"\r" not in text:
        return False
    returns = np.flatnonzero(letters == _RETURN)
    if quote and quote in text:
        returns = _outside(returns, np.flatnonzero(letters == quote[0]))
    followed = letters[np.minimum(returns + 1, len(letters) - 1)] == _NEWLINE
    return not bool(followed.all())

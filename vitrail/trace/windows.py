"""Finds any of very many literals in one pass over bytes, at a cost that hardly knows how many.

A literal of ten bytes holds, wherever it stands, one run of seven that begins at a multiple of
four. So only every fourth place of the text is looked at: seven bytes are multiplied to a number
and the number looked up in a table. Where the table says yes, ten bytes are compared with those of
the literals. An automaton over as many literals was measured to be a hundred times slower.
Shorter literals take shorter runs. Case is folded by one bit of each byte; that joins too much,
never too little, so the judge comes after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Uint64s = npt.NDArray[np.uint64]
Int64s = npt.NDArray[np.int64]

_FOLD: Final = np.uint64(0x2020202020202020)
_SPREAD: Final = 0x9E3779B97F4A7C15
_OTHER: Final = 0xD6E8FEB86659FD93
_MIX: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_CHUNK: Final = 1 << 16
_PAD: Final = 64
_MASK: Final = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Shape:
    """``run`` bytes are looked up at every ``step``-th place; ``span`` bytes tell literals apart:
    ``run + step - 1``, so that one run lies within them wherever they stand."""

    run: int
    step: int

    @property
    def span(self) -> int:
        return self.run + self.step - 1


#: For literals of at least ten bytes, seven and four.
SHAPES: Final = (Shape(7, 4), Shape(4, 4), Shape(4, 1))


def shape_for(length: int) -> Shape:
    """The shape that fits a literal of ``length`` bytes, four at least."""
    if length >= 10:
        return SHAPES[0]
    return SHAPES[1] if length >= 7 else SHAPES[2]


class _Table:
    """Which runs there may be: those that were put in, and one in some dozens of all others.

    A bit each, so that the table of many thousands still lies near the processor: with a byte
    each the pass took twice as long.
    """

    def __init__(self, factor: int, run: int, bits: int, runs: Uint64s) -> None:
        self._factor = np.uint64(factor << 8 * (8 - run) & _MASK)  # the bytes behind a run drop out
        self._shift = np.uint64(64 - bits)
        known = np.zeros(1 << bits, np.bool_)
        known[self._slots(runs)] = True
        self._known = np.packbits(known, bitorder="little")

    def knows(self, words: Uint64s) -> npt.NDArray[np.bool_]:
        """Of each word whether its run may be one."""
        slots = self._slots(words)
        bits: npt.NDArray[np.uint8] = self._known[slots >> 3] >> (slots & 7).astype(np.uint8) & 1
        return bits.view(np.bool_)

    def look_up(self, words: Uint64s, room: _Room) -> npt.NDArray[np.bool_]:
        """:meth:`knows`, in ``room``: no memory is taken."""
        slots, hits, low = (own[: len(words)] for own in (room.slots, room.hits, room.low))
        np.bitwise_or(words, _FOLD, out=slots)
        np.multiply(slots, self._factor, out=slots)
        np.right_shift(slots, self._shift, out=slots)
        np.bitwise_and(slots.view(np.uint8)[::8], 7, out=low)
        np.right_shift(slots, np.uint64(3), out=slots)
        self._known.take(slots.view(np.int64), out=hits, mode="wrap")
        np.right_shift(hits, low, out=hits)
        np.bitwise_and(hits, 1, out=hits)
        return hits.view(np.bool_)

    def _slots(self, words: Uint64s) -> Int64s:
        slots = ((words | _FOLD) * self._factor) >> self._shift
        return slots.astype(np.int64)


class _Room:
    """What a look-up writes to."""

    def __init__(self) -> None:
        self.slots = np.empty(_CHUNK, np.uint64)
        self.hits = np.empty(_CHUNK, np.uint8)
        self.low = np.empty(_CHUNK, np.uint8)


class Windows:
    """The table of one shape. ``spans``: the bytes that tell each literal, all ``span`` long."""

    def __init__(self, shape: Shape, spans: Sequence[bytes]) -> None:
        self._shape = shape
        padded = b"".join(span + bytes(16 - len(span)) for span in spans)
        rows = np.frombuffer(padded, np.uint8).reshape(-1, 16)
        self._keys, inverse = np.unique(
            self._key(_loaded(rows, 0), _loaded(rows, max(0, shape.span - 8))), return_inverse=True
        )
        order = np.argsort(inverse, kind="stable")
        bounds = np.searchsorted(inverse[order], np.arange(len(self._keys) + 1))
        self._order, self._bounds = order, bounds
        bits = min(24, max(17, int(np.ceil(np.log2(16 * shape.step * len(self._keys))))))
        runs = np.concatenate([_loaded(rows, place) for place in range(shape.step)])
        self._table = _Table(_SPREAD, shape.run, bits, runs)
        self._second = _Table(_OTHER, shape.run, bits, runs)

    def find(self, data: npt.NDArray[np.uint8]) -> tuple[Int64s, Int64s]:
        """(where a span stands in ``data``, the number of its literal), each pair once."""
        if len(data) < _CHUNK:
            return self._found(np.concatenate([data, np.zeros(_PAD, np.uint8)]), len(data))
        at, which = self._found(data, len(data) - _PAD)
        start = len(data) - 2 * _PAD
        tail = np.concatenate([data[start:], np.zeros(_PAD, np.uint8)])
        late, others = self._found(tail, 2 * _PAD)
        fresh = late + start > len(data) - _PAD - self._shape.span
        seen = at <= len(data) - _PAD - self._shape.span
        return (
            np.concatenate([at[seen], late[fresh] + start]),
            np.concatenate([which[seen], others[fresh]]),
        )

    def _found(self, data: npt.NDArray[np.uint8], end: int) -> tuple[Int64s, Int64s]:
        """Of data that goes on for at least 16 bytes behind ``end``."""
        places = self._candidates(data, end)
        every = np.ndarray((len(data) - 7,), np.uint64, data, strides=(1,))
        at: list[Int64s] = []
        which: list[Int64s] = []
        for back in range(self._shape.step) if len(places) else ():
            starts = places - back
            starts = starts[(starts >= 0) & (starts + self._shape.span <= end)]
            keys = self._key(every[starts], every[starts + max(0, self._shape.span - 8)])
            near = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
            hit = self._keys[near] == keys
            for start, key in zip(starts[hit].tolist(), near[hit].tolist(), strict=True):
                literals = self._order[self._bounds[key] : self._bounds[key + 1]]
                at.append(np.full(len(literals), start, np.int64))
                which.append(literals)
        if not at:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        pairs = np.unique(np.stack([np.concatenate(at), np.concatenate(which)]), axis=1)
        return pairs[0], pairs[1]

    def _candidates(self, data: npt.NDArray[np.uint8], end: int) -> Int64s:
        """The looked-at places whose run the table knows."""
        found: list[Int64s] = []
        room = _Room()
        for offset in range(0, 8, self._shape.step):
            count = (end - offset + 7) // 8
            words = np.ndarray((max(0, count),), np.uint64, data, offset=offset)
            for first in range(0, len(words), _CHUNK):
                some = words[first : first + _CHUNK]
                hits = self._table.look_up(some, room)
                if hits.any():
                    places = np.flatnonzero(hits)
                    places = places[self._second.knows(some[places])]
                    found.append((places + first) * 8 + offset)
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def _key(self, first: Uint64s, last: Uint64s) -> Uint64s:
        """A number that stands for a span's bytes: its first eight and its last eight."""
        over = np.uint64(8 * max(0, 8 - self._shape.span))
        one = ((first | _FOLD) << over) * np.uint64(_SPREAD)
        two = ((last | _FOLD) << over) * _MIX
        mixed: Uint64s = one ^ (two >> np.uint64(29)) ^ (two << np.uint64(7))
        return mixed


def _loaded(rows: npt.NDArray[np.uint8], place: int) -> Uint64s:
    """Eight bytes of each row from ``place`` on, as one number."""
    return np.ascontiguousarray(rows[:, place : place + 8]).view(np.uint64).reshape(-1)

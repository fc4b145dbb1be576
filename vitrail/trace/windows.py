"""Finds any of very many literals in one pass over bytes, at a cost that hardly knows how many.

A literal of fourteen bytes holds, wherever it stands, one run of seven that begins at a multiple of
eight. So only every eighth place of the text is looked at: seven bytes are multiplied to a number
and the number looked up in a table. Where the table says yes, another says at which places of a
literal's span such a run stands, and there the span is compared. An automaton over as many literals
was measured to be a hundred times slower. Shorter literals take shorter steps and runs. Case is
folded by one bit of each byte; that joins too much, never too little, so the judge comes after.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from vitrail.trace.tables import CHUNK, FOLD, SPREAD, Int64s, Known, Offsets, Uint8s, Uint64s

_SPREAD: Final = np.uint64(SPREAD)
_MIX: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_PAD: Final = 64
WIDTH: Final = 16
#: A table of two megabytes.
_MOST_BITS: Final = 24


@dataclass(frozen=True, slots=True)
class Shape:
    """``run`` bytes are looked up at every ``step``-th place; ``span`` bytes tell literals apart:
    ``run + step - 1``, so that one run lies within them wherever they stand."""

    run: int
    step: int

    @property
    def span(self) -> int:
        return self.run + self.step - 1


#: For literals of fourteen bytes at least, of ten, of seven, of six, of four.
SHAPES: Final = (Shape(7, 8), Shape(7, 4), Shape(6, 2), Shape(6, 1), Shape(4, 1))


class Windows:
    """The tables of one shape. ``rows``: of each literal the ``WIDTH`` bytes that begin with its
    span; those behind the span count for nothing."""

    def __init__(self, shape: Shape, rows: Uint8s) -> None:
        self._shape = shape
        keys = self._key(_loaded(rows, 0), _loaded(rows, max(0, shape.span - 8)))
        self._keys, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        self._order = np.argsort(inverse, kind="stable")
        self._bounds = np.searchsorted(inverse[self._order], np.arange(len(self._keys) + 1))
        runs = [_loaded(rows[first], place) for place in range(shape.step)]
        self._spans = Known(8, self._keys, _MOST_BITS)
        self._known = Known(shape.run, np.concatenate(runs), _MOST_BITS)
        self._offsets = Offsets(shape.run, runs)

    def find(self, data: Uint8s) -> tuple[Int64s, Int64s]:
        """(where a span stands in ``data``, the number of its literal), each pair once."""
        if len(data) < CHUNK:
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

    def _found(self, data: Uint8s, end: int) -> tuple[Int64s, Int64s]:
        """Of data that goes on for at least 16 bytes behind ``end``."""
        starts = self._starts(data, end)
        starts = starts[(starts >= 0) & (starts + self._shape.span <= end)]
        every = np.ndarray((len(data) - 7,), np.uint64, data, strides=(1,))
        keys = self._key(every[starts], every[starts + max(0, self._shape.span - 8)])
        known = np.flatnonzero(self._spans.knows(keys))  # a search costs ten times as much
        starts, keys = starts[known], keys[known]
        near = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        hit = self._keys[near] == keys
        starts, near = starts[hit], near[hit]
        counts = self._bounds[near + 1] - self._bounds[near]
        nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        which = self._order[np.repeat(self._bounds[near], counts) + nth]
        return np.repeat(starts, counts), which

    def _starts(self, data: Uint8s, end: int) -> Int64s:
        """Where a span may begin: the looked-at places whose run is known, less its place."""
        found: list[Int64s] = []
        for offset in range(0, 8, self._shape.step):
            count = (end - offset + 7) // 8
            words = np.ndarray((max(0, count),), np.uint64, data, offset=offset)
            places = self._known.among(words)
            offsets = self._offsets.of(words[places])
            known = np.flatnonzero(offsets)
            offsets, places = offsets[known], places[known] * 8 + offset
            found += (
                places[np.flatnonzero(offsets & (1 << back))] - back
                for back in range(self._shape.step)
            )
        return np.concatenate(found)

    def _key(self, first: Uint64s, last: Uint64s) -> Uint64s:
        """A number that stands for a span's bytes: its first eight and its last eight."""
        over = np.uint64(8 * max(0, 8 - self._shape.span))
        one = ((first | FOLD) << over) * _SPREAD
        two = ((last | FOLD) << over) * _MIX
        mixed: Uint64s = one ^ (two >> np.uint64(29)) ^ (two << np.uint64(7))
        return mixed


def _loaded(rows: Uint8s, place: int) -> Uint64s:
    """Eight bytes of each row from ``place`` on, as one number."""
    return np.ascontiguousarray(rows[:, place : place + 8]).view(np.uint64).reshape(-1)

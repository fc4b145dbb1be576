"""A literal's first and last bytes, held against many places of a text at once.

Thousands may share the span by which they are looked for, as all do who bear a common name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from vitrail.trace.tables import FOLD, Int64s, Uint8s, Uint64s

_WORD: Final = 8


class Ends:
    """The first and the last eight bytes of each literal; of a shorter one, as many as it has."""

    def __init__(self, literals: Sequence[bytes]) -> None:
        self._sizes = np.fromiter(map(len, literals), np.int64, len(literals))
        starts = np.cumsum(self._sizes) - self._sizes
        end_to_end = np.frombuffer(b"".join((*literals, bytes(_WORD))), np.uint8)
        self._behind = (8 * np.maximum(_WORD - self._sizes, 0)).astype(np.uint64)
        self._last = np.maximum(self._sizes - _WORD, 0)
        self._heads = _words(end_to_end, starts) << self._behind
        self._tails = _words(end_to_end, starts + self._last) << self._behind

    def among(self, data: Uint8s, starts: Int64s, numbers: Int64s) -> Int64s:
        """Which of ``starts`` may begin, in ``data``, the literal whose number goes with it."""
        kept = np.flatnonzero((starts >= 0) & (starts + self._sizes[numbers] <= len(data)))
        if len(data) < _WORD or not len(kept):
            return kept
        starts, numbers = starts[kept], numbers[kept]
        behind = self._behind[numbers]
        same = _words(data, starts) << behind == self._heads[numbers]
        same &= _words(data, starts + self._last[numbers]) << behind == self._tails[numbers]
        likely: Int64s = kept[same]
        return likely


def _words(data: Uint8s, places: Int64s) -> Uint64s:
    """The eight bytes from each place on, their case folded; zeros where the data ends."""
    every: Uint64s = np.ndarray((len(data) - _WORD + 1,), np.uint64, data, strides=(1,))
    inside = np.minimum(places, len(every) - 1)
    found: Uint64s = (every[inside] | FOLD) >> (8 * (places - inside)).astype(np.uint64)
    return found

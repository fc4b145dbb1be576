"""What eight bytes may be, looked up many at once: a number is made of them and a table asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Uint64s = npt.NDArray[np.uint64]
Int64s = npt.NDArray[np.int64]
Uint8s = npt.NDArray[np.uint8]

#: One bit of each byte, in which the cases of a letter differ.
FOLD: Final = np.uint64(0x2020202020202020)
#: So many words are looked up at once: they and the table lie near the processor.
CHUNK: Final = 1 << 15
SPREAD: Final = 0x9E3779B97F4A7C15
_OTHER: Final = 0xD6E8FEB86659FD93
_MASK: Final = (1 << 64) - 1


class _Room:
    """What a look-up writes to."""

    def __init__(self) -> None:
        self.slots = np.empty(CHUNK, np.uint64)
        self.hits = np.empty(CHUNK, np.uint8)
        self.low = np.empty(CHUNK, np.uint8)


class Known:
    """Which runs there may be: those that were put in, and one in some dozens of all others.

    A run is the first ``run`` bytes of a word. A bit each, so that the table of many thousands
    still lies near the processor: with a byte each the pass took twice as long.
    """

    def __init__(self, run: int, runs: Uint64s, most: int) -> None:
        bits = min(most, max(17, int(np.ceil(np.log2(16 * len(runs))))))
        self._factor = _factor(SPREAD, run)
        self._shift = np.uint64(64 - bits)
        known = np.zeros(1 << bits, np.bool_)
        known[_slots(runs, self._factor, self._shift)] = True
        self._known = np.packbits(known, bitorder="little")

    def among(self, words: Uint64s) -> Int64s:
        """Which of many words may begin with a run."""
        found = [np.empty(0, np.int64)]
        room = _Room()
        for first in range(0, len(words), CHUNK):
            found += (self._looked_up(words[first : first + CHUNK], room) + first,)
        return np.concatenate(found)

    def knows(self, words: Uint64s) -> npt.NDArray[np.bool_]:
        """Of each word, of not too many, whether it may begin with a run."""
        slots = _slots(words, self._factor, self._shift)
        bits: Uint8s = self._known[slots >> 3] >> (slots & 7).astype(np.uint8) & 1
        return bits.view(np.bool_)

    def _looked_up(self, words: Uint64s, room: _Room) -> Int64s:
        """:meth:`among` of at most ``CHUNK``, in ``room``: hardly any memory is taken."""
        slots, hits, low = (own[: len(words)] for own in (room.slots, room.hits, room.low))
        np.bitwise_or(words, FOLD, out=slots)
        np.multiply(slots, self._factor, out=slots)
        np.right_shift(slots, self._shift, out=slots)
        np.bitwise_and(slots.view(np.uint8)[::8], 7, out=low)
        np.right_shift(slots, np.uint64(3), out=slots)
        self._known.take(slots.view(np.int64), out=hits, mode="wrap")
        np.right_shift(hits, low, out=hits)
        np.bitwise_and(hits, 1, out=hits)
        return np.flatnonzero(hits.view(np.bool_))


class Offsets:
    """Of runs, at which places of a span they stand: a bit for each place, eight at most."""

    def __init__(self, run: int, runs: Sequence[Uint64s]) -> None:
        bits = min(23, max(16, int(np.ceil(np.log2(8 * len(runs) * len(runs[0]))))))
        self._factor = _factor(_OTHER, run)
        self._shift = np.uint64(64 - bits)
        self._places = np.zeros(1 << bits, np.uint8)
        for place, some in enumerate(runs):
            self._places[_slots(some, self._factor, self._shift)] |= np.uint8(1 << place)

    def of(self, words: Uint64s) -> Uint8s:
        """The bits of each word's run; none where no span can have it."""
        found: Uint8s = self._places[_slots(words, self._factor, self._shift)]
        return found


def _factor(factor: int, run: int) -> np.uint64:
    """So that the bytes behind a run drop out."""
    return np.uint64(factor << 8 * (8 - run) & _MASK)


def _slots(words: Uint64s, factor: np.uint64, shift: np.uint64) -> Int64s:
    return (((words | FOLD) * factor) >> shift).view(np.int64)

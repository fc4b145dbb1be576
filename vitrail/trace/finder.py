"""All that is looked for, of all persons, ready for one pass over any bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from vitrail.trace.ends import Ends
from vitrail.trace.forms import Form, Spelling, spellings_of
from vitrail.trace.identifiers import Identifier, Subject
from vitrail.trace.ways import ways

_BLOCK: Final = 8 << 20
_FOLDED: Final = bytes(n | 0x20 for n in range(256))


@dataclass(frozen=True, slots=True)
class Sighting:
    """A literal met in bytes: where it stands, which form it is, and of whom."""

    start: int
    size: int
    form: Form
    subject: int


class Finder:
    """Made once of the subjects; safe to use from several threads."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        owned = [(one, n) for n, subject in enumerate(subjects) for one in subject.identifiers]
        self._spellings: list[Spelling] = []
        self._owners: list[tuple[Identifier, int]] = []
        for owner in owned:
            self._spellings += spellings_of(owner[0])
            self._owners += [owner] * (len(self._spellings) - len(self._owners))
        self._literals = [spelt[0].encode("utf-8", "surrogatepass") for spelt in self._spellings]
        self.longest = max(map(len, self._literals), default=0)
        self._ends = Ends(self._literals)
        self._ways = tuple(ways(self._literals, [spelt[2] for spelt in self._spellings]))

    def __len__(self) -> int:
        return len(self._literals)

    def find(self, data: npt.NDArray[np.uint8]) -> list[Sighting]:
        """Every literal in ``data``, by place, and of one place in the order of its writings; case
        is not judged yet."""
        found: list[tuple[int, int]] = []
        for way in self._ways:
            places, which = way.spans.find(data)
            starts, numbers = places - way.starts[which], way.numbers[which]
            likely = self._ends.among(data, starts, numbers)
            found += zip(starts[likely].tolist(), numbers[likely].tolist(), strict=True)
        seen = (self._seen(data, start, number) for start, number in sorted(found))
        return [sighting for sighting in seen if sighting is not None]

    def _seen(self, data: npt.NDArray[np.uint8], start: int, number: int) -> Sighting | None:
        literal = self._literals[number]
        size = len(literal)
        if _folded(data[start : start + size].tobytes()) != _folded(literal):
            return None
        identifier, subject = self._owners[number]
        return Sighting(start, size, Form(identifier, *self._spellings[number]), subject)

    def find_in_large(
        self, data: npt.NDArray[np.uint8], told: Callable[[int], None] = lambda _bytes: None
    ) -> list[Sighting]:
        """:meth:`find` over as many threads as there are cores; numpy lets go of the lock.

        ``told`` of how many bytes are looked at, block by block.
        """
        if len(data) <= 2 * _BLOCK:
            return self.find(data)

        def block(first: int) -> list[Sighting]:
            some = data[first : first + _BLOCK + self.longest]
            return [
                Sighting(one.start + first, one.size, one.form, one.subject)
                for one in self.find(some)
                if one.start < _BLOCK
            ]

        pool = ThreadPoolExecutor(os.cpu_count() or 1)
        try:
            sightings: list[Sighting] = []
            for number, some in enumerate(pool.map(block, range(0, len(data), _BLOCK)), 1):
                sightings += some
                told(min(number * _BLOCK, len(data)))
            return sightings
        finally:
            pool.shutdown(cancel_futures=True)  # an interrupt waits for no block but those begun


def _folded(text: bytes) -> bytes:
    return text.translate(_FOLDED)

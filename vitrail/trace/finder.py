"""All that is looked for, of all persons, ready for one pass over any bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from vitrail.trace.forms import Form, forms_of
from vitrail.trace.identifiers import Subject
from vitrail.trace.literals import MOST, Literals
from vitrail.trace.windows import SHAPES, Shape, Windows, shape_for

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
        self._forms: list[tuple[Form, int]] = []
        self._texts: list[bytes] = []
        self._literals: list[bytes] = []
        self._anchors: list[int] = []
        self._shapes: list[Shape] = []
        for number, subject in enumerate(subjects):
            for one in subject.identifiers:
                for form in forms_of(one):
                    self._add(form, number)
        self.longest = max(map(len, self._literals), default=0)
        self._windows = tuple(self._made())

    def __len__(self) -> int:
        return len(self._literals)

    def _add(self, form: Form, subject: int) -> None:
        literal = form.literal.encode("utf-8", "surrogatepass")
        shape = shape_for(len(literal))
        last = len(literal) - shape.span
        self._shapes.append(shape)
        self._forms.append((form, subject))
        self._texts.append(literal)
        self._literals.append(literal.translate(_FOLDED))
        self._anchors.append(last if form.anchor is None else min(form.anchor, last))

    def _made(self) -> Iterator[tuple[Windows | Literals, list[int]]]:
        """Few literals in one automaton; many, and those whose case is not ASCII's, in windows."""
        plain = self._few()
        if plain:
            yield Literals([self._span(self._texts, n) for n in plain]), plain
        done = set(plain)
        for shape in SHAPES:
            chosen = [n for n, own in enumerate(self._shapes) if own is shape and n not in done]
            if chosen:
                yield Windows(shape, [self._span(self._literals, n) for n in chosen]), chosen

    def _few(self) -> list[int]:
        """The literals for the automaton; none where they would be too many for it."""
        if len(self._texts) > 4 * MOST:  # a person's literals share few of their spans
            return []
        plain = [n for n, literal in enumerate(self._texts) if _is_caseless(literal)]
        return plain if len({self._span(self._texts, n) for n in plain}) <= MOST else []

    def _span(self, literals: Sequence[bytes], number: int) -> bytes:
        anchor = self._anchors[number]
        return literals[number][anchor : anchor + self._shapes[number].span]

    def find(self, data: npt.NDArray[np.uint8]) -> list[Sighting]:
        """Every literal in ``data``, by place; case is not judged yet."""
        found = []
        for windows, chosen in self._windows:
            places, which = windows.find(data)
            for place, number in zip(places.tolist(), which.tolist(), strict=True):
                literal = chosen[number]
                if (sighting := self._seen(data, place, literal)) is not None:
                    found.append(sighting)
        return sorted(found, key=lambda one: one.start)

    def _seen(self, data: npt.NDArray[np.uint8], place: int, number: int) -> Sighting | None:
        literal, start = self._literals[number], place - self._anchors[number]
        size = len(literal)
        if start < 0 or data[start : start + size].tobytes().translate(_FOLDED) != literal:
            return None
        form, subject = self._forms[number]
        return Sighting(start, size, form, subject)

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


def _is_caseless(literal: bytes) -> bool:
    """Whether ASCII's rule of case is enough for it."""
    if literal.isascii():
        return True
    text = literal.decode("utf-8", "replace")
    return all(c.isascii() or c.lower() == c.upper() for c in text)

"""Which literals go through an automaton, which through tables, and of how many bytes of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from vitrail.trace.literals import MOST, Literals
from vitrail.trace.tables import Int64s, Uint8s
from vitrail.trace.windows import SHAPES, WIDTH, Shape, Windows

#: A person's literals share few of their spans; of more than so many they are not counted.
_WORTH_A_COUNT: Final = 4 * MOST
_END: Final = 1 << 40
#: Shapes that tell longer literals apart too.
_FOR_ALL: Final = SHAPES[:3]


@dataclass(frozen=True, slots=True)
class Way:
    """How some literals are found: by ``spans`` of theirs, which begin at ``starts`` in them.
    ``numbers``: which literals these are."""

    spans: Windows | Literals
    numbers: Int64s
    starts: Int64s


def ways(literals: Sequence[bytes], anchors: Sequence[int | None]) -> Iterator[Way]:
    """Few literals of a shape, in one automaton with those of other shapes; many, in a table."""
    spans = _Spans(literals, anchors)
    groups = spans.by_shape()
    few: list[bytes] = []
    chosen: list[tuple[Int64s, Int64s]] = []
    for shape in reversed(SHAPES):  # the dearest to look up first
        numbers = groups[shape]
        if 0 < len(numbers) <= _WORTH_A_COUNT:
            starts, rows = spans.of(shape, numbers)
            own = [row.tobytes()[: shape.span] for row in rows]
            if len({*few, *own}) <= MOST:
                few += own
                chosen.append((groups.pop(shape), starts))
    if few:
        yield Way(Literals(few), *(np.concatenate(parts) for parts in zip(*chosen, strict=True)))
    for shape, numbers in _joined(groups).items():
        starts, rows = spans.of(shape, numbers)
        yield Way(Windows(shape, rows), numbers, starts)


def _joined(groups: dict[Shape, Int64s]) -> dict[Shape, Int64s]:
    """Where shorter literals have to be looked up, longer ones are in the same pass."""
    kept = {shape: numbers for shape, numbers in groups.items() if len(numbers)}
    together = [shape for shape in _FOR_ALL if shape in kept]
    if together:
        kept[together[-1]] = np.concatenate([kept.pop(shape) for shape in together])
    return kept


class _Spans:
    """The literals end to end."""

    def __init__(self, literals: Sequence[bytes], anchors: Sequence[int | None]) -> None:
        self._sizes = np.fromiter(map(len, literals), np.int64, len(literals))
        self._starts = np.cumsum(self._sizes) - self._sizes
        self._bytes = np.frombuffer(b"".join((*literals, bytes(WIDTH))), np.uint8)
        self._anchors = np.array([_END if a is None else a for a in anchors], np.int64)

    def by_shape(self) -> dict[Shape, Int64s]:
        """The numbers of the literals, each under the first shape that fits it."""
        shorter = [self._sizes < shape.span for shape in SHAPES[:-1]]
        nth = np.sum(shorter, axis=0)
        return {shape: np.flatnonzero(nth == at) for at, shape in enumerate(SHAPES)}

    def of(self, shape: Shape, numbers: Int64s) -> tuple[Int64s, Uint8s]:
        """Where the span of each literal begins in it; the span's bytes, and some behind it."""
        last = self._sizes[numbers] - shape.span
        starts = np.clip(self._anchors[numbers] - shape.span, 0, last)
        places = (self._starts[numbers] + starts)[:, np.newaxis] + np.arange(WIDTH)
        return starts, self._bytes[places]

"""Which cells and numbers may be shown, by rules of which none can be probed.

``who`` and ``asked`` are the two layers of :meth:`~vitrail.gate.noise.NoiseSource.layered`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vitrail.gate.noise import NEVER_BEYOND, NoiseSource, floor_sigma

#: What is published of persons and values too few to be shown alone.
OTHER: Final = "other"

_ABOVE_FLOOR: Final = 4
#: Of the middle. With 2 of 14 a row of 13 known persons tells of a fourteenth in 59.6 % of cases,
#: with 2.5 in 57.8 %.
_JITTER: Final = 2.5 / 14
#: The middle of a finer cell's threshold, by the σ of its count. With 1, and the same jitter, all
#: rows and sums of a month by two labels and three told of somebody in 54.9 % of cases (54.4–55.4),
#: half of it by which rows show.
_OF_SIGMA: Final = 1.5
#: The jitter of two labels and more. While the middle was σ: with 2.5 of 14, a row of 20 known
#: persons told of one more in 55.6 % by showing or not, and all rows and sums of a month added less
#: to it; with 0.3 in 53.3 %.
#: With more yet, the floor would tell as much of a tenth person.
_FINE_JITTER: Final = 0.3

#: Fewer than the floor of a cell never are one: beside them, a row looks as if they were not there.
_EFFECT_LEAST: Final = 10
#: So many persons more or less are an effect by every draw.
SURELY_AN_EFFECT: Final = 34
_EFFECT_MIDDLE: Final = 18
_EFFECT_JITTER: Final = 4.0

#: Of so few named siblings a hidden one could be told from the others and their total.
FEW_SIBLINGS: Final = 5


def middle(floor: int, labels: int = 0) -> float:
    """The persons with which a cell of so many labels shows in half of all draws.

    Four above the floor, and for finer cells half as many again as σ: with fewer, what is told
    would be mostly noise.
    """
    return max(float(floor + _ABOVE_FLOOR), _OF_SIGMA * floor_sigma(labels))


def jitter(floor: int, labels: int = 0) -> float:
    """σ of the threshold of a cell with so many labels, in persons."""
    return middle(floor, labels) * (_JITTER if labels < 2 else _FINE_JITTER)


def surely_enough(floor: int, labels: int = 0) -> float:
    """From so many persons on, a cell is shown by every draw."""
    return middle(floor, labels) + jitter(floor, labels) * NEVER_BEYOND


def enough(
    persons: int,
    floor: int,
    noise: NoiseSource,
    who: Sequence[object],
    asked: Sequence[object],
    labels: int = 0,
) -> bool:
    """Whether ``persons ≥ max(floor, m + s z)``: the middle, its jitter, a sticky normal draw.

    With the usual floor of 10 and one label: never under 10, nearly always from 21 on, and in
    between not to be foretold, so that a known set plus one tells nothing by appearing.
    """
    if persons < floor:
        return False
    if persons >= surely_enough(floor, labels):
        return True
    z = noise.layered("threshold", who, asked)
    return persons >= middle(floor, labels) + jitter(floor, labels) * z


def has_effect(
    more: int, noise: NoiseSource, who: Sequence[object], asked: Sequence[object]
) -> bool:
    """Whether a condition keeps out enough persons to count: ``more`` that are there without it.

    One that does not is dropped, or its answer beside the answer without it would tell of the
    few. The jitter is wide, so that the dropping itself tells of nobody.
    """
    if more >= SURELY_AN_EFFECT or more < _EFFECT_LEAST:
        return more >= _EFFECT_LEAST
    z = noise.layered("effect", who, asked)
    return more >= min(SURELY_AN_EFFECT, max(_EFFECT_LEAST, _EFFECT_MIDDLE + _EFFECT_JITTER * z))

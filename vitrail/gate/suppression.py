"""Which cells may be shown: enough persons, by a threshold that cannot be probed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from vitrail.gate.noise import NoiseSource

#: What is published of persons and values too few to be shown alone.
OTHER: Final = "other"

_ABOVE_FLOOR: Final = 4
_JITTER: Final = 2.0

#: No draw is larger: :meth:`NoiseSource.normal` inverts 53 bits, which end at 8.3, and two layers
#: over √2 at 11.8. Above it there is nothing to draw for.
_NEVER_BEYOND: Final = 12.0


def enough(
    persons: int,
    floor: int,
    noise: NoiseSource,
    who: Sequence[object],
    asked: Sequence[object],
) -> bool:
    """Whether ``persons ≥ max(floor, floor + 4 + 2 z)``, z standard normal and sticky.

    With the usual floor of 10: never under 10, nearly always from 20 on, and in between not to
    be foretold, so that a known set plus one tells nothing by appearing.
    """
    if persons < floor:
        return False
    if persons >= floor + _ABOVE_FLOOR + _JITTER * _NEVER_BEYOND:
        return True
    z = noise.layered("threshold", who, asked) / math.sqrt(2)
    return persons >= floor + _ABOVE_FLOOR + _JITTER * z

"""What a sample that shows none of a kind says about the rest.

Where n draws show none, the share of such is below 1 - 0.05^(1/n) with 95 % confidence (the exact
binomial bound; the "rule of three", 3/n, is its approximation).
"""

from __future__ import annotations

from math import ceil
from typing import Final

_MISSED: Final = 0.05


def unseen_in_10000(examined: int) -> int:
    """With 95 % confidence, fewer than this in 10,000 are of a kind that none of ``examined``
    showed."""
    if examined <= 0:
        return 10_000
    share = 1 - float(_MISSED ** (1 / examined))
    return min(10_000, ceil(10_000 * share))

"""One published number a unit of another, such as the cost of an order, with its bounds."""

from __future__ import annotations

import math
from dataclasses import dataclass

from vitrail.model import Cell


@dataclass(frozen=True, slots=True)
class Quotient:
    """A quotient between its 95 % bounds (privacy and chance).

    ``value`` is None where the lower number may be nothing: only ``low`` can be told then, and
    ``high`` is None.
    """

    value: float | None
    low: float
    high: float | None


def quotient(top: Cell | None, bottom: Cell | None) -> Quotient | None:
    """``top / bottom`` of independent numbers by Fieller's theorem; None where nothing is told.

    The bounds are the r with (a − r b)² = A² + r² B², A and B the half-widths of a and b. Where b
    may be zero they have no upper end.
    """
    if top is None or bottom is None or top.value <= top.total or bottom.value <= 0:
        return None
    square = bottom.value**2 - bottom.total**2
    rest = top.value**2 - top.total**2
    product = top.value * bottom.value
    root = math.sqrt(product**2 - square * rest)
    low = rest / (product + root)
    if square <= 0:
        return Quotient(None, low, None)
    return Quotient(top.value / bottom.value, low, (product + root) / square)

"""The noise: OpenDP's discrete Gaussian on whole numbers, with the accounting that it proves.

Counts and money in minor units are whole numbers, and so is the noise: no rounding of floating
point is left for anyone to read (Mironov 2012). It is drawn by OpenDP's own generator, which takes
the system's randomness: no seed and no key of ours can ever give the same noise for two questions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from vitrail.errors import Refused, VitrailError
from vitrail.gate.private.accounting import MILLION

#: σ is told to so many digits, rounded up, so that the figure in the report is the true one.
_DIGITS: Final = 4


def sensitivity(cells: int, clip: int) -> float:
    """The Euclidean length by which one person moves a table: √(cells · clip²), rounded up."""
    return math.nextafter(math.sqrt(cells * clip * clip), math.inf)


def scale_for(cells: int, clip: int, rho: int) -> float:
    """The σ of noise that costs no more than ``rho`` millionths: Δ / √(2ρ), rounded up.

    Under one it would be no noise on whole numbers, and is refused.
    """
    exact = sensitivity(cells, clip) / math.sqrt(2 * rho / MILLION)
    step = 10.0 ** (math.floor(math.log10(exact)) + 1 - _DIGITS)
    scale = float(f"{math.ceil(exact / step * (1 + 1e-12)) * step:.12g}")
    if scale < 1:
        raise Refused(
            "With so large a ρ the noise would be less than one person.",
            "Give a smaller ρ: 0.01 to 0.1 is usual.",
        )
    return scale


def noisy(values: Sequence[int], *, cells: int, clip: int, rho: int, scale: float) -> list[int]:
    """``values`` with noise of standard deviation ``scale``, each drawn on its own.

    OpenDP's own map says what that costs; more than ``rho`` millionths is a fault of ours.
    """
    measurement = _gaussian(scale)
    if measurement.map(sensitivity(cells, clip)) > rho / MILLION:
        raise VitrailError("The noise of a private release would cost more than its ρ.")
    drawn: list[int] = measurement(list(values))
    return drawn


@cache
def _gaussian(scale: float) -> Any:
    import opendp.prelude as dp

    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T=dp.i64)), dp.l2_distance(T=dp.f64)
    return dp.m.make_gaussian(*space, scale=scale)

"""What ρ means: as ε at a δ, as the best guess about one person, and as a whole number to add up.

Zero-concentrated differential privacy (Bun and Steinke 2016, arXiv 1605.02265): ρ adds up over
releases, and Gaussian noise of standard deviation σ on an answer that one person moves by Δ in
Euclidean length costs ρ = Δ² / (2 σ²).
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Final

from vitrail.errors import UsageError

#: ρ is kept in millionths, so that a budget adds up to the last digit.
MILLION: Final = 1_000_000

#: How finely the order α of a conversion is sought; any α gives a true, if looser, ε.
_STEPS: Final = 200
_LOWEST, _HIGHEST = -12.0, 25.0
_GOLDEN: Final = (math.sqrt(5) - 1) / 2


def millionths(rho: float) -> int:
    """ρ as a whole number of millionths; a finer or a senseless one is a usage error."""
    whole = round(rho * MILLION) if math.isfinite(rho) else 0
    if whole < 1 or abs(rho * MILLION - whole) > 1e-3:
        raise UsageError(
            "ρ is a number above 0 with at most six decimals.",
            "Usual are 0.01 to 0.1 a release: the smaller, the more private and the noisier.",
        )
    return whole


def epsilon(rho: float, delta: float) -> float:
    """The ε for which ρ-zCDP gives (ε, δ)-differential privacy.

    ε = min over α > 1 of  α ρ + ln(1 − 1/α) + (ln(1/δ) − ln α) / (α − 1), which is what
    Canonne, Kamath and Steinke 2020 (arXiv 2004.00010, proposition 12) come to for zCDP.
    """

    def bound(log: float) -> float:
        less = math.exp(log)  # α − 1
        alpha = 1 + less
        own = math.log(less) - math.log1p(less)  # ln(1 − 1/α)
        return alpha * rho + own - (math.log(delta) + math.log1p(less)) / less

    low, high = _LOWEST, _HIGHEST
    for _ in range(_STEPS):
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        low, high = (low, right) if bound(left) <= bound(right) else (left, high)
    return max(0.0, bound((low + high) / 2))


def best_guess(rho: float) -> float:
    """How often the best test tells whether one person is in the data: Φ(√(2ρ) / 2).

    Both cases equally likely, everyone else known. Exact for Gaussian noise (Dong, Roth and Su
    2019, arXiv 1905.02383: a μ-GDP test with μ = Δ / σ = √(2ρ)), which ours is but for its grid.
    """
    return NormalDist().cdf(math.sqrt(2 * rho) / 2)


def shares(rho: int, columns: int) -> tuple[int, ...]:
    """ρ, in millionths, split over the columns of a release; the parts never exceed the whole."""
    part, rest = divmod(rho, columns)
    if part < 1:
        raise UsageError("So small a ρ cannot be split over the measures.", "Give it a larger ρ.")
    return tuple(part + (1 if i < rest else 0) for i in range(columns))

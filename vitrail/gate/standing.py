"""Which of many rates stand out: told only where chance and privacy would seldom make any do so.

The best of twenty alike looks better than the rest by luck alone. So each is held against the mean
of the others, and its interval is as much wider as makes one false word among all of them as
seldom as one false word about a pair (Bonferroni).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

from vitrail.gate.comparison import Estimate, rate
from vitrail.gate.noise import Z95
from vitrail.model import Cell

_TWO = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """One rate, the mean rate of the ``others``, and whether it lies apart from that."""

    label: str
    rate: Estimate
    others: Estimate
    apart: bool

    @property
    def better(self) -> bool:
        return self.rate.value > self.others.value


def standings(outcomes: Mapping[str, Cell | None]) -> tuple[Standing, ...]:
    """Each outcome's rate against the others'; the surest best first. Fewer than two: none."""
    rates = {label: told for label, cell in outcomes.items() if (told := rate(cell))}
    bases = {label: cell.base or 0.0 for label, cell in outcomes.items() if cell is not None}
    if len(rates) < _TWO:
        return ()
    wider = NormalDist().inv_cdf(1 - 0.025 / len(rates)) / Z95
    found = [_standing(label, rates, bases, wider) for label in rates]
    return tuple(sorted(found, key=lambda one: (-one.rate.low, -one.rate.value, one.label)))


def _standing(
    label: str, rates: Mapping[str, Estimate], bases: Mapping[str, float], wider: float
) -> Standing:
    own = rates[label]
    mean = mean_rate([(r, bases[other]) for other, r in rates.items() if other != label])
    # A rate that came out low by luck has too narrow an interval of its own.
    inside = min(1.0, max(0.0, mean.value))
    as_others = Z95 * math.sqrt(inside * (1 - inside) / bases[label])
    total = max(own.total, math.hypot(own.privacy, as_others))
    apart = abs(own.value - mean.value) > wider * math.hypot(total, mean.total)
    return Standing(label, own, mean, apart)


def mean_rate(parts: list[tuple[Estimate, float]]) -> Estimate:
    """The mean of independent rates, each weighing as much as its base."""
    whole = sum(weight for _, weight in parts)
    return Estimate(
        sum(r.value * weight for r, weight in parts) / whole,
        math.hypot(*(r.privacy * weight for r, weight in parts)) / whole,
        math.hypot(*(r.total * weight for r, weight in parts)) / whole,
    )

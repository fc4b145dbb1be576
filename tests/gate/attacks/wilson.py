"""Wilson's interval of a share (1927), and the risk that is left beside a control."""

from __future__ import annotations

import math
from dataclasses import dataclass

_Z95 = 1.96


@dataclass(frozen=True)
class Share:
    """So many of so many, with its 95 % interval."""

    right: int
    trials: int

    @property
    def value(self) -> float:
        return self.right / self.trials

    @property
    def interval(self) -> tuple[float, float]:
        n, p, z2 = self.trials, self.value, _Z95**2
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z95 / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        return middle - half, middle + half

    def risk_beside(self, control: float) -> float:
        """(attack − control) / (1 − control), at least 0."""
        return max(0.0, (self.value - control) / (1 - control))

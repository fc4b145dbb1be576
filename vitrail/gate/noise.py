"""Sticky noise: the same cell of the same question always gets the same draw.

Every draw is the sum of two layers. One is seeded by *who* is in the cell, so that asking for the
same people in other words does not average the noise away. The other is seeded by *what was
asked*, so that two conditions which select the same people do not return the same number and
betray it. Seeds are HMAC-SHA256 under the workspace's noise key, computed here and never in SQL.
"""

from __future__ import annotations

import hmac
import json
import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Final

#: Of each layer, for one person's whole contribution; together √2 · 2.85 = 4.03. Below 4 in total
#: the best guess from a single count is right in more than 55 %: Φ(1 / (2 σ)).
LAYER_SIGMA: Final = 2.85
SIGMA: Final = math.sqrt(2) * LAYER_SIGMA

#: Half-width of a 95 % interval in standard deviations.
Z95: Final = 1.96

_STANDARD: Final = NormalDist()
_ENCODER: Final = json.JSONEncoder(separators=(",", ":"), default=str)


class NoiseSource:
    """Draws standard normal numbers that are a keyed function of their labels."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def normal(self, *seed: object) -> float:
        """One draw of N(0, 1), the same for the same seed and key."""
        digest = hmac.digest(self._key, _ENCODER.encode(seed).encode(), "sha256")
        uniform = ((int.from_bytes(digest[:8], "big") >> 11) + 0.5) / 2**53
        return _STANDARD.inv_cdf(uniform)

    def layered(self, label: str, who: Sequence[object], asked: Sequence[object]) -> float:
        """One draw of N(0, 2): a layer for who is in the cell and one for what was asked.

        ``label`` names the number (``persons``, ``sum(amount)``) or the decision (``threshold``);
        no two of them share a draw.
        """
        return self.normal("who", label, *who) + self.normal("asked", label, *asked)

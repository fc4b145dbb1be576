"""Sticky noise: the same cell of the same question always gets the same draw.

Every draw is made of two layers. One is seeded by *who* is in the cell, so that asking for the
same people in other words does not average all of the noise away. The other, the larger, is
seeded by *what was asked*, so that two conditions which select the same people do not return the
same number and betray it. Seeds are HMAC-SHA256 under the workspace's noise key, computed here
and never in SQL.

How large the noise is has two reasons. A guess at one person from one number is right in
Φ(1 / (2 σ)) of all cases, and n independent numbers about the same person add up as √n. So every
number has σ ≥ 6 (53.3 %); the finer the question, the larger σ, for there are more fine questions
about one person than coarse ones; and a large cell, of which there are many around everybody, has
as much noise as chance allows without hurting its use: σ = 0.8 √n, at most 13. Whoever was there
once is in a week, a month, a quarter and a year, so counts have σ ≥ 10 over a week and σ = 13 over
the rest: √(1/10² + 3/13²) / 2 = 0.083, and all four together are right in 53.3 %.

A count of two labels has σ = 20, of three and more 30: with 10 and 13 all counts about one plan in
one month, by a place, its region and a device, were right in 55.7 % together. There are two of one
label, six of two and four of three: √(2/13² + 6/20² + 4/30²) / 2 = 0.088, which is 53.5 %.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from hashlib import sha256
from statistics import NormalDist
from typing import Final

#: σ of a count by how many labels its cell has (none, one, two, three and more), in persons.
FLOORS: Final = (6.0, 6.0, 20.0, 30.0)
#: The same of a sum, in whole contributions. With 6 for one label, a sum and its rung told of the
#: one who brings most in 54.7 % of cases. With 8, 10 and 13 for one label, two and three, all rows,
#: sums and counts about one plan in one month told of somebody in 55.3 % together.
_SUM_FLOORS: Final = (8.0, 13.0, 26.0, 40.0)
#: The least σ of a count over a week; over a longer span it is MOST. What lives in its own days is
#: in no longer span beside them, and needs neither.
_WEEK: Final = 10.0
_DAYS: Final = 7
#: What σ can be by the cell's size. Few steps, so that the stated error does not tell it.
_STEPS: Final = (6.0, 8.0, 10.0, 13.0)
#: The most that σ grows to by size or span; finer cells have more from the start.
MOST: Final = _STEPS[-1]

#: Of the variance, what hangs on who is in the cell. Were it half, two questions would be told to
#: have the same people in 58 % of cases by how far their answers lie apart; with a quarter, 53 %.
WHO_SHARE: Final = 0.25

#: A larger draw, of which there are two in a thousand million, counts as this one: what holds by it
#: needs no draw.
NEVER_BEYOND: Final = 6.0

#: Half-width of a 95 % interval in standard deviations.
Z95: Final = 1.96

#: σ of a large count by the square root of its size, and the size from which on it is MOST.
_OF_CHANCE: Final = 0.8
LARGE: Final = (MOST / _OF_CHANCE) ** 2
_WHO: Final = math.sqrt(WHO_SHARE)
_ASKED: Final = math.sqrt(1 - WHO_SHARE)
_STANDARD: Final = NormalDist()
_BLOCK: Final = 64
_ENCODER: Final = json.JSONEncoder(separators=(",", ":"), default=str)


def floor_sigma(labels: int) -> float:
    """The least σ of a count of a cell with so many labels, in persons."""
    return FLOORS[min(labels, len(FLOORS) - 1)]


def sum_sigma(labels: int) -> float:
    """σ of a sum over a cell with so many labels, in whole contributions."""
    return _SUM_FLOORS[min(labels, len(_SUM_FLOORS) - 1)]


def span_sigma(days: int) -> float:
    """The least σ of a count over a calendar span of so many days."""
    return _WEEK if days <= _DAYS else MOST


def count_sigma(size: float, floor: float) -> float:
    """σ of a published count, never under ``floor``; ``size`` is the count, blurred."""
    chance = _OF_CHANCE * math.sqrt(max(size, 0.0))
    return max(floor, max((s for s in _STEPS if s <= chance), default=0.0))


class NoiseSource:
    """Draws standard normal numbers that are a keyed function of their labels."""

    def __init__(self, key: bytes) -> None:
        # HMAC-SHA256 (RFC 2104) with its two keyed states made once: a large answer takes tens of
        # thousands of draws, and `hmac` spends nine tenths of each on making them.
        block = (key if len(key) <= _BLOCK else sha256(key).digest()).ljust(_BLOCK, b"\0")
        self._inner = sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = sha256(bytes(byte ^ 0x5C for byte in block))

    def digest(self, text: bytes) -> bytes:
        """The HMAC-SHA256 of a text under the key."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text)
        outer.update(inner.digest())
        return outer.digest()

    def normal(self, *seed: object) -> float:
        """One draw of N(0, 1), the same for the same seed and key."""
        digest = self.digest(_ENCODER.encode(seed).encode())
        uniform = ((int.from_bytes(digest[:8], "big") >> 11) + 0.5) / 2**53
        return _STANDARD.inv_cdf(uniform)

    def layered(self, label: str, who: Sequence[object], asked: Sequence[object]) -> float:
        """One draw of N(0, 1): a layer for who is in the cell and one for what was asked.

        ``label`` names the number (``persons``, ``sum(amount)``) or the decision (``threshold``);
        no two of them share a draw.
        """
        of_who = self.normal("who", label, *who)
        return _WHO * of_who + _ASKED * self.normal("asked", label, *asked)

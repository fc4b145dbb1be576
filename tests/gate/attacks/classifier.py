"""What the attacker learns: a linear discriminant on all that answers show, from keys of his own.

He knows the mechanism and both worlds, so he plays both as often as he likes under keys of his
own, and reads the real answers by what he learned (Fisher 1936; for Gaussian noise of the same
spread in both worlds, no rule does better).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Seen = NDArray[np.float64]

_RIDGE = 1e-3


@dataclass(frozen=True)
class Rule:
    """Says "with" where the weighted sum of standardised features is above ``least``."""

    centre: Seen
    spread: Seen
    weights: Seen
    least: float

    @classmethod
    def learn(cls, without: Seen, with_: Seen) -> Rule:
        both = np.vstack([without, with_])
        centre, spread = both.mean(axis=0), both.std(axis=0)
        spread = np.where(spread > 0, spread, 1.0)
        a, b = (without - centre) / spread, (with_ - centre) / spread
        within = (np.cov(a.T, ddof=0) + np.cov(b.T, ddof=0)).reshape(len(centre), -1) / 2
        weights = np.linalg.solve(within + _RIDGE * np.eye(len(centre)), b.mean(0) - a.mean(0))
        return cls(centre, spread, weights, _best_split(a @ weights, b @ weights))

    def says_with(self, seen: Seen) -> NDArray[np.bool_]:
        said: NDArray[np.bool_] = ((seen - self.centre) / self.spread) @ self.weights > self.least
        return said


def _best_split(low: Seen, high: Seen) -> float:
    """The split that is right most often in training; in the middle of a gap where there is one."""
    scores = np.concatenate([low, high])
    order = np.argsort(scores, kind="stable")
    gain = np.cumsum(np.where(order < len(low), 1, -1))
    ends = np.append(np.diff(scores[order]) > 1e-9, False)
    if not ends.any():
        return float(scores.max())
    best = int(np.argmax(np.where(ends, gain, -len(scores))))
    return float((scores[order][best] + scores[order][best + 1]) / 2)

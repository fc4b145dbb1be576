"""The quick scan: which rows are looked at, and what may be said of those that are not.

A row is drawn by a hash of its number, so the sample is the same whatever the batches and
processes, and spread over the whole file. What it says of the rest: :mod:`vitrail.detect.bounds`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

#: Rows drawn a dataset: enough to say "fewer than 3 in 10,000", with room for chance and
#: for a number of rows that is estimated from the first ones.
SAMPLE_ROWS: Final = 11_500


def sample_rate(rows: int) -> float:
    """The share of rows to draw from a dataset of about ``rows``."""
    return min(1.0, SAMPLE_ROWS / rows) if rows else 1.0


def drawn(first_row: int, rows: int, rate: float) -> npt.NDArray[np.bool_]:
    """Which of ``rows`` rows from ``first_row`` on are in a sample of ``rate``."""
    if rate >= 1:
        return np.ones(rows, bool)
    with np.errstate(over="ignore"):  # splitmix64 (Steele et al., 2014) works modulo 2^64
        x = np.arange(first_row, first_row + rows, dtype=np.uint64)
        x = (x + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x ^= x >> np.uint64(31)
    return x < np.uint64(int(rate * (2**64 - 1)))

"""Cells that are one IPv4 address, and what a phone number's recogniser makes of them."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from vitrail.detect.whole.rule import Numbers, Verdicts, matches

_OCTET: Final = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
QUAD: Final = rf"{_OCTET}(?:\.{_OCTET}){{3}}"


class NetworkRule:
    """``score``: what the recogniser gives an IPv4 address."""

    def __init__(self, score: float) -> None:
        self._score = score

    def verdicts(self, values: pa.Array) -> Verdicts:
        sure = matches(values, QUAD)
        return Verdicts(sure, np.where(sure, self._score, 0.0))

    def normal(self, values: pa.Array) -> pa.Array:
        return values

    def shapes(self, values: pa.Array) -> Numbers:
        return np.zeros(len(values), np.int64)

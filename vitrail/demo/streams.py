"""Independent random streams from one seed, one for each part of the company.

A part draws from its own stream, so that adding a draw to one table leaves the others as they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np


@dataclass(frozen=True, slots=True)
class Streams:
    """``Streams(7).of("orders")`` is the same generator state on every machine and day."""

    seed: int

    def of(self, *name: str | int) -> np.random.Generator:
        words = [crc32(str(part).encode()) for part in name]
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([self.seed, *words])))

"""What the detector answers: hits in columns, without the values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Detections:
    """Hits in columns of equal length, ordered by value, then start. Never a raw value.

    ``value`` is an index into the values that were judged; ``start`` and ``end`` are code
    points, half open. ``notes`` are sentences about what was not looked at, and why.
    """

    value: np.ndarray
    entity_type: list[str]
    start: np.ndarray
    end: np.ndarray
    score: np.ndarray
    recognizer: list[str]
    fingerprint: list[str]
    masked: list[str]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.entity_type)

    @classmethod
    def none(cls, notes: tuple[str, ...] = ()) -> Detections:
        index = np.empty(0, np.int64)
        place = np.empty(0, np.int32)
        return cls(index, [], place, place, np.empty(0, np.float32), [], [], [], notes)

"""Verdicts on values seen before, so that a value that comes in every batch is judged once.

Only columns whose values come back are worth it: where most values of a batch are new, the
column is not remembered. What is kept lives in the worker's memory alone and is bounded; the
column that was used longest ago goes first. A column without a first look is not remembered
either: there the verdict on a value could differ from batch to batch.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect.detector import ColumnContext, Detections, Detector

#: A column is remembered while its batches hold at most this share of distinct values.
_WORTH: Final = 0.5
_LIMIT_BYTES: Final = 64 << 20


@dataclass(slots=True)
class _Column:
    """Values judged so far, and the hits in them by the values' positions."""

    values: pa.Array
    found: Detections

    @property
    def nbytes(self) -> int:
        return int(self.values.nbytes + self.found.table.nbytes)


class Memory:
    """Judges values, those of them that it does not know the verdict of yet."""

    def __init__(self, detector: Detector, limit_bytes: int = _LIMIT_BYTES) -> None:
        self._detector = detector
        self._limit = limit_bytes
        self._columns: OrderedDict[Hashable, _Column] = OrderedDict()
        self._bytes = 0

    def judge(
        self,
        key: Hashable,
        values: pa.Array,
        counts: npt.NDArray[np.int64],
        context: ColumnContext,
    ) -> Detections:
        """The hits in ``values`` (distinct, none null). ``key`` names the column."""
        known = self._take(key)
        if known is None:
            found = self._detector.judge(values, context, counts=counts)
            if context.first_look is not None and len(values) <= _WORTH * counts.sum():
                self._put(key, _Column(values, found))
            return found
        place = pc.index_in(values, value_set=known.values)
        new = np.flatnonzero(~place.is_valid().to_numpy(zero_copy_only=False))
        fresh = Detections.none()
        if len(new):
            new_values = values.take(pa.array(new))
            fresh = self._detector.judge(new_values, context, counts=counts[new])
        merged = _merge(place, new, known.found, fresh)
        if len(new):
            later = fresh.at(np.arange(len(fresh)), fresh.value + len(known.values))
            known = _Column(
                pa.concat_arrays([known.values, new_values]),
                Detections.joined([known.found, later]),
            )
        self._put(key, known)
        return merged

    def _take(self, key: Hashable) -> _Column | None:
        known = self._columns.pop(key, None)
        if known is not None:
            self._bytes -= known.nbytes
        return known

    def _put(self, key: Hashable, column: _Column) -> None:
        if column.nbytes > self._limit // 4:
            return
        self._columns[key] = column
        self._bytes += column.nbytes
        while self._bytes > self._limit:
            _, oldest = self._columns.popitem(last=False)
            self._bytes -= oldest.nbytes


def _merge(
    place: pa.Array,
    new: npt.NDArray[np.int64],
    known: Detections,
    fresh: Detections,
) -> Detections:
    """Remembered and fresh hits, both by position in ``values``."""
    here = np.flatnonzero(place.is_valid().to_numpy(zero_copy_only=False))
    there = place.drop_null().to_numpy()
    judged = known.value
    position = np.full(int(judged.max()) + 1 if len(known) else 0, -1, np.int64)
    inside = there < len(position)
    position[there[inside]] = here[inside]
    index = np.flatnonzero(position[judged] >= 0)
    old = known.at(index, position[judged[index]])
    newer = fresh.at(np.arange(len(fresh)), new[fresh.value])
    return Detections.joined([old, newer])

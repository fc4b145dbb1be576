"""Known hashes in a column: looked up, and set beside what else was found there."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vitrail.detect.detections import SCHEMA, Detections
from vitrail.detect.digest_runs import DigestRuns, base64_cells, hex_runs
from vitrail.detect.known import ALGORITHMS, RECOGNIZER, TYPES, KnownDigests

_OF: Final = {"EMAIL_ADDRESS": "an e-mail address", "PHONE_NUMBER": "a phone number"}


class KnownHashes:
    """Looks the hashes of a column up. ``wanted``: the entity types that are told."""

    def __init__(self, known: KnownDigests, wanted: frozenset[str]) -> None:
        self._known = known
        self._told = np.array([entity in wanted for entity in TYPES])

    def beside(self, found: Detections, values: pa.Array) -> Detections:
        """``found`` with the known hashes; what overlaps one gives way, for a hash that is looked
        up is certain."""
        hashes = self._hits(values)
        if not len(hashes):
            return found
        apart = np.flatnonzero(~_overlapping(found, hashes))
        joined = Detections.joined([found.at(apart, found.value[apart]), hashes])
        order = np.lexsort((joined.start, joined.value))
        return joined.at(order, joined.value[order])

    def _hits(self, values: pa.Array) -> Detections:
        parts = [self._of(runs) for runs in (hex_runs(values), base64_cells(values)) if runs]
        return Detections.joined(parts)

    def _of(self, runs: DigestRuns) -> Detections:
        known = self._known
        place = known.find(runs.high, runs.low, runs.algorithm)
        hit = (place >= 0) & self._told[known.entity[place]]
        runs, place = runs.kept(hit), place[hit]
        entities = [TYPES[number] for number in known.entity[place]]
        kinds = zip(runs.algorithm.tolist(), entities, strict=True)
        columns = {
            "value": pa.array(runs.value, pa.int64()),
            "start": pa.array(runs.start.astype(np.int32)),
            "end": pa.array(runs.end.astype(np.int32)),
            "score": pa.array(np.ones(len(place), np.float32)),
            "entity_type": pa.array(entities, pa.string()).dictionary_encode(),
            "recognizer": pa.array([RECOGNIZER] * len(place), pa.string()).dictionary_encode(),
            "masked": pa.array(
                [f"{ALGORITHMS[a]} of {_OF[entity]}" for a, entity in kinds], pa.string()
            ).dictionary_encode(),
            "fingerprint": pa.array([known.fingerprint(n) for n in place.tolist()], pa.string()),
        }
        return Detections(pa.table(columns, schema=SCHEMA))


def _overlapping(found: Detections, hashes: Detections) -> npt.NDArray[np.bool_]:
    """Which of ``found`` share a character with one of ``hashes``."""
    result = np.zeros(len(found), np.bool_)
    values, starts, ends = found.value, found.start, found.end
    rows = zip(hashes.value.tolist(), hashes.start.tolist(), hashes.end.tolist(), strict=True)
    for value, start, end in rows:
        first, last = np.searchsorted(values, [value, value + 1])
        result[first:last] |= (starts[first:last] < end) & (ends[first:last] > start)
    return result

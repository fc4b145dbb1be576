"""What a rule for whole cells answers, and the looks at a column's text that rules share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """For each cell: whether the rule is ``sure``, and if so the ``score`` with which the
    recogniser finds the whole cell and nothing else in it; 0 where it finds nothing."""

    sure: Flags
    score: npt.NDArray[np.float64]


class Rule(Protocol):
    """One recogniser's verdict on cells that are one value. Arrays: ``string``, no nulls."""

    def verdicts(self, values: pa.Array) -> Verdicts:
        """What the recogniser would find."""

    def normal(self, values: pa.Array) -> pa.Array:
        """The normal form (:mod:`vitrail.detect.normal`) of cells that it is sure of."""

    def shapes(self, values: pa.Array) -> Numbers:
        """A number for each cell; cells of one number have one mask."""


def matches(values: pa.Array, regex: str) -> Flags:
    """Which cells the RE2 pattern takes whole."""
    found = pc.match_substring_regex(values, rf"\A(?:{regex})\z")
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def lengths(values: pa.Array) -> Numbers:
    """Bytes of each cell."""
    return np.asarray(pc.binary_length(values).to_numpy(zero_copy_only=False), dtype=np.int64)


def starts(values: pa.Array) -> tuple[npt.NDArray[np.uint8], Numbers]:
    """The text of all cells as bytes, and where in it each begins, and the last ends."""
    _, offsets, data = values.buffers()
    first = values.offset
    places = np.frombuffer(offsets, np.int32)[first : first + len(values) + 1]
    bytes_: Any = np.empty(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)
    return bytes_, places.astype(np.int64)


def first_bytes(values: pa.Array) -> npt.NDArray[np.uint8]:
    """The first byte of each cell; no cell may be empty."""
    data, places = starts(values)
    return data[places[:-1]]


def cut(values: pa.Array, places: Numbers) -> tuple[pa.Array, pa.Array]:
    """Each cell in two, before and from ``places``: bytes counted from the column's beginning."""
    _, offsets = starts(values)
    both = np.empty(2 * len(values) + 1, np.int32)
    both[::2] = offsets
    both[1::2] = places
    halves = pa.StringArray.from_buffers(2 * len(values), pa.py_buffer(both), values.buffers()[2])
    every = np.arange(len(values))
    return halves.take(pa.array(2 * every)), halves.take(pa.array(2 * every + 1))

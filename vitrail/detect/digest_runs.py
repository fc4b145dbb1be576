"""Where digests may stand in a column: hex runs of the right length, cells of base64.

All by Arrow and numpy over the column's bytes; a cell without a digest costs one regex of RE2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from numpy.lib.stride_tricks import sliding_window_view

#: Hex digits of a digest, in the order of :data:`~vitrail.detect.known.ALGORITHMS`.
HEX_LENGTHS: Final = (32, 40, 64)
_BASE64_LENGTHS: Final = {22: 0, 24: 0, 27: 1, 28: 1, 43: 2, 44: 2}
_HEX_RUN: Final = "[0-9A-Fa-f]{32}"
_BASE64_CELL: Final = "^(?:[0-9A-Za-z+/_-]{22}(?:==)?|[0-9A-Za-z+/_-]{27}=?|[0-9A-Za-z+/_-]{43}=?)$"

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]


def _table(*alphabets: bytes) -> Bytes:
    """Byte → its place in any of the alphabets; 255 where it is in none."""
    table = np.full(256, 255, np.uint8)
    for alphabet in alphabets:
        table[np.frombuffer(alphabet, np.uint8)] = np.arange(len(alphabet), dtype=np.uint8)
    return table


_LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_HEX: Final = _table(b"0123456789abcdef", b"0123456789ABCDEF")
_BASE64: Final = _table(_LETTERS + b"+/", _LETTERS + b"-_")


@dataclass(frozen=True, slots=True)
class DigestRuns:
    """``value``: the cell's index; ``start``, ``end``: code points in it; ``algorithm``: by the
    length; ``high``, ``low``: the first and second eight bytes of what may be a digest."""

    value: Places
    start: Places
    end: Places
    algorithm: Bytes
    high: npt.NDArray[np.uint64]
    low: npt.NDArray[np.uint64]

    def kept(self, which: npt.NDArray[np.bool_]) -> DigestRuns:
        return DigestRuns(
            self.value[which], self.start[which], self.end[which],
            self.algorithm[which], self.high[which], self.low[which],
        )  # fmt: skip


def hex_runs(values: pa.Array) -> DigestRuns | None:
    """Runs of exactly 32, 40 or 64 hex digits, in either case, wherever they stand."""
    cells = _matching(values, _HEX_RUN)
    if cells is None:
        return None
    offsets, data = _buffers(values.take(pa.array(cells)))
    first, last = _edges(_hex_digits(data), offsets)
    fits = np.isin(last - first, HEX_LENGTHS)
    first, last = first[fits], last[fits]
    cell = np.searchsorted(offsets, first, "right") - 1
    if not len(first):
        return None
    nibbles: Any = _HEX[sliding_window_view(data, 32)[first]]
    high, low = _words(nibbles[:, 0::2] << 4 | nibbles[:, 1::2])
    points = _code_points(data, np.stack([first, last]), offsets[cell])
    algorithm = np.searchsorted(HEX_LENGTHS, last - first).astype(np.uint8)
    return DigestRuns(cells[cell], points[0], points[1], algorithm, high, low)


def base64_cells(values: pa.Array) -> DigestRuns | None:
    """Whole cells as long as a digest is in base64, of either alphabet, padded or not."""
    lengths = pc.binary_length(values).to_numpy(zero_copy_only=False)
    long = np.flatnonzero(np.isin(lengths, list(_BASE64_LENGTHS)))
    if not len(long):
        return None
    inside = _matching(values.take(pa.array(long)), _BASE64_CELL)
    if inside is None:
        return None
    cells = long[inside]
    offsets, data = _buffers(values.take(pa.array(cells)))
    sextets = np.zeros((len(cells), 24), np.uint8)
    sextets[:, :22] = _BASE64[data[offsets[:-1, None] + np.arange(22)]]
    a, b, c, d = (sextets[:, n::4] for n in range(4))
    octets = np.stack([a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d], axis=2)
    high, low = _words(octets.reshape(len(cells), -1)[:, :16])
    sizes = lengths[cells].astype(np.int64)
    algorithm = np.array([_BASE64_LENGTHS[n] for n in sizes.tolist()], np.uint8)
    return DigestRuns(cells, np.zeros_like(sizes), sizes, algorithm, high, low)


def _matching(values: pa.Array, pattern: str) -> Places | None:
    """The cells that the pattern matches, None where there is none."""
    found = pc.match_substring_regex(values, pattern).to_numpy(zero_copy_only=False)
    cells: Places = np.flatnonzero(found)
    return cells if len(cells) else None


def _buffers(values: pa.Array) -> tuple[Places, Bytes]:
    """Offsets and bytes of an array of strings without nulls."""
    _, offsets, data = values.buffers()
    at = np.frombuffer(offsets, np.int32)[values.offset : values.offset + len(values) + 1]
    start, end = int(at[0]), int(at[-1])
    return at.astype(np.int64) - start, np.frombuffer(data, np.uint8)[start:end]


def _hex_digits(data: Bytes) -> npt.NDArray[np.bool_]:
    """Which bytes are hex digits of a run. Those of ``%3D`` and ``\\u003d`` are escapes: a digest
    may come right after them."""
    found: Any = _HEX[data] != 255
    for escape, size in ((b"%", 2), (b"\\u", 4)):
        at = np.flatnonzero(data == escape[0])
        for number, letter in enumerate(escape[1:], 1):
            at = at[at + number < len(data)]
            at = at[data[at + number] == letter]
        for number in range(len(escape), len(escape) + size):
            found[(at + number)[at + number < len(data)]] = False
    checked: npt.NDArray[np.bool_] = found
    return checked


def _edges(inside: npt.NDArray[np.bool_], offsets: Places) -> tuple[Places, Places]:
    """First and past-the-last byte of each run; a run ends where its cell ends."""
    size = len(inside)
    begins = np.zeros(size + 1, np.bool_)
    begins[offsets] = True  # a cell's first byte, and past the last one's end
    before = np.concatenate([[False], inside])
    here = np.concatenate([inside, [False]])
    first = np.flatnonzero(here & (begins | ~before))
    last = np.flatnonzero(before & (begins | ~here))
    return first, last


def _code_points(data: Bytes, places: Places, begins: Places) -> Places:
    """Byte places as code points of their cells, which begin at ``begins``."""
    if data.max() < 0x80:
        return places - begins
    before = np.concatenate([[0], np.cumsum((data & 0xC0) != 0x80)])
    points: Places = before[places] - before[begins]
    return points


def _words(octets: Bytes) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """16 bytes a row as two numbers, the first byte the most significant."""
    words = np.ascontiguousarray(octets).view(">u8").astype(np.uint64)
    return words[:, 0].copy(), words[:, 1].copy()

"""The records of a delimited text in which given bytes lie, without parsing the others.

Where one byte in a million matters, what costs is to know which row it is in. Record ends are
newlines outside quotes; they are counted in blocks, on all cores.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vitrail.exports.formats.delimited import DelimitedTable
from vitrail.exports.reader import ColumnChunk
from vitrail.exports.text_bytes import Bytes, lies_plain

if TYPE_CHECKING:
    from vitrail.exports.formats.table import Table

Int64s = npt.NDArray[np.int64]

_BLOCK: Final = 1 << 20
_NEWLINE: Final = 10
_RETURN: Final = 13
_QUOTE: Final = 34
_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Part:
    """A block's records: how many end before it, and where its own end."""

    first: int
    stop: int
    inside: bool
    before: int = 0


def can_be_told(table: Table) -> bool:
    """Whether the table's form is plain enough; else its reader has to tell."""
    return (
        isinstance(table, DelimitedTable)
        and lies_plain(table)
        and table.dialect.quote in {'"', None}
        and table.dialect.escape is None
        and table.dialect.delimiter is not None
        and not table.dialect.skip
    )


def records_at(table: Table, data: Bytes, places: Sequence[int]) -> list[ColumnChunk] | None:
    """The rows that hold the bytes at ``places``, cell by cell; None where one is not as wide as
    the header, so that the reader has to tell."""
    assert isinstance(table, DelimitedTable)
    ordered = np.unique(np.asarray(places, np.int64))
    parts = _parts(data, int(ordered[-1]), quoted=table.dialect.quote is not None)
    rows: dict[int, list[str]] = {}
    header = int(table.dialect.header)
    for part in parts:
        here = ordered[(ordered >= part.first) & (ordered < part.stop)]
        if len(here) and not _add(table, data, part, here, rows):
            return None
    rows = {row - header: cells for row, cells in rows.items() if row >= header}
    if any(len(cells) != len(table.names) for cells in rows.values()):
        return None
    numbers = np.asarray(sorted(rows), np.int64)
    return [
        ColumnChunk(name, pa.array([rows[n][at] for n in numbers.tolist()], pa.string()), numbers)
        for at, name in enumerate(table.names)
    ]


def _parts(data: Bytes, last: int, *, quoted: bool) -> list[_Part]:
    """The blocks up to the one of ``last``, each with the records that end before it."""
    bounds = [(a, min(a + _BLOCK, len(data))) for a in range(0, last + 1, _BLOCK)]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        counts = list(pool.map(lambda bound: _counted(data, bound, quoted), bounds))
    parts, before, inside = [], 0, False
    for bound, (odd, outside, within) in zip(bounds, counts, strict=True):
        parts.append(_Part(*bound, inside, before))
        before += within if inside else outside
        inside ^= odd
    return parts


def _counted(data: Bytes, bound: tuple[int, int], quoted: bool) -> tuple[bool, int, int]:
    """Of one block: whether its quotes are odd, and how many records end in it should it begin
    outside a quote, or inside one."""
    newlines, open_quotes, odd = _newlines(data, bound, quoted)
    ends = ~_empty(data, newlines)
    outside = int(np.count_nonzero(ends & ~open_quotes))
    return odd, outside, int(np.count_nonzero(ends)) - outside


def _newlines(
    data: Bytes, bound: tuple[int, int], quoted: bool
) -> tuple[Int64s, npt.NDArray[np.bool_], bool]:
    """Where a block's newlines are, which have an odd number of its quotes before them, and
    whether all its quotes are odd."""
    block = data[bound[0] : bound[1]]
    if not quoted:
        newlines = np.flatnonzero(block == _NEWLINE)
        return newlines + bound[0], np.zeros(len(newlines), bool), False
    signs = np.flatnonzero((block == _NEWLINE) | (block == _QUOTE))
    quotes = block[signs] == _QUOTE
    odd = np.bitwise_xor.accumulate(quotes) if len(quotes) else quotes
    lines = ~quotes
    return signs[lines] + bound[0], odd[lines], bool(odd[-1]) if len(odd) else False


def _empty(data: Bytes, ends: Int64s) -> npt.NDArray[np.bool_]:
    """Which newlines end a line with nothing in it."""
    before = data[np.maximum(ends - 1, 0)]
    empty: npt.NDArray[np.bool_] = (before == _NEWLINE) | (ends == 0)
    returns = before == _RETURN
    if returns.any():
        empty |= returns & ((data[np.maximum(ends - 2, 0)] == _NEWLINE) | (ends == 1))
    return empty


def _ends(data: Bytes, part: _Part, quoted: bool) -> Int64s:
    """Where the block's records end: newlines outside quotes that end no empty line."""
    newlines, open_quotes, _ = _newlines(data, (part.first, part.stop), quoted)
    kept: Int64s = newlines[(open_quotes == part.inside) & ~_empty(data, newlines)]
    return kept


def _is_odd(data: Bytes, first: int, stop: int) -> bool:
    return bool(np.count_nonzero(data[first:stop] == _QUOTE) & 1)


def _add(
    table: DelimitedTable, data: Bytes, part: _Part, places: Int64s, rows: dict[int, list[str]]
) -> bool:
    """Parse the records around ``places``; False where one begins or ends too far away."""
    quoted = table.dialect.quote is not None
    ends = _ends(data, part, quoted)
    for index in np.unique(np.searchsorted(ends, places)).tolist():
        row = part.before + index
        start = int(ends[index - 1]) + 1 if index else _start(data, part, table)
        stop = int(ends[index]) + 1 if index < len(ends) else _stop(data, part, table)
        if start < 0 or stop < 0:
            return False
        raw = data[start:stop].tobytes().removeprefix(_MARK if start == 0 else b"")
        cells = _parsed(table, raw)
        if cells is None:
            return False
        rows[row] = cells
    return True


def _start(data: Bytes, part: _Part, table: DelimitedTable) -> int:
    """Where the record begins that goes on into this block: behind an end in the block before."""
    if part.first == 0:
        return 0
    quoted = table.dialect.quote is not None
    first = max(0, part.first - _BLOCK)
    odd = quoted and _is_odd(data, first, part.first)
    before = _Part(first, part.first, odd ^ part.inside)
    ends = _ends(data, before, quoted)
    return int(ends[-1]) + 1 if len(ends) else -1


def _stop(data: Bytes, part: _Part, table: DelimitedTable) -> int:
    """Where the record ends that goes on behind this block."""
    if part.stop == len(data):
        return part.stop
    quoted = table.dialect.quote is not None
    odd = quoted and _is_odd(data, part.first, part.stop)
    after = _Part(part.stop, min(part.stop + _BLOCK, len(data)), odd ^ part.inside)
    ends = _ends(data, after, quoted)
    return int(ends[0]) + 1 if len(ends) else (len(data) if after.stop == len(data) else -1)


def _parsed(table: DelimitedTable, raw: bytes) -> list[str] | None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=table.dialect.delimiter or ",",
        quoting=csv.QUOTE_MINIMAL if table.dialect.quote else csv.QUOTE_NONE,
    )
    try:
        found = [cells for cells in reader if cells]
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None

"""Rows whose width is not the header's: what stands in them is read, and they are told.

The parser gives such a row as text and goes on. Its fields go to the columns by their place, those
too many to the last column; a quote that is never closed, which has swallowed the lines after it,
is taken for a sign and each of its lines for a row of its own.
"""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv

from vitrail.exports.formats.dialect import Dialect
from vitrail.exports.reader import Batch, ColumnChunk

#: Stands for a delimiter where there is one column: a control character that no text holds.
NO_DELIMITER: Final = "\x02"
#: As many bad rows as are told by their lines.
_TOLD: Final = 10


@dataclass(frozen=True, slots=True)
class BadRow:
    """A record of the text, counted from 1 with the header; how many fields and lines it has.
    ``is_open``: it ends with the text, within a quote."""

    number: int
    fields: int
    lines: int
    is_open: bool = False


@dataclass(slots=True)
class _Salvaged:
    """The fields of bad rows by column, each with its row's position."""

    values: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)


class Ragged:
    """Told by the parser of each row whose width is not the header's.

    A parser with threads does not tell a row's number: with ``threads`` the first such row ends
    the reading, and the caller begins again without. Without them it still reads ahead in a thread
    of its own, and tells bad rows while batches are made of those before them: hence the lock.
    """

    def __init__(self, dialect: Dialect, names: Sequence[str]) -> None:
        self._dialect = dialect
        self._names = tuple(names)
        self._lock = Lock()
        #: Of the bad rows whose turn has not come: their positions, and what stands in them.
        self._positions = array("q")
        self._texts: list[str] = []
        self._threads = True
        self._passed = 0
        self.count = 0  #: How many there were.
        self.met = False
        self.first: list[BadRow] = []

    def begin(self, *, threads: bool) -> None:
        """The text is read from its start; bad rows that were met before are not taken again."""
        self._threads = threads
        self._passed = 0

    def __call__(self, invalid: pa.csv.InvalidRow) -> str:
        self.met = True
        if self._threads:
            return "error"
        self._passed += 1
        if self._passed <= self.count:
            return "skip"
        text = invalid.text
        self._add(BadRow(invalid.number, invalid.actual_columns, 1 + text.count("\n")), text)
        return "skip"

    def take_open(self, number: int, text: str) -> None:
        """Take a last row of the right width that has swallowed lines, for its quote is open."""
        self._add(BadRow(number, len(self._names), 1 + text.count("\n"), is_open=True), text)

    def _add(self, row: BadRow, text: str) -> None:
        with self._lock:
            self.count += 1
            self._positions.append(row.number - 1 - int(self._dialect.header))
            self._texts.append(text)
            if len(self.first) < _TOLD:
                self.first.append(row)

    def told(self, lines: Mapping[int, int]) -> tuple[str, str]:
        """What is wrong, as ``has 4 fields in line 5, where the header has 3``, and the remedy.
        ``lines``: those on which rows begin, by the rows' numbers, as far as they are known."""
        more = f" and {self.count - _TOLD:,} more such rows" if self.count > _TOLD else ""
        says = f"has {_said(self.first, lines)}{more}"
        first = self.first[0]
        if first.is_open:
            return says, f"Close the quote in {_where([first], lines)}, or export it again."
        return (
            f"{says}, where the header has {len(self._names)}; their cells were looked at, but "
            "may stand under another column's name",
            "Put quotes around cells that hold the delimiter, or mend "
            f"{'it' if self.count == 1 else 'them'} and scan again.",
        )

    def batch(
        self, table: pa.RecordBatch, row: int, start_row: int, wanted: frozenset[str]
    ) -> Batch:
        """The rows that follow on from position ``row``, the bad ones in their places, less those
        before ``start_row``. A table without rows: the bad rows that are left. No ``bytes``."""
        if not self.count:
            return _as_it_is(table, row, start_row, wanted)
        places, bad, texts = self._next(row, table.num_rows)
        end = 1 + max((int(found[-1]) for found in (places, bad) if len(found)), default=row - 1)
        first = min(max(row, start_row), end)
        skip = int(np.searchsorted(places, first))
        salvaged = self._salvaged(bad, texts, first)
        chunks = []
        for name, values in zip(table.schema.names, table.columns, strict=True):
            if name in wanted:
                more = salvaged.values.get(name, []), salvaged.rows.get(name, [])
                chunks.append(_merged(name, values.slice(skip), places[skip:], *more))
        return Batch(first, end - first, 0, tuple(chunks))

    def _next(
        self, row: int, count: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], list[str]]:
        """The positions of ``count`` good rows, the first at ``row`` or after bad ones there, and
        those and the texts of the bad rows before the last of them, which are taken out."""
        with self._lock:
            bad = np.array(self._positions, np.int64)
            found = np.arange(row, row + count + len(bad), dtype=np.int64)
            places = np.setdiff1d(found, bad, assume_unique=True)[:count]
            taken = int(np.searchsorted(bad, places[-1])) if count else len(bad)
            texts = self._texts[:taken]
            del self._positions[:taken], self._texts[:taken]
        return places, bad[:taken], texts

    def _salvaged(
        self, rows: npt.NDArray[np.int64], texts: Sequence[str], start_row: int
    ) -> _Salvaged:
        found = _Salvaged()
        for row, text in zip(rows.tolist(), texts, strict=True):
            if row < start_row:
                continue
            for fields in self._fields(text):
                for name, cell in _by_place(fields, self._names, self._dialect.delimiter):
                    found.values.setdefault(name, []).append(cell)
                    found.rows.setdefault(name, []).append(row)
        return found

    def _fields(self, text: str) -> list[list[str]]:
        """The fields of a bad row; of one that spans lines, line by line and without its quotes,
        for one of them is what went wrong."""
        dialect = self._dialect
        plain = "\n" in text or dialect.quote is None
        reader = csv.reader(
            io.StringIO(text, newline=""),
            delimiter=dialect.delimiter or NO_DELIMITER,
            quotechar=dialect.quote,
            doublequote=dialect.escape is None,
            escapechar=dialect.escape,
            quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL,
        )
        try:
            return [[cell.strip('"') for cell in fields] for fields in reader if fields]
        except csv.Error:
            return [[line] for line in text.splitlines()]


def _as_it_is(table: pa.RecordBatch, row: int, start_row: int, wanted: frozenset[str]) -> Batch:
    """A batch where no row is bad."""
    end = row + table.num_rows
    first = min(max(row, start_row), end)
    cells = zip(table.schema.names, table.columns, strict=True)
    chunks = tuple(ColumnChunk(n, v.slice(first - row)) for n, v in cells if n in wanted)
    return Batch(first, end - first, 0, chunks)


def _by_place(
    fields: list[str], names: Sequence[str], delimiter: str | None
) -> list[tuple[str, str]]:
    """Each field with its column; those too many are one cell of the last column."""
    last = len(names) - 1
    cells = [*fields[:last], (delimiter or " ").join(fields[last:])]
    return [(name, cell) for name, cell in zip(names, cells, strict=False) if cell]


def _merged(
    name: str, values: pa.Array, rows: npt.NDArray[np.int64], more: list[str], at: list[int]
) -> ColumnChunk:
    """A column's cells with those of bad rows among them, by row."""
    if not more:
        return ColumnChunk(name, values, rows)
    together = np.concatenate((rows, np.asarray(at, np.int64)))
    order = np.argsort(together, kind="stable")
    cells = pa.concat_arrays([values, pa.array(more, values.type)])
    return ColumnChunk(name, cells.take(pa.array(order)), together[order])


def _said(rows: Sequence[BadRow], lines: Mapping[int, int]) -> str:
    """``5 fields in line 3, 1 field in lines 7, 9 and 12 to 15``, each width once."""
    widths: dict[tuple[bool, int], list[BadRow]] = {}
    for row in rows:
        widths.setdefault((row.is_open, row.fields), []).append(row)
    return ", ".join(
        f"a quote in {_where(group, lines)} that is never closed; each line after it was read by "
        "itself"
        if is_open
        else f"{fields} field{'' if fields == 1 else 's'} in {_where(group, lines)}"
        for (is_open, fields), group in sorted(widths.items())
    )


def _where(rows: Sequence[BadRow], lines: Mapping[int, int]) -> str:
    """``line 5``, ``lines 5, 9 and 12 to 15``; the rows' numbers where no line is known."""
    known = all(row.number in lines for row in rows)
    told = [_span(row, lines) if known else f"{row.number:,}" for row in rows]
    noun = "line" if known else "row"
    if len(told) == 1 and " " not in told[0]:
        return f"{noun} {told[0]}"
    return f"{noun}s {', '.join(told[:-1])}{' and ' if told[1:] else ''}{told[-1]}"


def _span(row: BadRow, lines: Mapping[int, int]) -> str:
    first = lines[row.number]
    if row.lines == 1 or row.is_open:
        return f"{first:,}"
    return f"{first:,} to {first + row.lines - 1:,}"

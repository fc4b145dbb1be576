"""Plain text and access logs: only the slices that change are others, line ends included."""

from __future__ import annotations

import re
from typing import IO, Final

import numpy as np
import pyarrow as pa

from vitrail.exports.copies.changes import Cells, Index, TableChanges, Window
from vitrail.exports.copies.sinks import TextSink
from vitrail.exports.formats.flattening import too_long
from vitrail.exports.formats.lines import (
    LINE,
    LOG_COLUMNS,
    LOG_FORM,
    LOG_FORMAT,
    UNPARSED,
    LinesTable,
)
from vitrail.exports.formats.text import Utf8Stream

_BLOCK: Final = 4 << 20
_FORM: Final = re.compile(LOG_FORM, re.ASCII)


def copy(table: LinesTable, changes: TableChanges, out: IO[bytes]) -> int:
    """Write the table; how many rows it has."""
    sink = TextSink(out, table.origin, table.encoding)
    changed = _log_lines if table.dataset.format == LOG_FORMAT else _text_lines
    row, begun = 0, b""
    with Utf8Stream(table.origin, table.encoding) as stream:
        while block := stream.read(_BLOCK):
            begun += block
            lines = begun.split(b"\n")
            begun = lines.pop()
            if len(begun) > 2 * table.origin.options.max_cell:
                raise too_long("(a line)", table.origin)
            changed(_Lines(lines, row), changes.window(row, row + len(lines)))
            row += len(lines)
            sink.write(b"".join(line + b"\n" for line in lines))
        if stream.failure is not None:
            raise stream.failure
    if begun:
        last = [begun]
        changed(_Lines(last, row), changes.window(row, row + 1))
        sink.write(last[0])
        row += 1
    return row


class _Lines:
    """Some lines, each with the end that it was written with."""

    def __init__(self, lines: list[bytes], first: int) -> None:
        self._lines, self._first = lines, first

    def text(self, row: int) -> str:
        """A line without its end."""
        return self._lines[row - self._first].decode("utf-8", "surrogatepass").rstrip("\r\n")

    def put(self, row: int, text: str) -> None:
        """Another text before the same end."""
        line = self._lines[row - self._first]
        kept = line[len(line.rstrip(b"\r\n")) :]
        self._lines[row - self._first] = text.encode("utf-8", "surrogatepass") + kept


def _text_lines(lines: _Lines, window: Window) -> None:
    _replace(lines, window.rows(LINE), LINE, window)


def _replace(lines: _Lines, rows: Index, column: str, window: Window) -> None:
    """Change lines that are one cell each."""
    texts = [lines.text(row) for row in rows.tolist()]
    new = window.texts(column, Cells(rows, pa.array(texts, pa.large_string())))
    for place, text in zip(new.places.tolist(), new.values.to_pylist(), strict=True):
        lines.put(int(rows[place]), text)


def _log_lines(lines: _Lines, window: Window) -> None:
    """Lines of a log with each of their parts where it stood; one of another form is one part."""
    matches: dict[int, re.Match[str] | None] = {}
    edits: dict[int, list[tuple[int, int, str]]] = {}
    for name in LOG_COLUMNS[:-1]:
        wanted = window.rows(name)
        for row in wanted.tolist():
            if row not in matches:
                matches[row] = _FORM.match(lines.text(row))
        parts = [match and match[name] for row in wanted.tolist() for match in (matches[row],)]
        texts = [None if part == "-" else part for part in parts]
        new = window.texts(name, Cells(wanted, pa.array(texts, pa.large_string())))
        for row, text in zip(wanted[new.places].tolist(), new.values.to_pylist(), strict=True):
            if match := matches[row]:
                edits.setdefault(row, []).append((*match.span(name), text))
    for row, parts_of in edits.items():
        line = lines.text(row)
        for start, end, text in sorted(parts_of, reverse=True):  # so that places before it hold
            line = line[:start] + text + line[end:]
        lines.put(row, line)
    rows = [r for r in window.rows(UNPARSED).tolist() if _FORM.match(lines.text(r)) is None]
    _replace(lines, np.array(rows, np.int64), UNPARSED, window)

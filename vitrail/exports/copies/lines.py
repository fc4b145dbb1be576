"""Plain text and access logs: only the slices that change are others, line ends included."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import IO, Final

from vitrail.exports.copies.changes import TableChanges, Window
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

_Changed = Callable[[str, int, Window], str]

_BLOCK: Final = 4 << 20
_FORM: Final = re.compile(LOG_FORM, re.ASCII)


def copy(table: LinesTable, changes: TableChanges, out: IO[bytes]) -> int:
    """Write the table; how many rows it has."""
    sink = TextSink(out, table.origin, table.encoding)
    changed = _log_line if table.dataset.format == LOG_FORMAT else _text_line
    row, begun = 0, b""
    with Utf8Stream(table.origin, table.encoding) as stream:
        while block := stream.read(_BLOCK):
            begun += block
            lines = begun.split(b"\n")
            begun = lines.pop()
            if len(begun) > 2 * table.origin.options.max_cell:
                raise too_long("(a line)", table.origin)
            _change(lines, row, changes, changed)
            row += len(lines)
            sink.write(b"".join(line + b"\n" for line in lines))
        if stream.failure is not None:
            raise stream.failure
    if begun:
        last = [begun]
        _change(last, row, changes, changed)
        sink.write(last[0])
        row += 1
    return row


def _change(lines: list[bytes], first: int, changes: TableChanges, changed: _Changed) -> None:
    window = changes.window(first, first + len(lines))
    for row in window.rows:
        whole = lines[row - first].decode("utf-8", "surrogatepass")
        line = whole.rstrip("\r\n")
        if line:
            new = changed(line, row, window) + whole[len(line) :]
            lines[row - first] = new.encode("utf-8", "surrogatepass")


def _text_line(line: str, row: int, window: Window) -> str:
    change = window.cell(row, LINE)
    return line if change is None else change.text(line)


def _log_line(line: str, row: int, window: Window) -> str:
    """A log's line with each of its parts where it stood; one of another form is one part."""
    match = _FORM.match(line)
    if match is None:
        change = window.cell(row, UNPARSED)
        return line if change is None else change.text(line)
    for name in reversed(LOG_COLUMNS[:-1]):  # from the end, so that places before it hold
        part, change = match[name], window.cell(row, name)
        if part and part != "-" and change is not None:
            line = line[: match.start(name)] + change.text(part) + line[match.end(name) :]
    return line

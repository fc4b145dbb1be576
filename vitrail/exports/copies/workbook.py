"""A workbook by the values of its cells alone.

Styles, formulas (their values are written), comments, pivot tables, charts, macros and document
properties are left behind on purpose: each of them can hold a second copy of a cell, or a name.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import PurePosixPath
from typing import IO, Any, Final

import pyarrow as pa

from vitrail.exports import scratch
from vitrail.exports.copies.changes import Cells, TableChanges, Window
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.workbook import SheetTable, cell_text, laid_out

ChangesOf = Callable[[SheetTable], TableChanges]

_ROWS: Final = 5_000
_LONGEST_NAME: Final = 31
_EXACT: Final = 1 << 53


def copy(
    tables: Sequence[SheetTable], changes_of: ChangesOf, out: IO[bytes]
) -> dict[SheetTable, int]:
    """Write the workbook that holds all of ``tables``; how many rows each has."""
    import xlsxwriter

    origin = tables[0].origin
    _require_xlsx(origin)
    options = {"constant_memory": True, "tmpdir": str(scratch.folder(origin.options.scratch))}
    book = xlsxwriter.Workbook(out, options)
    formats = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        time: book.add_format({"num_format": "hh:mm:ss"}),
        timedelta: book.add_format({"num_format": "[h]:mm:ss"}),
    }
    rows = {}
    for table in tables:
        changes = changes_of(table)
        sheet = book.add_worksheet(changes.name(table.sheet)[:_LONGEST_NAME])
        rows[table] = _Sheet(sheet, table, changes, formats).copy()
    book.close()
    return rows


class _Sheet:
    """One sheet on its way into the copy."""

    def __init__(
        self, sheet: Any, table: SheetTable, changes: TableChanges, formats: dict[type, Any]
    ) -> None:
        self._sheet, self._table, self._changes, self._formats = sheet, table, changes, formats
        self._names = [column.name for column in table.dataset.columns]

    def copy(self) -> int:
        """Write the cells where they stood; how many rows lie under the header."""
        table, row = self._table, 0
        with laid_out(table.origin, table.sheet) as ((top, left), data):
            for heading in islice(data, int(table.header)):
                self._write_row(top, left, [self._named(*pair) for pair in enumerate(heading)])
            first = top + int(table.header)
            while rows := list(islice(data, _ROWS)):
                window = self._changes.window(row, row + len(rows))
                _change(rows, row, self._names, window)
                for cells in rows:
                    self._write_row(first + row, left, cells)
                    row += 1
        return row

    def _named(self, place: int, cell: Any) -> Any:
        """A header's cell, or another where it is personal data itself."""
        name = self._names[place]
        new = self._changes.name(name)
        return cell if new == name else new

    def _write_row(self, row: int, left: int, cells: list[Any]) -> None:
        for place, cell in enumerate(cells):
            if cell is not None:
                self._write(row, left + place, cell)

    def _write(self, row: int, column: int, cell: Any) -> None:
        if isinstance(cell, bool):
            self._sheet.write_boolean(row, column, cell)
        elif isinstance(cell, int | float) and abs(cell) < _EXACT:
            self._sheet.write_number(row, column, cell)
        elif isinstance(cell, datetime | date | time | timedelta) and _in_calendar(cell):
            self._sheet.write_datetime(row, column, cell, self._formats[type(cell)])
        else:
            self._sheet.write_string(row, column, cell_text(cell) or "")


def _in_calendar(cell: datetime | date | time | timedelta) -> bool:
    """Whether a workbook can hold the date as one: its calendar begins in 1900."""
    return not isinstance(cell, date) or cell.year >= 1900


def _change(block: list[list[Any]], first: int, names: list[str], window: Window) -> None:
    """Cells of a sheet are each of a type of their own, so what changes becomes a text."""
    for place, name in enumerate(names):
        rows = window.rows(name)
        if not len(rows):
            continue
        texts = [cell_text(block[row - first][place]) for row in rows.tolist()]
        new = window.texts(name, Cells(rows, pa.array(texts, pa.large_string())))
        for row, text in zip(rows[new.places].tolist(), new.values.to_pylist(), strict=True):
            block[row - first][place] = text


def _require_xlsx(origin: Origin) -> None:
    """Raise for the kinds of workbook that are read and not written."""
    suffix = PurePosixPath(origin.plain_name).suffix
    if origin.head(2) == b"PK" and suffix != ".xlsm":
        with zipfile.ZipFile(origin.local()) as archive:
            if "xl/workbook.xml" in archive.namelist():
                return
    raise origin.unreadable(
        "is a workbook of a kind that is read and not written (macros, XLS, XLSB or ODS).",
        "Save it as XLSX, then redact that.",
    )

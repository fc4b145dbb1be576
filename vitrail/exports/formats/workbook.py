"""Spreadsheets (XLSX, XLSB, XLS, ODS) by their cells' real types, every sheet a table.

The first row that is not empty names the columns. Numbers come as floats: a card number or a
postal code loses its leading zeros in the sheet itself, never here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from vitrail.exports.formats import archive
from vitrail.exports.formats.dialect import has_header, unique_names
from vitrail.exports.formats.flattening import check_cells
from vitrail.exports.formats.loading import is_loaded, load_batches, loaded, loaded_name
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.table import Table
from vitrail.exports.reader import TARGET_BYTES, Batch, ColumnChunk
from vitrail.model import Column, ColumnType, Dataset

if TYPE_CHECKING:
    import duckdb

FORMAT: Final = "xlsx"
#: The mark of Microsoft's older container: XLS, or an XLSX behind a password.
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAMPLE: Final = 1000
_ROWS: Final = 20_000
_EXACT: Final = 1 << 53

Row = list[Any]


@dataclass(frozen=True, slots=True)
class SheetTable(Table):
    """``header``: whether the first row names the columns. ``share`` of the file's size."""

    dataset: Dataset
    origin: Origin
    sheet: str
    rows: int
    header: bool
    share: float

    @property
    def size(self) -> int:
        return int(self.origin.size * self.share)

    def batches(
        self,
        *,
        columns: Sequence[str] | None = None,
        target_bytes: int = TARGET_BYTES,  # noqa: ARG002 - rows are bounded instead
        start_row: int = 0,
    ) -> Iterator[Batch]:
        wanted = None if columns is None else set(columns)
        data = islice(self._data(), start_row, None)
        first = start_row
        while rows := list(islice(data, _ROWS)):
            chunks = []
            for place, column in enumerate(self.dataset.columns):
                if wanted is None or column.name in wanted:
                    text = pa.array([cell_text(row[place]) for row in rows], pa.string())
                    check_cells(column.name, text, self.origin)
                    chunks.append(ColumnChunk(column.name, text))
            size = int(self.size * len(rows) / max(1, self.rows))
            yield Batch(first, len(rows), size, tuple(chunks))
            first += len(rows)

    def relation(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        if is_loaded(connection, loaded_name(self)):  # a sheet is dear to read
            return loaded(connection, loaded_name(self))
        rows = list(self._data())
        arrays = [typed([row[i] for row in rows]) for i in range(len(self.dataset.columns))]
        names = [column.name for column in self.dataset.columns]
        batch = pa.RecordBatch.from_arrays(arrays, names=names)
        return load_batches(connection, loaded_name(self), batch.schema, iter([batch]))

    def _data(self) -> Iterator[Row]:
        """The rows under the header, each as wide as the table."""
        width = len(self.dataset.columns)
        rows = _rows(self.origin, self.sheet)
        for row in islice(rows, int(self.header), None):
            yield [*row[:width], *([None] * (width - len(row)))]


def tables(origin: Origin, *, table: str | None) -> tuple[SheetTable, ...]:
    """A table for each sheet that is not empty, hidden ones too."""
    if origin.head(2) == b"PK":
        archive.check_sizes(origin)
    with _open(origin) as book:
        names = [m.name for m in book.sheets_metadata if _is_sheet(m)]
        looks = {name: _look(origin, book, name) for name in names}
    sizes = {name: cells for name, (cells, _) in looks.items()}
    found = []
    for name, (_, sample) in looks.items():
        if sample:
            share = sizes[name] / max(1, sum(sizes.values()))
            within = name if table is None else f"{table}/{name}"
            found.append(_table(origin, name, within, sample, sizes[name], share))
    if not found:
        raise origin.unreadable("is a workbook without a filled cell.", "Export it again.")
    return tuple(found)


def _table(
    origin: Origin, sheet: str, table: str, sample: list[Row], cells: int, share: float
) -> SheetTable:
    texts = [[cell_text(cell) or "" for cell in row] for row in sample]
    header = has_header(texts)
    width = max(map(len, texts))
    first = texts[0] if header else []
    names = unique_names((*first, *([""] * (width - len(first)))))
    body = sample[int(header) :]
    columns = tuple(
        Column(name, _kind([row[i] for row in body if i < len(row)]))
        for i, name in enumerate(names)
    )
    rows = max(1, cells // max(1, width))
    return SheetTable(
        Dataset(origin.name, table, FORMAT, columns), origin, sheet, rows, header, share
    )


def _open(origin: Origin) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_path(str(origin.local()))
    except PasswordError:
        raise origin.unreadable(
            "is behind a password.", "Save a copy without one in a safe folder."
        ) from None
    except (CalamineError, OSError, ValueError):
        raise origin.unreadable(
            "is no workbook that can be opened, or it is damaged or behind a password.",
            "Open it and save it again as XLSX, or export the sheets as CSV.",
        ) from None


def _is_sheet(metadata: Any) -> bool:
    from python_calamine import SheetTypeEnum

    return bool(metadata.typ == SheetTypeEnum.WorkSheet)


def _look(origin: Origin, book: Any, sheet: str) -> tuple[int, list[Row]]:
    """How many cells a sheet spans, and its first rows; it is parsed once for both."""
    found = _sheet(origin, book, sheet)
    return int(found.height) * int(found.width), list(islice(_filled_from(found), _SAMPLE + 1))


def _rows(origin: Origin, sheet: str) -> Iterator[Row]:
    """The rows from the first that is not empty on, the empty ones after it included."""
    with laid_out(origin, sheet) as (_, rows):
        yield from rows


@contextmanager
def laid_out(origin: Origin, sheet: str) -> Iterator[tuple[tuple[int, int], Iterator[Row]]]:
    """Where a sheet's first filled row and column are, and its rows from there on."""
    with _open(origin) as book:
        found = _sheet(origin, book, sheet)
        yield found.start or (0, 0), _filled_from(found)


def _sheet(origin: Origin, book: Any, sheet: str) -> Any:
    from python_calamine import CalamineError

    try:
        return book.get_sheet_by_name(sheet)
    except (CalamineError, ValueError):
        raise origin.unreadable(
            f"is damaged in sheet {sheet}.", "Open it and save it again as XLSX."
        ) from None


def _filled_from(sheet: Any) -> Iterator[Row]:
    begun = False
    for row in sheet.iter_rows():
        begun = begun or any(cell not in ("", None) for cell in row)
        if begun:
            yield [None if cell == "" else cell for cell in row]


def cell_text(cell: Any) -> str | None:
    """A cell as text: whole numbers without ``.0``, midnight without a time."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and math.isfinite(cell) and cell == int(cell) and abs(cell) < _EXACT:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time(0):
        return cell.date().isoformat()
    return str(cell)


def _kind(cells: list[Any]) -> ColumnType:
    types = set(map(type, cells))
    if types <= {str, type(None)}:  # nearly every column, told without a look at each cell
        return ColumnType.TEXT
    kinds = {_cell_kind(cell) for cell in cells if cell is not None}
    if kinds == {ColumnType.INTEGER, ColumnType.FLOAT}:
        return ColumnType.FLOAT
    return kinds.pop() if len(kinds) == 1 else ColumnType.TEXT


def _cell_kind(cell: Any) -> ColumnType:
    if isinstance(cell, bool):
        return ColumnType.BOOLEAN
    if isinstance(cell, int | float):
        return ColumnType.INTEGER if float(cell).is_integer() else ColumnType.FLOAT
    if isinstance(cell, datetime | date):
        return ColumnType.TIMESTAMP
    return ColumnType.TIME if isinstance(cell, time | timedelta) else ColumnType.TEXT


def typed(cells: list[Any]) -> pa.Array:
    """A column as Arrow in the type that all its cells share; text where they share none."""
    kind = _kind(cells)
    if kind is ColumnType.BOOLEAN:
        return pa.array(cells, pa.bool_())
    if kind is ColumnType.INTEGER and all(c is None or abs(c) < _EXACT for c in cells):
        return pa.array([None if c is None else int(c) for c in cells], pa.int64())
    if kind is ColumnType.FLOAT:
        return pa.array(cells, pa.float64())
    if kind is ColumnType.TIMESTAMP:
        moments = [datetime(c.year, c.month, c.day) if type(c) is date else c for c in cells]
        return pa.array(moments, pa.timestamp("us"))
    if set(map(type, cells)) <= {str, type(None)}:
        return pa.array(cells, pa.string())
    return pa.array([cell_text(cell) for cell in cells], pa.string())

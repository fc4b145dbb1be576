"""Keys of rows as a CSV file for its owner's eyes alone."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, fields
from io import StringIO
from pathlib import Path
from typing import Any

from vitrail.errors import Unwritable
from vitrail.private_files import write_private
from vitrail.report.formulas import defused
from vitrail.workspace.row_keys import RowKey


def as_csv(rows: Iterable[RowKey]) -> str:
    """A header and one line a row, in which no spreadsheet runs anything."""
    text = StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(RowKey)], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in asdict(row).items()})
    return text.getvalue()


def write(out: Path, rows: Iterable[RowKey]) -> None:
    """One line a row; the file's mode is 0600, and one that is there already is replaced."""
    try:
        write_private(out, as_csv(rows))
    except OSError as error:
        raise Unwritable(
            f"{out.name} could not be written ({error.strerror}).", "Name another file."
        ) from None


def _cell(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else defused(value)

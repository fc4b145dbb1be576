"""Keys of rows as a CSV file for its owner's eyes alone."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from dataclasses import asdict, fields
from io import StringIO
from pathlib import Path
from typing import Any

from vitrail.errors import Unwritable
from vitrail.report.formulas import defused
from vitrail.workspace.row_keys import RowKey


def write(out: Path, rows: Iterable[RowKey]) -> None:
    """One line a row; the file's mode is 0600, and one that is there already is replaced."""
    text = StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(RowKey)], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in asdict(row).items()})
    partial = out.with_name(f".{out.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text.getvalue())
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise Unwritable(
            f"{out.name} could not be written ({error.strerror}).", "Name another file."
        ) from None


def _cell(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else defused(value)

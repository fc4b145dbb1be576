"""Rows as CSV for a spreadsheet, in which nothing that a person wrote runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vitrail.report.formulas import defused


def spreadsheet(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A header, then the rows; what a spreadsheet would run gets an apostrophe in front."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _plain(row[name]) for name in columns})
    return text.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return defused(value)

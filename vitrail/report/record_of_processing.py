"""A record of processing as CSV, one line a kind of data in a column, for a spreadsheet.

GDPR 30(1) asks for categories of data, recipients and time limits; purposes and the persons
concerned are the company's to add.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from vitrail.report.formulas import defused


def record_of_processing(rows: Iterable[Mapping[str, Any]]) -> str:
    """A header, then the rows; lists are joined by semicolons, formulas are defused."""
    text, writer = io.StringIO(), None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(text, list(row), lineterminator="\r\n")
            writer.writeheader()
        writer.writerow({name: defused(_plain(value)) for name, value in row.items()})
    return text.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, list) else value

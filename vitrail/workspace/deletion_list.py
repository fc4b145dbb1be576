"""The keys of confirmed minors' rows, written for the owners of the systems that hold them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, fields
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from vitrail.report.formulas import defused

if TYPE_CHECKING:
    from vitrail.workspace.minor_cases import KeyToDelete


def as_csv(keys: Iterable[KeyToDelete]) -> str:
    """One row a key; what a spreadsheet would run as a formula gets an apostrophe."""
    from vitrail.workspace.minor_cases import KeyToDelete  # it loads the detection

    text = StringIO()
    writer = csv.DictWriter(text, [f.name for f in fields(KeyToDelete)], lineterminator="\n")
    writer.writeheader()
    writer.writerows({n: defused(v) for n, v in asdict(key).items()} for key in keys)
    return text.getvalue()


def as_sql(keys: Iterable[KeyToDelete]) -> str:
    """Statements for the systems' owners to read, adapt and run; rows without a key as comments."""
    lines = ["-- Proposed by vitrail, run by nobody. Check each statement before you run it."]
    ordered = sorted(keys, key=lambda k: (k.system or "", k.dataset, k.table or "", k.row))
    for (system, dataset, table), group in groupby(
        ordered, key=lambda k: (k.system or "unnamed system", k.dataset, k.table)
    ):
        lines.append(f"\n-- {_line(system)}: {_line(dataset)}")
        name = _quoted(table or Path(dataset).stem)
        for key in group:
            if key.key is None or key.key_column is None:
                lines.append(f"-- row {key.row} of the export has no key")
            else:
                value = key.key.replace("'", "''")
                lines.append(f"DELETE FROM {name} WHERE {_quoted(key.key_column)} = '{value}';")
    return "\n".join(lines) + "\n"


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def _line(text: str) -> str:
    """On one line, so that nothing in a name leaves its comment."""
    return " ".join(text.split())

"""A scan's findings as CSV, one line a finding, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, Final

from vitrail.model import Finding, ScanRun
from vitrail.report.formulas import defused
from vitrail.report.scan_json import finding_record
from vitrail.report.scan_view import worst_first

_COLUMNS: Final = (
    "id",
    "severity",
    "entity_type",
    "dataset",
    "table",
    "column",
    "cells",
    "values",
    "score",
    "status",
    "change",
    "new_values",
    "expected",
    "recognizer",
    "explanation",
    "samples",
    "reason",
    "decided_by",
    "decided_at",
    "run",
)


def scan_csv(run: ScanRun, findings: Sequence[Finding]) -> str:  # noqa: ARG001 - as its siblings
    """A header, then the findings, the worst first; samples are joined by `` | ``.

    Texts that a spreadsheet would run as a formula get an apostrophe in front.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for finding in worst_first(findings):
        record = finding_record(finding)
        record["samples"] = " | ".join(finding.samples)
        writer.writerow({name: _plain(record[name]) for name in _COLUMNS})
    return text.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return defused(value)

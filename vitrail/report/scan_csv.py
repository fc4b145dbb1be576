"""A scan's findings as CSV, one line a finding, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vitrail.model import Finding, ScanRun
from vitrail.report.scan_json import finding_record
from vitrail.report.scan_view import worst_first
from vitrail.report.spreadsheet import spreadsheet

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
    return spreadsheet(
        _COLUMNS,
        (
            {**finding_record(finding), "samples": " | ".join(finding.samples)}
            for finding in worst_first(findings)
        ),
    )

"""A scan's report as one HTML page that stands alone."""

from __future__ import annotations

from collections.abc import Sequence

from vitrail.model import Finding, ScanRun
from vitrail.report.rendering import render
from vitrail.report.scan_view import ScanView


def scan_html(run: ScanRun, findings: Sequence[Finding]) -> str:
    """What was not read, what is new and serious, where what stands, then everything.

    Holds no raw value, loads nothing, prints well, follows the reader's light or dark theme.
    """
    return render("scan.html.j2", run=run, view=ScanView(run, findings))

"""The report of a run in each of its forms, as pages offer it and the command line writes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from vitrail.errors import UsageError
from vitrail.model import Finding, ScanRun
from vitrail.workspace.check_run import CheckRun


def check_report(run: CheckRun, form: str) -> bytes:
    """A check as ``html``, ``pdf``, ``json`` or ``oscal``; page and paper in the language of now.

    :class:`UsageError` for any other form.
    """
    from vitrail import promises, report

    told = (run.assessments, run.policy)
    if form == "html":
        return report.check_html(*told, at=run.at, settings=run.settings).encode()
    if form == "pdf":
        return report.check_pdf(*told, at=run.at, settings=run.settings)
    if form == "oscal":
        return json.dumps(report.check_oscal(*told, at=run.at, settings=run.settings)).encode()
    if form == "json":
        return _json(promises.assessments_document(run.assessments))
    raise UsageError(f"A check has no {form.upper()} report.", "Use html, pdf or json.")


def scan_report(run: ScanRun, findings: Sequence[Finding], form: str) -> bytes:
    """A scan as ``html``, ``pdf``, ``sarif``, ``json`` or ``csv``."""
    from vitrail import report

    if form == "html":
        return report.scan_html(run, findings).encode()
    if form == "sarif":
        return _json(report.scan_sarif(run, findings))
    if form == "json":
        return _json(report.scan_json(run, findings))
    if form == "csv":
        return report.scan_csv(run, findings).encode()
    return report.scan_pdf(run, findings)


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1, default=str).encode()

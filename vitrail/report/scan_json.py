"""A scan's findings as one JSON document, ``vitrail.findings/1``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vitrail import __version__
from vitrail.model import Finding, InputFile, ScanRun
from vitrail.report.scan_view import with_limits, worst_first


def scan_json(run: ScanRun, findings: Sequence[Finding]) -> dict[str, Any]:
    """An object with ``schema``, ``run``, ``unreadable``, ``limits`` (inputs of which something
    was not looked at) and ``findings``, the worst first.

    Times are ISO 8601 in UTC; what is not known is null.
    """
    return {
        "schema": "vitrail.findings/1",
        "version": __version__,
        "run": {
            "id": run.id,
            "state": run.state.value,
            "started_at": run.started_at.isoformat(),
            "seconds": round(run.seconds, 3),
            "inputs": len(run.inputs),
            "rows": sum(i.rows or 0 for i in run.inputs),
            "columns": len(run.columns),
            "hits": run.hits,
            "unread_cells": sum(column.unread for column in run.columns),
        },
        "unreadable": [_unread(i) for i in run.unreadable],
        "limits": [_unread(i) for i in with_limits(run)],
        "findings": [finding_record(f) for f in worst_first(findings)],
    }


def finding_record(finding: Finding) -> dict[str, Any]:
    """One finding under its field's names, ready for JSON."""
    return {
        "id": finding.id,
        "dataset": finding.dataset,
        "table": finding.table,
        "column": finding.column,
        "entity_type": finding.entity_type,
        "severity": finding.severity.value,
        "cells": finding.cells,
        "values": finding.values,
        "score": round(finding.score, 4),
        "recognizer": finding.recognizer,
        "explanation": finding.explanation,
        "samples": list(finding.samples),
        "expected": finding.expected,
        "status": finding.status.value,
        "change": finding.change.value,
        "new_values": finding.new_values,
        "reason": finding.reason,
        "decided_by": finding.decided_by,
        "decided_at": finding.decided_at.isoformat() if finding.decided_at else None,
        "until": finding.until.isoformat() if finding.until else None,
        "proposed_by": finding.proposed_by,
        "proposal": finding.proposal,
        "run": finding.run,
    }


def _unread(file: InputFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "table": file.table,
        "status": file.status.value,
        "reason": file.reason,
        "remedy": file.remedy,
    }

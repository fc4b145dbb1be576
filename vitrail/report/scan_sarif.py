"""A scan's findings as SARIF 2.1.0, for code hosts and security dashboards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from vitrail import __version__
from vitrail.model import Change, Finding, FindingStatus, InputFile, ScanRun, Severity
from vitrail.report.scan_view import entity_words, place, worst_first

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
#: SARIF's levels, and the scale from 0 to 10 by which GitHub sorts security results.
_LEVELS: Final = {
    Severity.LOW: ("note", "3.0"),
    Severity.MEDIUM: ("warning", "5.5"),
    Severity.HIGH: ("error", "8.0"),
    Severity.CRITICAL: ("error", "9.5"),
}
_BASELINE: Final = {
    Change.NEW: "new",
    Change.REGRESSED: "new",
    Change.STILL_THERE: "unchanged",
    Change.GONE: "absent",
    Change.NOT_EXAMINED: "unchanged",
}


def scan_sarif(run: ScanRun, findings: Sequence[Finding]) -> dict[str, Any]:
    """A SARIF log of one run (OASIS SARIF 2.1.0).

    A rule is an entity type, a result a finding at its dataset, with the column as its logical
    location. Dismissed and declared findings are suppressed results, with the reason; inputs that
    could not be read are notifications. Whole columns are meant, so no result has a region.
    """
    ordered = worst_first(findings)
    rules = sorted({f.entity_type for f in ordered})
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(rules, ordered)},
                "automationDetails": {"id": f"vitrail/scan/{run.id}"},
                "originalUriBaseIds": {"EXPORTS": {"description": {"text": "What was scanned."}}},
                "invocations": [_invocation(run)],
                "results": [_result(f, rules.index(f.entity_type)) for f in ordered],
                "columnKind": "unicodeCodePoints",
            }
        ],
    }


def _driver(rules: list[str], findings: Sequence[Finding]) -> dict[str, Any]:
    severity = {f.entity_type: f.severity for f in findings}
    return {
        "name": "Vitrail",
        "semanticVersion": __version__,
        "rules": [_rule(entity, severity[entity]) for entity in rules],
    }


def _rule(entity: str, severity: Severity) -> dict[str, Any]:
    level, scale = _LEVELS[severity]
    words = entity_words(entity)
    return {
        "id": entity,
        "name": entity.title().replace("_", ""),
        "shortDescription": {"text": f"Stray personal data: {words}"},
        "fullDescription": {"text": f"A column holds what looks like a {words}."},
        "defaultConfiguration": {"level": level},
        "properties": {"security-severity": scale, "tags": ["privacy", "security"]},
    }


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    cells = f"{finding.cells:,} cell{'' if finding.cells == 1 else 's'}"
    result: dict[str, Any] = {
        "ruleId": finding.entity_type,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity][0],
        "message": {
            "text": f"{entity_words(finding.entity_type)} in {cells} of {place(finding)}. "
            f"{finding.explanation}"
        },
        "locations": [_location(finding)],
        "partialFingerprints": {"vitrailFinding/v1": finding.id},
        "baselineState": _baseline(finding),
        "rank": round(100 * min(1.0, finding.score), 1),
        "properties": {
            "cells": finding.cells,
            "values": finding.values,
            "shapes": list(finding.samples),
            "severity": finding.severity.value,
            "recognizer": finding.recognizer,
        },
    }
    suppression = _suppression(finding)
    return result if suppression is None else {**result, "suppressions": [suppression]}


def _baseline(finding: Finding) -> str:
    """SARIF's word for the change; values that were not there before make it updated."""
    if finding.change is Change.STILL_THERE and finding.new_values:
        return "updated"
    return _BASELINE[finding.change]


def _location(finding: Finding) -> dict[str, Any]:
    inside = [name for name in (finding.table, finding.column) if name]
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(finding.dataset), "uriBaseId": "EXPORTS"}
        },
        "logicalLocations": [
            {
                "name": finding.column,
                "fullyQualifiedName": "/".join([finding.dataset, *inside]),
                "kind": "member",
            }
        ],
    }


def _suppression(finding: Finding) -> dict[str, Any] | None:
    if finding.status is FindingStatus.DISMISSED:
        by = f" ({finding.decided_by})" if finding.decided_by else ""
        return {
            "kind": "external",
            "status": "accepted",
            "justification": f"{finding.reason or 'Dismissed.'}{by}",
        }
    if finding.expected:
        return {
            "kind": "external",
            "status": "accepted",
            "justification": "The mapping declares that this column holds such data.",
        }
    return None


def _invocation(run: ScanRun) -> dict[str, Any]:
    return {
        "executionSuccessful": not run.unreadable,
        "startTimeUtc": run.started_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "toolExecutionNotifications": [_notification(i) for i in run.unreadable],
    }


def _notification(file: InputFile) -> dict[str, Any]:
    inside = f" · {file.table}" if file.table else ""
    said = " ".join(filter(None, (file.reason or "It could not be read.", file.remedy)))
    return {
        "level": "error",
        "message": {"text": f"{file.name}{inside} was not read. {said}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(file.name), "uriBaseId": "EXPORTS"}
                }
            }
        ],
    }

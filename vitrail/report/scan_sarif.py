"""A scan's findings as SARIF 2.1.0, for code hosts and security dashboards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from vitrail.model import Change, Finding, FindingStatus, InputFile, InputStatus, ScanRun
from vitrail.report.sarif_rules import LEVELS, driver
from vitrail.report.scan_view import (
    change_words,
    entity_words,
    place,
    with_limits,
    worst_first,
)
from vitrail.translation import SOURCE, speaking

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
#: GitHub refuses a log with more results in one run.
MOST: Final = 25_000

#: What of a run's making is told with it: who stood for its settings, or that nobody did.
_TOLD: Final = ("Settings",)

_BASELINE: Final = {
    Change.NEW: "new",
    Change.REGRESSED: "new",
    Change.STILL_THERE: "unchanged",
    Change.GONE: "absent",
    Change.NOT_EXAMINED: "unchanged",
}
#: What was looked for and is not there has passed; of what was not read nothing is known.
_ABSENT: Final = {Change.GONE: "pass", Change.NOT_EXAMINED: "open"}


@speaking(SOURCE)  # a machine reads it
def scan_sarif(run: ScanRun, findings: Sequence[Finding]) -> dict[str, Any]:
    """A SARIF log of one run (OASIS SARIF 2.1.0), within what GitHub takes.

    A rule is an entity type, a result a finding at its dataset, with the column as its logical
    location. A finding is of a whole column, so its region is the first line, where a text file
    names its columns. Dismissed and declared findings are suppressed results, with the reason;
    inputs that could not be read are notifications, and so are limits of what was looked at and
    findings beyond ``MOST``.
    """
    ordered = worst_first(findings)
    told = ordered[:MOST]
    rules = sorted({f.entity_type for f in told})
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver(rules, told)},
                "automationDetails": {"id": f"vitrail/scan/{run.id}"},
                "originalUriBaseIds": {"EXPORTS": {"description": {"text": "What was scanned."}}},
                "invocations": [_invocation(run, len(ordered) - len(told))],
                "artifacts": _artifacts(run),
                "results": [_result(f, rules.index(f.entity_type)) for f in told],
                "columnKind": "unicodeCodePoints",
                "properties": {name: words for name, words in run.made_with if name in _TOLD},
            }
        ],
    }


def _artifacts(run: ScanRun) -> list[dict[str, Any]]:
    """What was read, each file once, with its SHA-256."""
    files = {file.name: file for file in run.inputs if file.sha256}
    return [
        {
            "location": _place(name),
            "hashes": {"sha-256": file.sha256},
            **({} if file.bytes is None else {"length": file.bytes}),
        }
        for name, file in files.items()
    ]


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    kind = _ABSENT.get(finding.change)
    result: dict[str, Any] = {
        "ruleId": finding.entity_type,
        "ruleIndex": rule,
        "kind": kind or "fail",
        "level": "none" if kind else LEVELS[finding.severity][0],
        "message": {"text": _message(finding)},
        "locations": [_location(finding)],
        # the first is ours to match by, the second is the one that GitHub matches by
        "partialFingerprints": {
            "vitrailFinding/v1": finding.id,
            "primaryLocationLineHash": f"{finding.id}:1",
        },
        "baselineState": _baseline(finding),
        "rank": round(100 * min(1.0, finding.score), 1),
        "properties": {
            "cells": finding.cells,
            "values": finding.values,
            "newValues": finding.new_values,
            "change": finding.change.value,
            "status": finding.status.value,
            "shapes": list(finding.samples),
            "severity": finding.severity.value,
            "recognizer": finding.recognizer,
        },
    }
    suppression = _suppression(finding)
    return result if suppression is None else {**result, "suppressions": [suppression]}


def _message(finding: Finding) -> str:
    where = f"{entity_words(finding.entity_type)} in"
    if finding.change in _ABSENT:
        return f"Known before: {where} {place(finding)}; {change_words(finding)}."
    cells = f"{finding.cells:,} cell{'' if finding.cells == 1 else 's'}"
    return f"{where} {cells} of {place(finding)}. {finding.explanation}"


def _baseline(finding: Finding) -> str:
    """SARIF's word for the change; values that were not there before make it updated."""
    if finding.change is Change.STILL_THERE and finding.new_values:
        return "updated"
    return _BASELINE[finding.change]


def _place(name: str) -> dict[str, Any]:
    return {"uri": quote(name), "uriBaseId": "EXPORTS"}


def _location(finding: Finding) -> dict[str, Any]:
    inside = [name for name in (finding.table, finding.column) if name]
    return {
        "physicalLocation": {
            "artifactLocation": _place(finding.dataset),
            "region": {"startLine": 1},
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


def _invocation(run: ScanRun, left_out: int) -> dict[str, Any]:
    told = [_notification(i) for i in run.unreadable]
    told += [_limit(i) for i in with_limits(run)]
    if left_out:
        told.append(
            {
                "level": "warning",
                "message": {
                    "text": f"{left_out:,} less severe findings are not in this log, which holds "
                    f"{MOST:,}; the JSON and CSV reports hold all."
                },
            }
        )
    return {
        "executionSuccessful": not run.unreadable,
        "startTimeUtc": run.started_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "toolExecutionNotifications": told,
    }


def _limit(file: InputFile) -> dict[str, Any]:
    return {
        "level": "note",
        "message": {"text": file.reason or "Only a sample of its values was looked at."},
        "locations": [{"physicalLocation": {"artifactLocation": _place(file.name)}}],
    }


def _notification(file: InputFile) -> dict[str, Any]:
    inside = f" · {file.table}" if file.table else ""
    how = "read in part" if file.status is InputStatus.PARTLY else "not read"
    said = " ".join(filter(None, (file.reason or "It could not be read.", file.remedy)))
    return {
        "level": "error",
        "message": {"text": f"{file.name}{inside} was {how}. {said}"},
        "locations": [{"physicalLocation": {"artifactLocation": _place(file.name)}}],
    }

"""The findings as SARIF, JSON and CSV, for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from vitrail.model import Finding, FindingStatus, ScanRun
from vitrail.report import scan_csv, scan_json, scan_sarif

TEXT = {"type": "string", "minLength": 1}


def exact(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """An object with these members and no others, as SARIF's own schema closes each object."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
        "additionalProperties": False,
    }


MESSAGE = exact({"text": TEXT})
LOCATION = exact(
    {
        "physicalLocation": exact(
            {
                "artifactLocation": exact(
                    {"uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~/%-]+$"}}, uriBaseId=TEXT
                )
            }
        )
    },
    logicalLocations={
        "type": "array",
        "items": exact({"name": TEXT, "fullyQualifiedName": TEXT, "kind": TEXT}),
    },
)
LEVEL = {"enum": ["none", "note", "warning", "error"]}
#: The members of SARIF 2.1.0 (OASIS, sections 3.13 to 3.58) that our logs use, with their rules.
SARIF = exact(
    {
        "version": {"const": "2.1.0"},
        "$schema": {"type": "string", "pattern": "/sarif-schema-2.1.0.json$"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": exact(
                {
                    "tool": exact(
                        {
                            "driver": exact(
                                {"name": TEXT},
                                semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
                                rules={
                                    "type": "array",
                                    "uniqueItems": True,
                                    "items": exact(
                                        {"id": TEXT},
                                        name=TEXT,
                                        shortDescription=MESSAGE,
                                        fullDescription=MESSAGE,
                                        defaultConfiguration=exact({"level": LEVEL}),
                                        properties={"type": "object"},
                                    ),
                                },
                            )
                        }
                    ),
                    "results": {
                        "type": "array",
                        "items": exact(
                            {"message": MESSAGE},
                            ruleId=TEXT,
                            ruleIndex={"type": "integer", "minimum": 0},
                            level=LEVEL,
                            locations={"type": "array", "items": LOCATION},
                            partialFingerprints={"type": "object", "additionalProperties": TEXT},
                            baselineState={"enum": ["new", "unchanged", "updated", "absent"]},
                            rank={"type": "number", "minimum": 0, "maximum": 100},
                            properties={"type": "object"},
                            suppressions={
                                "type": "array",
                                "items": exact(
                                    {"kind": {"enum": ["inSource", "external"]}},
                                    status={"enum": ["accepted", "underReview", "rejected"]},
                                    justification=TEXT,
                                ),
                            },
                        ),
                    },
                },
                automationDetails=exact({"id": TEXT}),
                originalUriBaseIds={"type": "object"},
                columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                invocations={
                    "type": "array",
                    "items": exact(
                        {"executionSuccessful": {"type": "boolean"}},
                        startTimeUtc={
                            "type": "string",
                            "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$",
                        },
                        toolExecutionNotifications={
                            "type": "array",
                            "items": exact(
                                {"message": MESSAGE},
                                level=LEVEL,
                                locations={"type": "array", "items": LOCATION},
                            ),
                        },
                    ),
                },
            ),
        },
    }
)


@pytest.fixture(scope="module")
def sarif(run: ScanRun, findings: tuple[Finding, ...]) -> dict[str, Any]:
    return scan_sarif(run, findings)


def test_a_sarif_log_has_the_members_that_the_standard_knows(sarif: dict[str, Any]) -> None:
    jsonschema.validate(json.loads(json.dumps(sarif)), SARIF)


def test_a_sarif_log_of_nothing_is_still_one(make_run: Callable[..., ScanRun]) -> None:
    log = scan_sarif(make_run(()), ())
    jsonschema.validate(log, SARIF)
    assert log["runs"][0]["results"] == []


def test_each_sarif_result_points_at_its_own_rule(
    sarif: dict[str, Any], findings: tuple[Finding, ...]
) -> None:
    (run,) = sarif["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(findings)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    ids = {r["partialFingerprints"]["vitrailFinding/v1"] for r in run["results"]}
    assert ids == {f.id for f in findings}


def test_sarif_suppresses_what_is_dismissed_or_declared_and_nothing_else(
    sarif: dict[str, Any], findings: tuple[Finding, ...]
) -> None:
    suppressed = {
        r["partialFingerprints"]["vitrailFinding/v1"]
        for r in sarif["runs"][0]["results"]
        if r.get("suppressions")
    }
    assert suppressed == {
        f.id for f in findings if f.expected or f.status is FindingStatus.DISMISSED
    }


def test_sarif_says_which_inputs_were_not_read(sarif: dict[str, Any]) -> None:
    (invocation,) = sarif["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("mailchimp/sends.csv.gz was not read.")


def test_json_is_an_object_with_its_schema_and_every_finding(
    run: ScanRun, findings: tuple[Finding, ...]
) -> None:
    document = json.loads(json.dumps(scan_json(run, findings)))
    assert document["schema"] == "vitrail.findings/1"
    assert len(document["findings"]) == len(findings)
    assert document["findings"][0]["severity"] == "critical"
    assert document["findings"][-1]["expected"] is True
    assert document["unreadable"][0]["name"] == "mailchimp/sends.csv.gz"
    dismissed = next(f for f in document["findings"] if f["status"] == "dismissed")
    assert dismissed["decided_at"] == "2026-11-20T09:30:00+00:00"
    fields = set(Finding.__dataclass_fields__)
    assert all(set(record) == fields for record in document["findings"])


def test_csv_reads_back_as_the_same_findings(run: ScanRun, findings: tuple[Finding, ...]) -> None:
    rows = list(csv.DictReader(io.StringIO(scan_csv(run, findings), newline="")))
    assert {row["id"] for row in rows} == {f.id for f in findings}
    card = next(row for row in rows if row["id"] == findings[0].id)
    assert (card["cells"], card["samples"], card["expected"]) == (
        "14",
        "16 digits, Luhn ok",
        "false",
    )


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\r"])
def test_no_name_from_an_export_becomes_a_formula_in_a_spreadsheet(
    run: ScanRun, make_finding: Callable[..., Finding], lead: str
) -> None:
    made = replace(make_finding(1), column=f"{lead}cmd", samples=(f"{lead}1",))
    (row,) = csv.DictReader(io.StringIO(scan_csv(run, [made]), newline=""))
    assert row["column"] == f"'{lead}cmd"
    assert row["samples"] == f"'{lead}1"

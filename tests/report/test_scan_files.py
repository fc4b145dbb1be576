"""The findings as SARIF, JSON and CSV, for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from vitrail.model import Change, Finding, FindingStatus, ScanRun, Severity
from vitrail.report import scan_csv, scan_json, scan_sarif

#: SARIF's own schema, as Microsoft's SARIF SDK 5.7.0 ships it (MIT).
SARIF = json.loads((Path(__file__).parent / "sarif-2.1.0.schema.json").read_text("utf-8"))

_WORDS = {"type": "string", "minLength": 1}
_SAID = {"type": "object", "required": ["text"], "properties": {"text": _WORDS}}
_RULE = {
    "required": ["id", "name", "shortDescription", "fullDescription", "help", "properties"],
    "properties": {
        "id": {**_WORDS, "maxLength": 255},
        "shortDescription": {**_SAID, "properties": {"text": {**_WORDS, "maxLength": 1024}}},
        "help": _SAID,
        "properties": {
            "required": ["security-severity", "tags"],
            "properties": {
                "security-severity": {"type": "string", "pattern": r"^(\d|10)\.\d$"},
                "tags": {"type": "array", "contains": {"const": "security"}, "maxItems": 20},
            },
        },
    },
}
_PLACED = {
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {
                    "required": ["uri"],
                    "properties": {
                        "uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~%-][^:]*$"}
                    },
                },
                "region": {"required": ["startLine"]},
            },
        }
    },
}
_RESULT = {
    "required": ["ruleId", "message", "level", "locations", "partialFingerprints"],
    "properties": {
        "message": _SAID,
        "locations": {"minItems": 1, "maxItems": 1000, "items": _PLACED},
        "partialFingerprints": {"required": ["primaryLocationLineHash"]},
    },
}
#: What GitHub asks for beyond the standard ("SARIF support for code scanning").
GITHUB = {
    "properties": {
        "runs": {
            "maxItems": 20,
            "items": {
                "properties": {
                    "tool": {
                        "properties": {
                            "driver": {
                                "required": ["name", "semanticVersion", "rules"],
                                "properties": {"rules": {"maxItems": 25_000, "items": _RULE}},
                            }
                        }
                    },
                    "results": {"maxItems": 25_000, "items": _RESULT},
                }
            },
        }
    }
}


def check(log: dict[str, Any]) -> None:
    """Against the standard and against what GitHub asks for."""
    document = json.loads(json.dumps(log))
    for schema in (SARIF, GITHUB):
        jsonschema.Draft202012Validator(schema).validate(document)


@pytest.fixture(scope="module")
def sarif(run: ScanRun, findings: tuple[Finding, ...]) -> dict[str, Any]:
    return scan_sarif(run, findings)


def test_a_sarif_log_is_one_by_the_standard_s_own_schema_and_by_githubs(
    sarif: dict[str, Any],
) -> None:
    check(sarif)


@pytest.mark.parametrize(
    "broken",
    [
        lambda run: run["results"][0].pop("message"),
        lambda run: run["results"][0]["locations"][0]["physicalLocation"].pop("region"),
        lambda run: run["results"][0].update(shade="blue"),
        lambda run: run["tool"]["driver"]["rules"][0].pop("help"),
    ],
)
def test_the_schemas_refuse_what_is_no_log(
    sarif: dict[str, Any], broken: Callable[[Any], Any]
) -> None:
    log = json.loads(json.dumps(sarif))
    broken(log["runs"][0])
    with pytest.raises(jsonschema.ValidationError):
        check(log)


def test_a_sarif_log_of_nothing_is_still_one(make_run: Callable[..., ScanRun]) -> None:
    log = scan_sarif(make_run(()), ())
    check(log)
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


def test_sarif_says_which_inputs_were_not_read_and_which_in_part(sarif: dict[str, Any]) -> None:
    (invocation,) = sarif["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    unread, limit = invocation["toolExecutionNotifications"]
    assert unread["message"]["text"].startswith("mailchimp/sends.csv.gz was not read.")
    assert (limit["level"], limit["message"]["text"][:9]) == ("note", "A sample:")


def test_sarif_says_what_has_changed_in_its_own_words(
    run: ScanRun, make_finding: Callable[..., Finding]
) -> None:
    changed = [
        make_finding(number, change=change, new_values=new)
        for number, (change, new) in enumerate(
            [(Change.NEW, None), (Change.REGRESSED, None), (Change.STILL_THERE, 0),
             (Change.STILL_THERE, 3), (Change.GONE, None), (Change.NOT_EXAMINED, None)]
        )
    ]  # fmt: skip
    log = scan_sarif(run, changed)
    check(log)
    by_id = {
        r["partialFingerprints"]["vitrailFinding/v1"]: (r["baselineState"], r["kind"], r["level"])
        for r in log["runs"][0]["results"]
    }
    assert [by_id[finding.id] for finding in changed] == [
        ("new", "fail", "warning"), ("new", "fail", "warning"), ("unchanged", "fail", "warning"),
        ("updated", "fail", "warning"), ("absent", "pass", "none"), ("unchanged", "open", "none"),
    ]  # fmt: skip


def test_sarif_holds_as_many_results_as_github_takes_and_tells_of_the_others(
    run: ScanRun, make_finding: Callable[..., Finding]
) -> None:
    many = [make_finding(number) for number in range(25_010)]
    worst = make_finding(99_999, "SECRET", severity=Severity.CRITICAL)
    (log,) = scan_sarif(run, [*many, worst])["runs"]
    assert len(log["results"]) == 25_000
    assert log["results"][0]["ruleId"] == "SECRET"
    said = log["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]
    assert said.startswith("11 less severe findings are not in this log")


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
    fields = set(Finding.__dataclass_fields__) - {"version"}  # of the row, for who decides
    assert all(set(record) == fields for record in document["findings"])


def test_csv_is_as_it_was(run: ScanRun, findings: tuple[Finding, ...]) -> None:
    golden = Path(__file__).with_name("scan.golden.csv")
    assert scan_csv(run, findings).encode() == golden.read_bytes()


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

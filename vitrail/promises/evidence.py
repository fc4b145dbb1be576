"""Evidence as JSON: what a verdict rests on, byte for byte the same when made again.

A record holds counts, dates, hashes, keyed row names and shapes; no raw value, no clock, no path
of this machine. Of an input it names the file, its hash and its rows, not how long reading took.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from vitrail.errors import UsageError
from vitrail.model import (
    Assessment,
    Counted,
    Evidence,
    InputFile,
    InputStatus,
    ProofKind,
    Severity,
    Verdict,
)

EVIDENCE_SCHEMA: Final = "vitrail.evidence/1"
ASSESSMENTS_SCHEMA: Final = "vitrail.assessments/1"
FILE_NAME: Final = "evidence.json"

_SUMMARY: Final = (
    "control", "section", "title", "verdict", "severity", "kind", "denominator", "violations",
    "warnings", "undecidable", "rate", "interval", "first", "last", "pattern", "stale",
    "aged", "missing", "standards", "keys", "counted", "reason", "sentence",
)  # fmt: skip


def evidence_record(assessment: Assessment) -> dict[str, Any]:
    """One assessment with all it rests on, ready for JSON."""
    record = _plain(assessment)
    for file in record["evidence"]["inputs"]:
        del file["seconds"]
    record["evidence"]["parameters"] = _plain(dict(assessment.evidence.parameters))
    return record  # type: ignore[no-any-return]


def assessments_document(assessments: Iterable[Assessment]) -> dict[str, Any]:
    """``assessments.json``: what other programs may rely on, one entry a control."""
    return {"schema": ASSESSMENTS_SCHEMA, "assessments": [_summary(a) for a in assessments]}


def _summary(assessment: Assessment) -> dict[str, Any]:
    record = evidence_record(assessment)
    evidence = record["evidence"]
    return {name: record[name] for name in _SUMMARY} | {
        "inputs": evidence["inputs"],
        "sql_sha256": evidence["sql_sha256"],
        "parameters": evidence["parameters"],
    }


def load_assessments(directory: Path) -> tuple[Assessment, ...]:
    """What a check wrote into its folder, read back from its evidence."""
    try:
        document = json.loads((directory / FILE_NAME).read_text("utf-8"))
        return tuple(_assessment(record) for record in document["evidence"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(
            f"The evidence of the check {directory.name} cannot be read.",
            "Run `vitrail check` again.",
        ) from None


def _plain(value: Any) -> Any:
    """What JSON can say: records and mappings as objects, tuples as lists, times in ISO 8601,
    enumerations as their words."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime | date) else value


def _assessment(record: dict[str, Any]) -> Assessment:
    interval = record["interval"]
    return Assessment(
        **record
        | {
            "verdict": Verdict(record["verdict"]),
            "severity": Severity(record["severity"]),
            "kind": ProofKind(record["kind"]),
            "first": _time(record["first"]),
            "last": _time(record["last"]),
            "keys": tuple(record["keys"]),
            "evidence": _evidence(record["evidence"]),
            "missing": tuple(record["missing"]),
            "standards": tuple(record["standards"]),
            "interval": None if interval is None else (interval[0], interval[1]),
            "covered": (_time(record["covered"][0]), _time(record["covered"][1])),
            "counted": tuple(Counted(**counted) for counted in record["counted"]),
            "months": tuple((month, cases) for month, cases in record.get("months", ())),
            "aged": tuple(record.get("aged", ())),
        }
    )


def _evidence(record: dict[str, Any]) -> Evidence:
    return Evidence(
        **record
        | {
            "inputs": tuple(
                InputFile(**i | {"status": InputStatus(i["status"]), "seconds": 0.0})
                for i in record["inputs"]
            ),
            "parameters": tuple(sorted(record["parameters"].items())),
            "keys": tuple(record["keys"]),
            "shapes": tuple(record["shapes"]),
        }
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)

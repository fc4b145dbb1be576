"""A check of the promises as OSCAL assessment results (NIST OSCAL 1.2.3, JSON).

Every assessment is an observation with its figures; PASS is also a finding *satisfied*, FAIL one
*not-satisfied*. OSCAL has no third state, so the other verdicts stay observations: to call them
either would say more than the exports do. Identifiers are UUIDs of version 5, so that the same
check gives the same document.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from vitrail.model import Assessment, Verdict
from vitrail.report.check_policy import PolicyText
from vitrail.report.check_view import CheckView
from vitrail.report.pack_facts import PackFacts
from vitrail.translation import SOURCE, speaking

OSCAL_VERSION: Final = "1.2.3"

_NAMESPACE: Final = UUID("0d5c7c8e-5f1b-5c0e-9b55-1e2a7d5f3a10")
_OWN_WORDS: Final = "urn:vitrail:oscal"

_STATES: Final = {Verdict.PASS: ("satisfied", "pass"), Verdict.FAIL: ("not-satisfied", "fail")}


@speaking(SOURCE)  # a machine reads it
def check_oscal(
    assessments: Sequence[Assessment],
    policy: PolicyText,
    *,
    at: datetime,
    settings: str = "",
    pack: PackFacts | None = None,
) -> dict[str, Any]:
    """The check as an ``assessment-results`` document. ``at`` is when it was made (UTC);
    ``settings`` which ones, and who stood for them."""
    view = CheckView(assessments, policy, at, settings, pack)
    name = f"{policy.version}/{view.asof}/{_time(at)}"
    return {
        "assessment-results": {
            "uuid": _uuid("document", name),
            "metadata": {
                "title": f"{policy.title}: promises tested on exports as of {view.asof}",
                "last-modified": _time(at),
                "version": view.tool or "0",
                "oscal-version": OSCAL_VERSION,
                "props": _origin(view),
            },
            "import-ap": {"href": f"#{_uuid('plan', policy.version)}"},
            "results": [_result(view, name)],
            "back-matter": {"resources": [_plan(view), *_clauses(view)]},
        }
    }


def _origin(view: CheckView) -> list[dict[str, Any]]:
    """With which settings it was made, and what ties it to the company's ledger and key."""
    told = [_prop("settings", view.settings)]
    if view.pack is not None:
        told += [
            _prop("run", view.pack.run),
            _prop("ledger-head", view.pack.ledger_head),
            _prop("signing-key-sha256", view.pack.key_sha256),
        ]
    return told


def _result(view: CheckView, name: str) -> dict[str, Any]:
    controls = sorted(a.control for a in view.assessments)
    result: dict[str, Any] = {
        "uuid": _uuid("result", name),
        "title": f"Promises of {view.policy.version} as of {view.asof}",
        "description": view.answer,
        "start": _time(view.at),
        "end": _time(view.at),
        "reviewed-controls": {
            "control-selections": [
                {"include-controls": [{"control-id": control} for control in controls]}
                if controls
                else {"include-all": {}}
            ]
        },
    }
    if view.assessments:
        result["observations"] = [_observation(a, view, name) for a in view.assessments]
    if settled := [a for a in view.assessments if a.verdict in _STATES]:
        result["findings"] = [_finding(a, name) for a in settled]
    return result


def _observation(a: Assessment, view: CheckView, name: str) -> dict[str, Any]:
    observation: dict[str, Any] = {
        "uuid": _uuid("observation", f"{name}/{a.control}"),
        "title": f"{a.control} {a.title}",
        "description": a.sentence,
        "props": [_prop(key, value) for key, value in _figures(a)],
        "methods": ["TEST"],
        "types": ["control-objective"],
        "collected": _time(view.at),
        "remarks": a.explanation,
    }
    if a.evidence.inputs:
        observation["relevant-evidence"] = [
            {
                "description": i.name if i.table is None else f"{i.name} · {i.table}",
                "props": [
                    _prop(key, value)
                    for key, value in (("sha256", i.sha256), ("rows", i.rows))
                    if value is not None
                ]
                or [_prop("status", i.status.value)],
            }
            for i in a.evidence.inputs
        ]
    return observation


def _figures(a: Assessment) -> list[tuple[str, object]]:
    evidence = a.evidence
    figures: list[tuple[str, object]] = [
        ("verdict", a.verdict.value),
        ("severity", a.severity.value),
        ("kind-of-proof", a.kind.value),
        ("denominator", a.denominator),
        ("violations", a.violations),
        ("warnings", a.warnings),
        ("undecidable", a.undecidable),
        ("control-version", a.evidence.control_version),
        ("sql-sha256", a.evidence.sql_sha256),
    ]
    digests = (
        ("clause-sha256", evidence.clause_sha256),
        ("mapping-sha256", evidence.mapping_sha256),
    )
    figures += [(name, digest) for name, digest in digests if digest]
    if a.pattern:
        figures.append(("pattern", a.pattern))
    if a.stale:
        figures += [("stale", "true"), *(("aged-source", words) for words in a.aged)]
    figures += [(name, at.isoformat()) for name, at in (("first", a.first), ("last", a.last)) if at]
    return figures + [("row-key", key) for key in a.keys]


def _finding(a: Assessment, name: str) -> dict[str, Any]:
    state, reason = _STATES[a.verdict]
    return {
        "uuid": _uuid("finding", f"{name}/{a.control}"),
        "title": a.title,
        "description": a.sentence,
        "target": {
            "type": "objective-id",
            "target-id": a.control,
            "status": {"state": state, "reason": reason},
        },
        "related-observations": [{"observation-uuid": _uuid("observation", f"{name}/{a.control}")}],
    }


def _plan(view: CheckView) -> dict[str, Any]:
    return {
        "uuid": _uuid("plan", view.policy.version),
        "title": f"The controls of {view.policy.title}",
        "description": "Each control is one SQL statement; its text is in evidence.json.",
    }


def _clauses(view: CheckView) -> list[dict[str, Any]]:
    """The clauses in our own words, with the hash that evidence names them by."""
    return [
        {
            "uuid": _uuid("clause", f"{row.clause.title}/{row.clause.sha256}"),
            "title": f"Section {row.clause.section}: {row.clause.title}",
            "description": row.clause.promise,
            "props": [_prop("sha256", row.clause.sha256)],
        }
        for row in view.clauses
    ]


def _prop(name: str, value: object) -> dict[str, str]:
    return {"name": name, "ns": _OWN_WORDS, "value": str(value)}


def _uuid(kind: str, name: str) -> str:
    return str(uuid5(_NAMESPACE, f"{kind}/{name}"))


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

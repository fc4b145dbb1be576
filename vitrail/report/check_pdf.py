"""A check of the promises as PDF, for print and signature; the same check gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from vitrail.model import Assessment, Verdict
from vitrail.report.check_policy import PolicyText
from vitrail.report.check_view import LEVELS, SIGNS, CheckView, ClauseRow
from vitrail.report.printing import print_pdf
from vitrail.report.rendering import count, day, moment, number, share


def check_pdf(
    assessments: Sequence[Assessment], policy: PolicyText, *, at: datetime, settings: str = ""
) -> bytes:
    """The report as a tagged PDF. ``at``, when the check was made, is also the file's own date."""
    return print_pdf("check.typ", _document(CheckView(assessments, policy, at, settings)), at=at)


def _document(view: CheckView) -> dict[str, Any]:
    """All that the template shows, as text; it computes nothing."""
    policy = view.policy
    return {
        "title": "Were the promises kept?",
        "answer": view.answer,
        "tool": view.tool,
        "footer": f"{policy.title} · as of {view.asof} · Vitrail {view.tool}",
        "about": [
            ["Policy", f"{policy.title}, in force since {policy.effective}"],
            ["As of", f"{view.asof}, checked {moment(view.at)}"],
            ["Scope", f"{view.systems}; {count(len(view.inputs), 'input')} read"],
            ["Settings", view.settings],
        ],
        "tiles": _tiles(view),
        "groups": _groups(view),
        "clauses": [_clause(row) for row in view.clauses],
        "full": [_full(view, a) for a in view.assessments],
        "not_provable": list(policy.not_provable),
        "assumptions": list(policy.assumptions),
        "periods": [
            [p.name, p.words, p.source, "by the policy" if p.promised else "no"]
            for p in policy.periods
        ],
        "parameters": [list(row) for row in view.parameters],
        "defects": [{"title": d.title, "words": d.words} for d in policy.defects],
        "inputs": [
            {
                "name": i.name if i.table is None else f"{i.name} · {i.table}",
                "rows": number(i.rows),
                "sha256": i.sha256 or "–",
            }
            for i in view.inputs
        ],
        "signatures": [
            "The exports are complete for the systems named above.",
            "The findings above were reviewed.",
        ],
    }


def _tiles(view: CheckView) -> list[dict[str, Any]]:
    tiles = (
        ("Broken", view.broken, "the exports show it"),
        ("To look at", view.to_look_at, "a person has to decide"),
        ("Not settled", view.unsettled, "something is missing"),
        ("Kept", view.kept, "as far as the exports show"),
    )
    return [
        {
            "name": name,
            "count": str(len(some)),
            "words": words,
            "bad": name == "Broken" and some != (),
        }
        for name, some, words in tiles
    ]


def _groups(view: CheckView) -> list[dict[str, Any]]:
    groups = (
        ("Broken", view.broken, ""),
        ("To look at", view.to_look_at, "Nothing here counts as broken until a person has looked."),
        ("Not settled by these exports", view.unsettled, "Silence is not a pass."),
        ("Kept", view.kept, ""),
    )
    return [
        {"title": title, "note": note, "cases": [_case(view, a) for a in some]}
        for title, some, note in groups
        if some
    ]


def _case(view: CheckView, assessment: Assessment) -> dict[str, Any]:
    figure, of = view.figure(assessment)
    stale = " Stale: the exports are older than they may be." if assessment.stale else ""
    return {
        "verdict": _verdict(assessment.verdict),
        "control": assessment.control,
        "title": assessment.title,
        "section": assessment.section,
        "sentence": assessment.sentence + stale,
        "figure": figure,
        "of": of,
    }


def _verdict(verdict: Verdict) -> dict[str, str]:
    sign, word = SIGNS[verdict]
    return {"name": verdict.value, "sign": sign, "word": word}


def _clause(row: ClauseRow) -> dict[str, Any]:
    verdicts = [_verdict(a.verdict) | {"control": a.control} for a in row.assessments]
    return {
        "section": row.clause.section,
        "title": row.clause.title,
        "promise": row.clause.promise,
        "note": row.clause.note,
        "verdicts": verdicts or [_verdict(row.without_data) | {"control": ""}],
    }


def _full(view: CheckView, a: Assessment) -> dict[str, Any]:
    line = [
        a.severity.value,
        f"section {a.section}",
        view.proof(a),
        *([a.pattern] if a.pattern else []),
    ]
    return {
        "control": a.control,
        "title": a.title,
        "verdict": _verdict(a.verdict),
        "line": " · ".join(line),
        "explanation": a.explanation,
        "counted": [
            {
                "level": LEVELS[c.level],
                "words": c.words or "no case against it",
                "cases": number(c.cases),
            }
            for c in a.counted
        ],
        "facts": _facts(a),
        "shapes": list(a.evidence.shapes),
        "keys": list(a.keys),
    }


def _facts(a: Assessment) -> list[list[str]]:
    facts = [["Scope", a.scope]]
    if a.missing:
        facts.append(["Missing", ", ".join(a.missing)])
    if a.interval:
        low, high = a.interval
        facts.append(["Rate", f"with 95 % confidence between {share(low)} and {share(high)}"])
    if a.first:
        facts.append(["Broken from, to", f"{day(a.first)}, {day(a.last)}"])
    facts.append(["Maps to", " · ".join(a.standards)])
    facts += [
        [name, text]
        for name, text in (("Law, a note", a.law), ("What it cannot say", a.limits))
        if text
    ]
    facts.append(["Evidence", _proof_of(a)])
    return facts


def _proof_of(a: Assessment) -> str:
    evidence = a.evidence
    return (
        f"control version {evidence.control_version}, SQL {evidence.sql_sha256[:16]}…, "
        f"clause {evidence.clause_sha256[:16]}…; in full in evidence.json"
    )

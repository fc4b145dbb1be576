"""A check of the promises as PDF, for print and signature; the same check gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from vitrail.model import Assessment, Verdict
from vitrail.report.check_policy import PolicyText
from vitrail.report.check_view import LEVELS, YEAR_SIGNS, CheckView, ClauseRow
from vitrail.report.drawing import Drawn
from vitrail.report.looks import PAPER, SEVERITIES, VERDICTS, Look
from vitrail.report.pack_facts import PackFacts
from vitrail.report.plain import named
from vitrail.report.printing import print_pdf
from vitrail.report.rendering import count, day, moment, number, sentence, share


def check_pdf(
    assessments: Sequence[Assessment],
    policy: PolicyText,
    *,
    at: datetime,
    settings: str = "",
    pack: PackFacts | None = None,
) -> bytes:
    """The report as a tagged PDF. ``at``, when the check was made, is also the file's own date."""
    view = CheckView(assessments, policy, at, settings, pack, PAPER)
    return print_pdf("check.typ", _document(view), at=at)


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
        "tiles": [list(tile) for tile in view.tiles],
        "glance": _picture(view.glance if view.assessments else None),
        "timeline": _picture(view.timeline),
        "trend": _picture(view.trend),
        "year": _year(view),
        "changes": _changes(view),
        "pack": _pack(view),
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
                "name": named(i.name, i.table),
                "rows": number(i.rows),
                "sha256": i.sha256 or "–",
            }
            for i in view.inputs
        ],
        "signatures": list(view.signed),
    }


def _picture(picture: Drawn | None) -> dict[str, str] | None:
    if picture is None:
        return None
    return {"svg": picture.svg, "alt": picture.alt}


def _changes(view: CheckView) -> dict[str, Any] | None:
    """What is otherwise than the last time; None where there was none."""
    if view.pack is None or view.pack.earlier is None:
        return None
    return {
        "since": moment(view.pack.earlier.at),
        "rows": [
            {
                "control": c.control,
                "title": c.title,
                "before": _verdict(c.before)
                | {"of": f"{number(c.violations_before)} of {number(c.denominator_before)}"},
                "after": _verdict(c.after)
                | {"of": f"{number(c.violations_after)} of {number(c.denominator_after)}"},
                "label": "" if c.is_of_the_data else "Not by the data alone:",
                "words": c.words,
            }
            for c in view.pack.earlier.changes
        ],
    }


def _year(view: CheckView) -> dict[str, Any] | None:
    """The year of each promise as rows of signs; None without a pack."""
    if not view.years:
        return None
    return {
        "heads": [f"{month:%b %y}" for month, _ in view.years[0].months],
        "legend": ", ".join(f"{sign} {_lived(word)}" for word, sign in YEAR_SIGNS.items()),
        "rows": [
            {
                "control": one.control,
                "title": one.title,
                "state": _lived(one.state),
                "months": [YEAR_SIGNS[lived] for _, lived in one.months],
            }
            for one in view.years
        ],
    }


def _lived(state: str) -> str:
    return "not tested" if state == "gap" else state


def _pack(view: CheckView) -> list[list[str]]:
    if view.pack is None:
        return []
    return [
        ["Check", view.pack.run],
        ["Ledger's head", f"{view.pack.ledger_head}, event {number(view.pack.ledger_length)}"],
        ["Signed with the key", view.pack.key_sha256],
    ]


def _groups(view: CheckView) -> list[dict[str, Any]]:
    groups = (
        ("Broken", view.broken, "", False),
        (
            "To look at",
            view.to_look_at,
            "Nothing here counts as broken until a person has looked.",
            False,
        ),
        ("Not settled by these exports", view.unsettled, "Silence is not a pass.", True),
        ("Kept", view.kept, "", True),
    )
    return [
        {"title": title, "note": note, "brief": brief, "cases": [_case(view, a) for a in some]}
        for title, some, note, brief in groups
        if some
    ]


def _case(view: CheckView, assessment: Assessment) -> dict[str, Any]:
    figure, of = view.figure(assessment)
    stale = f" Stale: {'; '.join(assessment.aged)}." if assessment.stale else ""
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
    return _look(VERDICTS[verdict])


def _look(look: Look) -> dict[str, str]:
    return {"sign": look.sign, "word": look.word, "tone": look.tone}


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
        f"section {a.section}",
        view.proof(a),
        *([a.pattern] if a.pattern else []),
    ]
    return {
        "control": a.control,
        "title": a.title,
        "verdict": _verdict(a.verdict),
        "severity": _look(SEVERITIES[a.severity]),
        "line": " · ".join(line),
        "voices": _voices(a),
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


def _voices(a: Assessment) -> list[list[str]]:
    """The three questions that are kept apart."""
    missing = f" Missing: {', '.join(a.missing)}." if a.missing else ""
    stale = f" Stale: {'; '.join(a.aged)}." if a.aged else ""
    law = [["Law", f"{a.law} A note, no opinion."]] if a.law else []
    scope = f"{sentence(a.scope)}.{missing}{stale} {a.limits}".rstrip()
    return [["Promise", a.explanation], *law, ["Scope", scope]]


def _facts(a: Assessment) -> list[list[str]]:
    facts = []
    if a.interval:
        low, high = a.interval
        facts.append(["Rate", f"with 95 % confidence between {share(low)} and {share(high)}"])
    if a.first:
        facts.append(["Broken from, to", f"{day(a.first)}, {day(a.last)}"])
    facts.append(["Maps to", " · ".join(a.standards)])
    facts.append(["Evidence", _proof_of(a)])
    return facts


def _proof_of(a: Assessment) -> str:
    evidence = a.evidence
    return (
        f"control version {evidence.control_version}, SQL {evidence.sql_sha256[:16]}…, "
        f"clause {evidence.clause_sha256[:16]}…; in full in evidence.json"
    )

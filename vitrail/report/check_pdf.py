"""A check of the promises as PDF, for print and signature; the same check gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from vitrail.model import Assessment, Verdict
from vitrail.report.check_policy import PolicyText
from vitrail.report.check_view import YEAR_SIGNS, CheckView, ClauseRow
from vitrail.report.drawing import Drawn
from vitrail.report.looks import PAPER, SEVERITIES, VERDICTS, Look
from vitrail.report.pack_facts import PackFacts
from vitrail.report.plain import named
from vitrail.report.printing import print_pdf
from vitrail.report.rendering import day, moment, number
from vitrail.report.shape_words import placed
from vitrail.translation import _, ngettext, retold


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
        "title": _("Were the promises kept?"),
        "answer": view.answer,
        "tool": view.tool,
        "footer": _(
            "{policy} · as of {day} · Vitrail {version}",
            policy=retold(policy.title),
            day=view.judged_on,
            version=view.tool,
        ),
        "about": _about(view),
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
        "not_provable": list(map(retold, policy.not_provable)),
        "assumptions": list(map(retold, policy.assumptions)),
        "periods": [
            [
                *map(retold, (p.name, p.words, p.source)),
                _("by the policy") if p.promised else _("no"),
            ]
            for p in policy.periods
        ],
        "parameters": [list(row) for row in view.parameters],
        "defects": [{"title": retold(d.title), "words": retold(d.words)} for d in policy.defects],
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


def _about(view: CheckView) -> list[list[str]]:
    policy, since = view.policy, day(view.policy.effective)
    read = ngettext("{count:,} input read", "{count:,} inputs read", len(view.inputs))
    return [
        [_("Policy"), _("{policy}, in force since {day}", policy=retold(policy.title), day=since)],
        [_("As of"), _("{day}, checked {at}", day=view.judged_on, at=moment(view.at))],
        [_("Scope"), _("{sentence}; {other}", sentence=view.systems, other=read)],
        [_("Settings"), view.settings],
    ]


def _picture(picture: Drawn | None) -> dict[str, str] | None:
    if picture is None:
        return None
    return {"svg": picture.svg, "alt": picture.alt}


def _changes(view: CheckView) -> dict[str, Any] | None:
    """What is otherwise than the last time; None where there was none."""
    if view.pack is None or view.pack.earlier is None:
        return None
    return {
        "since": view.since,
        "rows": [
            {
                "control": c.control,
                "title": retold(c.title),
                "before": _verdict(c.before)
                | {"of": _of(c.violations_before, c.denominator_before)},
                "after": _verdict(c.after) | {"of": _of(c.violations_after, c.denominator_after)},
                "label": "" if c.is_of_the_data else _("Not by the data alone:"),
                "words": view.because(c),
            }
            for c in view.pack.earlier.changes
        ],
    }


def _of(found: int, total: int) -> str:
    return _("{found:,} of {total:,}", found=found, total=total)


def _year(view: CheckView) -> dict[str, Any] | None:
    """The year of each promise as rows of signs; None without a pack."""
    if not view.years:
        return None
    return {
        "heads": [view.month(month) for month, _lived in view.years[0].months],
        "legend": view.year_legend,
        "rows": [
            {
                "control": one.control,
                "title": retold(one.title),
                "state": view.lived(one.state),
                "months": [YEAR_SIGNS[lived] for _month, lived in one.months],
            }
            for one in view.years
        ],
    }


def _pack(view: CheckView) -> list[list[str]]:
    if view.pack is None:
        return []
    event = _("event {number:,}", number=view.pack.ledger_length)
    return [
        [_("Check"), view.pack.run],
        [_("Ledger's head"), f"{view.pack.ledger_head}, {event}"],
        [_("Signed with the key"), view.pack.key_sha256],
    ]


def _groups(view: CheckView) -> list[dict[str, Any]]:
    groups = (
        (_("Broken"), view.broken, "", False),
        (
            _("To look at"),
            view.to_look_at,
            _("Nothing here counts as broken until a person has looked at it."),
            False,
        ),
        (
            _("Not settled by these exports"),
            view.unsettled,
            _("Silence is not a pass: what is missing is named with each."),
            True,
        ),
        (_("Kept"), view.kept, "", True),
    )
    return [
        {"title": title, "note": note, "brief": brief, "cases": [_case(view, a) for a in some]}
        for title, some, note, brief in groups
        if some
    ]


def _case(view: CheckView, assessment: Assessment) -> dict[str, Any]:
    figure, of = view.figure(assessment)
    stale = " " + _("Stale: {ages}.", ages=view.ages(assessment)) if assessment.stale else ""
    return {
        "verdict": _verdict(assessment.verdict),
        "control": assessment.control,
        "title": retold(assessment.title),
        "section": view.section(assessment),
        "sentence": view.said(assessment) + stale,
        "figure": figure,
        "of": of,
    }


def _verdict(verdict: Verdict) -> dict[str, str]:
    return _look(VERDICTS[verdict])


def _look(look: Look) -> dict[str, str]:
    return {"sign": look.sign, "word": _(look.word), "tone": look.tone}


def _clause(row: ClauseRow) -> dict[str, Any]:
    verdicts = [_verdict(a.verdict) | {"control": a.control} for a in row.assessments]
    return {
        "section": row.clause.section,
        "title": retold(row.clause.title),
        "promise": retold(row.clause.promise),
        "note": retold(row.clause.note),
        "verdicts": verdicts or [_verdict(row.without_data) | {"control": ""}],
    }


def _full(view: CheckView, a: Assessment) -> dict[str, Any]:
    line = [
        view.section(a),
        view.proof(a),
        *([retold(a.pattern)] if a.pattern else []),
    ]
    return {
        "control": a.control,
        "title": retold(a.title),
        "verdict": _verdict(a.verdict),
        "severity": _look(SEVERITIES[a.severity]),
        "line": " · ".join(line),
        "voices": [[name, f"{words} {aside}".rstrip()] for name, words, aside in view.voices(a)],
        "counted": [
            {
                "level": view.level(c.level),
                "words": view.because_of(c),
                "cases": number(c.cases),
            }
            for c in a.counted
        ],
        "facts": _facts(view, a),
        "shapes": list(map(placed, a.evidence.shapes)),
        "keys": list(a.keys),
    }


def _facts(view: CheckView, a: Assessment) -> list[list[str]]:
    facts = []
    if a.interval:
        facts.append([_("Rate"), view.interval(a)])
    if a.first:
        facts.append([_("Broken from, to"), f"{day(a.first)}, {day(a.last)}"])
    facts.append([_("Maps to"), view.standards(a)])
    facts.append([_("Evidence"), _proof_of(a)])
    return facts


def _proof_of(a: Assessment) -> str:
    evidence = a.evidence
    return _(
        "control version {version}, SQL {sql}…, clause {clause}…; in full in {file}",
        version=evidence.control_version,
        sql=evidence.sql_sha256[:16],
        clause=evidence.clause_sha256[:16],
        file="evidence.json",
    )

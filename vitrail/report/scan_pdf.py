"""A scan as PDF, for print and signature; the same scan gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from vitrail import __version__
from vitrail.model import Finding, ScanRun, Severity
from vitrail.report.heat_map import HeatCell
from vitrail.report.printing import print_pdf
from vitrail.report.rendering import count, day, moment, number, sentence, span
from vitrail.report.scan_view import ScanView, change_words, entity_words, place

#: As many serious findings as are told in full, and as many as a table lists.
_URGENT: Final = 20
_LISTED: Final = 300

_SIGNS: Final = {
    Severity.CRITICAL: "■",
    Severity.HIGH: "▲",
    Severity.MEDIUM: "◆",
    Severity.LOW: "●",
}


def scan_pdf(run: ScanRun, findings: Sequence[Finding]) -> bytes:
    """What was not read, what is new and serious, where what stands, then the findings.

    Holds no raw value. Dated with the run's begin.
    """
    return print_pdf("scan.typ", _document(run, ScanView(run, findings)), at=run.started_at)


def _document(run: ScanRun, view: ScanView) -> dict[str, Any]:
    return {
        "title": "Where personal data strayed",
        "answer": view.answer,
        "tool": __version__,
        "footer": f"Run {run.id} · {moment(run.started_at)} · Vitrail {__version__}",
        "about": [
            ["Scanned", f"{moment(run.started_at)}, in {span(run.seconds)}; {run.state.value}"],
            ["Scope", f"{count(view.datasets, 'input')}, {count(view.rows, 'row')}, "
                      f"{count(len(run.columns), 'column')}"],
        ],
        "tiles": _tiles(run, view),
        "unread": [
            {"status": i.status.value, "name": _input(i.name, i.table),
             "why": " ".join(filter(None, (i.reason or view.unsaid(i), i.remedy)))}
            for i in (*run.unreadable, *view.partly)
        ],
        "all_read": view.all_read,
        "since": ", ".join(f"{number(bar.count)} {bar.name}" for bar in view.since),
        "urgent": [_finding(f) for f in view.urgent[:_URGENT]],
        "urgent_more": _more(len(view.urgent), _URGENT),
        "heat": {
            "kinds": [sentence(head) for head in view.heat.heads],
            "rows": [{"label": row.label, "cells": [_cell(c) for c in row.cells]}
                     for row in view.heat.rows],
            "left_out": view.heat.left_out or "",
        },
        "tables": list(_tables(view)),
        "made_with": [list(pair) for pair in run.made_with],
        "inputs": [
            {"name": _input(i.name, i.table), "status": i.status.value, "rows": number(i.rows),
             "sha256": i.sha256 or "–"}
            for i in run.inputs
        ],
        "signatures": [
            "The inputs are complete for the systems they come from.",
            "The findings above were reviewed.",
        ],
    }  # fmt: skip


def _tiles(run: ScanRun, view: ScanView) -> list[dict[str, Any]]:
    tiles = (
        ("Serious, undecided", view.urgent, "high or critical", True),
        ("Stray findings", view.stray, f"in {count(view.stray_cells, 'cell')}", False),
        ("Where declared", view.expected, "the mapping says so", False),
        ("Not read, or in part", run.unreadable, f"of {count(view.datasets, 'input')}", True),
    )
    return [
        {"name": name, "count": number(len(some)), "words": words, "bad": bad and bool(some)}
        for name, some, words, bad in tiles
    ]


def _tables(view: ScanView) -> Sequence[dict[str, Any]]:
    groups = (
        ("All stray findings", view.stray),
        ("Known from before, not examined again", view.unexamined),
        ("Dismissed or gone", view.settled),
        ("Where the mapping declares it", view.expected),
    )
    return [
        {"title": title, "note": _more(len(some), _LISTED),
         "rows": [_finding(f) for f in some[:_LISTED]]}
        for title, some in groups
        if some
    ]  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    decision = ""
    if finding.reason:
        by = f" ({finding.decided_by}, {day(finding.decided_at)})" if finding.decided_by else ""
        decision = f"{sentence(finding.status.value)}: {finding.reason}{by}"
    return {
        "severity": {"name": finding.severity.value, "sign": _SIGNS[finding.severity]},
        "what": sentence(entity_words(finding.entity_type)),
        "where": place(finding),
        "cells": number(finding.cells),
        "why": finding.explanation,
        "shapes": "   ".join(finding.samples[:2]),
        "status": f"{finding.status.value}, {change_words(finding)}",
        "decision": decision,
    }


def _cell(cell: HeatCell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    return {"short": cell.short, "shade": 0 if cell.declared else cell.shade}


def _input(name: str, table: str | None) -> str:
    return name if table is None else f"{name} · {table}"


def _more(found: int, told: int) -> str:
    if found <= told:
        return ""
    return f"The {told:,} worst of {found:,}; the CSV and JSON reports hold all."

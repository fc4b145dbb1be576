"""A scan as PDF, for print and signature; the same scan gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from vitrail import __version__
from vitrail.model import Finding, ScanRun
from vitrail.report.heat_map import HeatCell
from vitrail.report.looks import SEVERITIES
from vitrail.report.plain import named
from vitrail.report.printing import print_pdf
from vitrail.report.rendering import day, moment, number, sentence, span
from vitrail.report.scan_view import ScanView, change_words, entity_words, place
from vitrail.translation import _

#: As many serious findings as are told in full, and as many as a table lists.
_URGENT: Final = 20
_LISTED: Final = 300


def scan_pdf(run: ScanRun, findings: Sequence[Finding]) -> bytes:
    """What was not read, what is new and serious, where what stands, then the findings.

    Holds no raw value. Dated with the run's begin.
    """
    return print_pdf("scan.typ", _document(run, ScanView(run, findings)), at=run.started_at)


def _document(run: ScanRun, view: ScanView) -> dict[str, Any]:
    return {
        "title": _("Where personal data strayed"),
        "answer": view.answer,
        "tool": __version__,
        "footer": " · ".join((_footed(run), moment(run.started_at), f"Vitrail {__version__}")),
        "about": [[_("Scanned"), _scanned(run)], [_("Scope"), ", ".join(view.reach)]],
        "tiles": [list(tile) for tile in view.tiles],
        "unread": [
            {"status": _(i.status.value), "name": named(i.name, i.table),
             "why": view.why_unread(i)}
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
            "note": _heat_note(),
        },
        "tables": list(_tables(view)),
        "method": view.method,
        "limits": view.limits,
        "made_with": [list(pair) for pair in view.made_with],
        "inputs": [
            {"name": named(i.name, i.table), "status": _(i.status.value), "rows": number(i.rows),
             "sha256": i.sha256 or "–"}
            for i in run.inputs
        ],
        "signatures": list(view.signed),
    }  # fmt: skip


def _tables(view: ScanView) -> Sequence[dict[str, Any]]:
    groups = (
        (_("All stray findings"), view.stray),
        (_("Known from before, not examined again"), view.unexamined),
        (_("Dismissed or gone"), view.settled),
        (_("Where the mapping declares it"), view.expected),
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
        status, why = sentence(_(finding.status.value)), finding.reason + by
        decision = _("{name}: {words}", name=status, words=why)
    look = SEVERITIES[finding.severity]
    return {
        "severity": {"sign": look.sign, "word": _(look.word), "tone": look.tone},
        "what": sentence(entity_words(finding.entity_type)),
        "where": place(finding),
        "cells": number(finding.cells),
        "why": ScanView.gist(finding)[0],
        "shapes": "   ".join(ScanView.shapes(finding, 2)),
        "status": f"{_(finding.status.value)}, {change_words(finding)}",
        "decision": decision,
    }


def _cell(cell: HeatCell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    return {"short": cell.short, "shade": 0 if cell.declared else cell.shade}


def _more(found: int, told: int) -> str:
    return "" if found <= told else ScanView.worst_of(told, found)


def _footed(run: ScanRun) -> str:
    return sentence(_("run {id}", id=run.id))


def _scanned(run: ScanRun) -> str:
    return _(
        "{at}, in {time}; {state}",
        at=moment(run.started_at), time=span(run.seconds), state=_(run.state.value),
    )  # fmt: skip


def _heat_note() -> str:
    steps = [number(10**power) for power in range(5)]
    return _(
        "Cells with personal data, by dataset and kind; the shades begin at {steps} and {last} "
        "cells. A thin frame: the mapping declares all of it.",
        steps=", ".join(steps[:-1]),
        last=steps[-1],
    )

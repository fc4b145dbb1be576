"""The findings that the filters leave: counted, grouped, and a page of them to work through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from vitrail.detect.entities import plain_words
from vitrail.model import Assigned, Finding, FindingFilter, FindingStatus, Severity, Standing
from vitrail.report.scan_view import change_words
from vitrail.ui.entrance import workspace
from vitrail.ui.finding_filters import Shown
from vitrail.ui.plain_text import cell
from vitrail.ui.tiles import Tile, tiles
from vitrail.ui.verdicts import severity_word

STATUS: Final = {
    FindingStatus.REGRESSED: "! came back",
    FindingStatus.OPEN: "○ open",
    FindingStatus.CONFIRMED: "✕ confirmed",
    FindingStatus.CLAIMED: "◐ claimed fixed",
    FindingStatus.DISMISSED: "– dismissed",
    FindingStatus.VERIFIED: "✓ verified",
    FindingStatus.GONE: "✓ gone",
}
"""How each status is written, the most urgent first."""

#: Findings on a page; the ledger is never read whole.
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of findings, how many stand before it, and which of it are ticked."""

    findings: tuple[Finding, ...]
    offset: int
    ticked: tuple[Finding, ...]


def place_of(finding: Finding) -> str:
    """``crm/clients.xlsx · Clients``."""
    return finding.dataset if finding.table is None else f"{finding.dataset} · {finding.table}"


def status_of(finding: Finding) -> str:
    """``– dismissed until 31 Jan 2027``."""
    if finding.proposed_by:
        return "◔ second look"
    expired = finding.until and finding.status is FindingStatus.OPEN
    day = f"{finding.until:%-d %b %Y}" if finding.until else ""
    if expired:
        return f"○ open, dismissal ended {day}"
    return STATUS[finding.status] + (f" until {day}" if day else "")


def severity_tiles(shown: Shown) -> None:
    """How many of each severity, the worst first; what is new, what waits for a second person."""
    row = []
    for severity in reversed(Severity):
        pile = shown.tally.severities.get(severity)
        cells = pile.cells if pile else 0
        note = f"in {cells:,} cell{'s' if cells != 1 else ''}"
        row.append(Tile(severity_word(severity), f"{pile.findings if pile else 0:,}", note=note,
                        quiet=pile is None, tone=severity.value))  # fmt: skip
    waiting = workspace().finding_tally(FindingFilter(shown.chosen.where, Standing.REVIEW)).total
    row.append(Tile("+ new", f"{shown.tally.new:,}", note="since the last scan",
                    quiet=not shown.tally.new))  # fmt: skip
    row.append(Tile("◔ second look", f"{waiting.findings:,}", note="wait for another auditor",
                    quiet=not waiting.findings))  # fmt: skip
    tiles(row, width=130)


def findings_table(shown: Shown) -> Listed:
    """A page of the findings; ticked ones are decided on together."""
    total = shown.tally.total.findings
    if not total:
        st.info("Nothing is left under these filters.", icon=":material/filter_alt:")
        return Listed((), 0, ())
    pages = -(-total // PAGE)
    if st.session_state.get("findings-page", 1) > pages:
        st.session_state["findings-page"] = pages
    place = st.empty()
    number = st.pagination(pages, key="findings-page") if pages > 1 else 1
    offset = (number - 1) * PAGE
    findings = workspace().finding_page(shown.chosen, offset, PAGE)
    with place.container():
        event = _table(findings, workspace().finding_owners([f.id for f in findings]))
    ticked = [findings[n] for n in event.selection.rows if n < len(findings)]
    return Listed(findings, offset, tuple(ticked))


def _table(findings: Sequence[Finding], owners: Mapping[str, Assigned]) -> Any:
    return st.dataframe(
        [
            {
                "severity": severity_word(f.severity),
                "what": plain_words(f.entity_type),
                "where": cell(place_of(f)),
                "column": cell(f.column),
                "cells": f.cells,
                "looks like": cell(f.samples[0]) if f.samples else "",
                "status": status_of(f),
                "owner": cell(owners[f.id].owner or "") if f.id in owners else "",
                "due": owners[f.id].due if f.id in owners else None,
                "since last time": change_words(f),
            }
            for f in findings
        ],
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        # what was ticked is not ticked in another table
        key=f"findings-{st.session_state.get('findings-turn', 0)}",
        height=min(360, 38 + 35 * len(findings)),
        column_config={
            "severity": st.column_config.TextColumn(width=90),
            "what": st.column_config.TextColumn(width=170),
            "where": st.column_config.TextColumn(width=230),
            "cells": st.column_config.NumberColumn(width=70, format="localized"),
            "due": st.column_config.DateColumn(width=100),
        },
        placeholder="",
        alt="Findings, the worst first; tick one to see why it was flagged, more to decide at once",
    )

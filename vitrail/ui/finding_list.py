"""The findings that the filters leave: counted by severity, and as a list to work through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from vitrail.detect.entities import plain_words
from vitrail.model import Finding, FindingStatus, Severity
from vitrail.report.scan_view import change_words
from vitrail.ui.anatomy import empty
from vitrail.ui.entrance import workspace
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

_URGENCY: Final = tuple(STATUS)
_FILTERS: Final = ("kind", "dataset")


def place_of(finding: Finding) -> str:
    """``crm/clients.xlsx · Clients``."""
    return finding.dataset if finding.table is None else f"{finding.dataset} · {finding.table}"


def findings_chosen() -> tuple[Finding, ...]:
    """The findings that the filters leave: what came back and the worst first."""
    everything = workspace().findings()
    if not everything:
        _nothing_found()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        where = st.selectbox(
            "Where", ["stray", "expected", "all"], key="where", bind="query-params", width=118,
            help="expected: the mapping declares that the column holds such data.",
        )  # fmt: skip
        state = st.selectbox("Status", ["open", "confirmed", "claimed fixed", "dismissed", "gone",
                                        "any"],
                             key="status", bind="query-params", width=140)  # fmt: skip
        kinds = {plain_words(f.entity_type) for f in everything}
        kind = _optional("Kind of data", "kind", kinds)
        place = _optional("Dataset", "dataset", {f.dataset for f in everything})
    _chips()
    kept = [
        f
        for f in everything
        if where in ("all", "expected" if f.expected else "stray")
        and state in ("any", _group(f.status))
        and kind in (None, plain_words(f.entity_type))
        and place in (None, f.dataset)
    ]
    return tuple(sorted(kept, key=_order))


def _optional(label: str, key: str, options: set[str]) -> str | None:
    return st.selectbox(label, sorted(options), index=None, placeholder="all", key=key,
                        bind="query-params", width=190)  # fmt: skip


def _chips() -> None:
    """The filters in force; a chip takes its filter away."""
    chosen = [(key, st.session_state[key]) for key in _FILTERS if st.session_state.get(key)]
    if chosen:
        with st.container(horizontal=True, gap="small"):
            for key, value in chosen:
                st.button(value, icon=":material/close:", key=f"drop-{key}", on_click=_drop,
                          args=(key,), help="Take this filter away")  # fmt: skip


def _drop(key: str) -> None:
    st.session_state[key] = None


def _order(finding: Finding) -> tuple[int, int, int, str]:
    return (-finding.severity.rank, _URGENCY.index(finding.status), -finding.cells, finding.id)


def _group(status: FindingStatus) -> str:
    if status in (FindingStatus.OPEN, FindingStatus.REGRESSED):
        return "open"
    return "gone" if status is FindingStatus.VERIFIED else status.value


def _nothing_found() -> None:
    done = [r for r in workspace().runs() if r.kind == "scan" and r.ended_at]
    if done:
        empty("Nothing was found", f"{len(done)} scans ended without a finding. What they did "
              "not read stands on the Scan page.")  # fmt: skip
    else:
        empty("Nothing scanned yet", "Findings come from a scan of the exports.", "vitrail scan")
    st.stop()


def severity_tiles(findings: Sequence[Finding]) -> None:
    """How many of each severity, the worst first."""
    shown = []
    for severity in reversed(Severity):
        chosen = [f for f in findings if f.severity is severity]
        cells = sum(f.cells for f in chosen)
        note = f"in {cells:,} cell{'s' if cells != 1 else ''}"
        shown.append(Tile(severity_word(severity), f"{len(chosen):,}", note=note,
                          quiet=not chosen, tone=severity.value))  # fmt: skip
    tiles(shown, width=130)


def findings_table(findings: Sequence[Finding]) -> Finding | None:
    """All findings; the one that is selected, or the first."""
    if not findings:
        st.info("Nothing is left under these filters.", icon=":material/filter_alt:")
        return None
    event = st.dataframe(
        [
            {
                "severity": severity_word(f.severity),
                "what": plain_words(f.entity_type),
                "where": place_of(f),
                "column": f.column,
                "cells": f.cells,
                "looks like": f.samples[0] if f.samples else "",
                "status": STATUS[f.status],
                "since last time": change_words(f),
            }
            for f in findings
        ],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": [0]}},
        key="findings",
        height=min(360, 38 + 35 * len(findings)),
        column_config={
            "severity": st.column_config.TextColumn(width=90),
            "what": st.column_config.TextColumn(width=170),
            "where": st.column_config.TextColumn(width=230),
            "cells": st.column_config.NumberColumn(width=70, format="localized"),
        },
        alt="Findings, the worst first; select a row to see why it was flagged",
    )
    rows = event["selection"]["rows"]
    return findings[rows[0] if rows and rows[0] < len(findings) else 0]

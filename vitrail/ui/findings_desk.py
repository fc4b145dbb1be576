"""The Findings page: stray personal data by place and kind, each with its why and a decision."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from vitrail.model import Decision, Finding, FindingStatus, Severity
from vitrail.ui.anatomy import empty
from vitrail.ui.charts import heatmap
from vitrail.ui.entrance import workspace
from vitrail.ui.verdicts import severity_word

_STATUS = {
    FindingStatus.OPEN: "○ open",
    FindingStatus.CONFIRMED: "✕ confirmed",
    FindingStatus.DISMISSED: "– dismissed",
    FindingStatus.GONE: "✓ gone",
    FindingStatus.REGRESSED: "! regressed",
}


def findings_chosen() -> tuple[Finding, ...]:
    """The findings that the filters leave, the worst and largest first."""
    everything = workspace().findings()
    if not everything:
        empty("No findings", "No scan has found anything, or none was made.", "vitrail scan")
        st.stop()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        where = st.segmented_control(
            "Where", ["stray", "expected", "all"], default="stray", required=True,
            key="where", bind="query-params",
            help="expected: the mapping declares that the column holds such data.",
        )  # fmt: skip
        state = st.selectbox("Status", ["open", "confirmed", "dismissed", "any"], key="status",
                             bind="query-params", width=160)  # fmt: skip
        kinds = sorted({f.entity_type for f in everything})
        kind = st.selectbox("Entity type", kinds, index=None, placeholder="all", key="entity",
                            bind="query-params", width=220)  # fmt: skip
        places = sorted({f.dataset for f in everything})
        place = st.selectbox("Dataset", places, index=None, placeholder="all", key="dataset",
                             bind="query-params", width=280)  # fmt: skip
    kept = [
        f
        for f in everything
        if where in ("all", "expected" if f.expected else "stray")
        and state in ("any", _group(f.status))
        and kind in (None, f.entity_type)
        and place in (None, f.dataset)
    ]
    return tuple(sorted(kept, key=lambda f: (-f.severity.rank, -f.cells, f.id)))


def _group(status: FindingStatus) -> str:
    still_open = (FindingStatus.OPEN, FindingStatus.REGRESSED)
    return "open" if status in still_open else status.value


def severity_tiles(findings: Sequence[Finding]) -> None:
    """How many of each severity, the worst first."""
    for column, severity in zip(st.columns(4), reversed(Severity), strict=True):
        chosen = [f for f in findings if f.severity is severity]
        column.metric(
            severity_word(severity), len(chosen), f"{sum(f.cells for f in chosen):,} cells",
            delta_color="off", delta_arrow="off", border=True,
        )  # fmt: skip


def findings_heatmap(findings: Sequence[Finding]) -> None:
    if findings:
        with st.expander("Where they are", expanded=True):
            heatmap(findings)


def findings_table(findings: Sequence[Finding]) -> Finding | None:
    """All findings; the one that is selected, or the first."""
    if not findings:
        st.info("Nothing is left under these filters.", icon=":material/filter_alt:")
        return None
    event = st.dataframe(
        [
            {
                "severity": severity_word(f.severity),
                "entity type": f.entity_type,
                "dataset": f.dataset if f.table is None else f"{f.dataset} · {f.table}",
                "column": f.column,
                "cells": f.cells,
                "values": f.values,
                "score": round(f.score, 2),
                "looks like": f.samples[0] if f.samples else "",
                "status": _STATUS[f.status],
            }
            for f in findings
        ],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="findings",
    )
    rows = event["selection"]["rows"]
    return findings[rows[0] if rows and rows[0] < len(findings) else 0]


def finding_detail(finding: Finding) -> None:
    """Why it was flagged, what it looks like, and the decision."""
    with st.container(border=True):
        place = finding.dataset if finding.table is None else f"{finding.dataset} · {finding.table}"
        st.subheader(f"{finding.entity_type} in {finding.column}", anchor=False)
        st.caption(f"{place} · {finding.cells:,} cells, {finding.values:,} different values")
        st.write(finding.explanation)
        if finding.decided_by:
            st.caption(
                f"{_STATUS[finding.status]} by {finding.decided_by} on "
                f"{finding.decided_at:%Y-%m-%d %H:%M} UTC: {finding.reason}"
            )
        _samples(finding)
        _decision(finding)


def _samples(finding: Finding) -> None:
    with st.expander("Masked samples from the export"):
        for text in workspace().samples(finding.id):
            st.code(text, language=None, wrap_lines=True)
        st.caption("Each value is masked, and so is every other personal value around it.")


def _decision(finding: Finding) -> None:
    with st.form(f"decide-{finding.id}", border=False):
        reason = st.text_input("Reason", placeholder="Why? It is kept with the decision.")
        with st.container(horizontal=True):
            confirm = st.form_submit_button("Confirm", icon=":material/check:", type="primary")
            dismiss = st.form_submit_button("Dismiss", icon=":material/close:")
            reopen = st.form_submit_button("Reopen", icon=":material/undo:")
    for pressed, decision in (
        (confirm, Decision.CONFIRM),
        (dismiss, Decision.DISMISS),
        (reopen, Decision.REOPEN),
    ):
        if pressed:
            workspace().dispose(finding.id, decision, reason)
            st.rerun()

"""The Scan page: what will be read, start, progress, cancel, history."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import streamlit as st

from vitrail.ledger import RunRecord
from vitrail.model import Progress, RunState
from vitrail.scan import ScanOptions, ScanPlan
from vitrail.scan.options import Names, Sample
from vitrail.ui.entrance import workspace

SAMPLES: Final[tuple[Sample, ...]] = ("exhaustive", "quick")
NAMES: Final[tuple[Names, ...]] = ("auto", "all", "off")
_STATES: Final = {
    RunState.PLANNED: "○ planned",
    RunState.RUNNING: "▸ running",
    RunState.DONE: "✓ done",
    RunState.CANCELLED: "– cancelled",
    RunState.FAILED: "✕ failed",
}


def options_chosen() -> ScanOptions:
    """How thorough: every value or a sample, with or without names."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sample = st.segmented_control(
            "Values", SAMPLES, default="exhaustive", required=True,
            key="sample", bind="query-params",
            help="exhaustive looks at every value; quick at a sample, and says its bound.",
        )  # fmt: skip
        names = st.segmented_control(
            "Names", NAMES, default="auto", required=True,
            key="names", bind="query-params",
            help="Names need models and time: auto follows a budget, off looks for patterns only.",
        )  # fmt: skip
    return ScanOptions(sample=sample or "exhaustive", names=names or "auto")


def plan_of(options: ScanOptions) -> ScanPlan:
    """What a scan with these options would read, look for and cost."""
    return workspace().plan_scan(options)


def plan_tiles(plan: ScanPlan) -> None:
    """What a scan would read, and first of all what it could not."""
    if plan.unreadable:
        st.warning(
            f"{len(plan.unreadable)} inputs cannot be read and would not be scanned.",
            icon=":material/error:",
        )
        st.dataframe(
            [
                {"input": i.name, "why": i.reason or "", "what helps": i.remedy or ""}
                for i in plan.unreadable
            ],
            hide_index=True,
        )
    facts = (
        ("Datasets", f"{len(plan.datasets):,}"),
        ("Columns", f"{len(plan.columns):,}"),
        ("To read", size(plan.bytes)),
        ("Entity types", f"{len(plan.entities):,}"),
        ("About", duration(plan.seconds_estimate)),
    )
    for column, (label, value) in zip(st.columns(len(facts)), facts, strict=True):
        column.metric(label, value, border=True)


def start_button(options: ScanOptions) -> None:
    """Start a scan as its own process, unless one is running."""
    busy = running() is not None
    if st.button(
        "Start scan", type="primary", icon=":material/play_arrow:", disabled=busy, key="start"
    ):
        st.session_state["started"] = workspace().start_scan(options)
        st.rerun()


def running() -> RunRecord | None:
    """The scan that is running now, if one is."""
    runs = [r for r in workspace().runs() if r.kind == "scan"]
    return next((r for r in runs if r.state is RunState.RUNNING), None)


@st.fragment(run_every=1.0)
def live_progress() -> None:
    """The running scan: share, rate, time left, and the button that stops it."""
    run = running()
    started = st.session_state.get("started")
    if run is None:
        if started and all(r.id != started for r in workspace().runs()):
            st.info("Starting…", icon=":material/hourglass_top:")
        elif started:
            st.session_state.pop("started")
            st.rerun(scope="app")
        return
    with st.container(border=True):
        progress = run.progress
        st.progress(progress.share if progress else 0.0, text=progress_words(progress))
        if st.button("Cancel", icon=":material/stop:", disabled=run.cancel_requested, key="cancel"):
            workspace().cancel_run(run.id)
        if run.cancel_requested:
            st.caption("Stopping; what is finished is kept.")


def progress_words(progress: Progress | None) -> str:
    """``42 % · 310,000 cells/s · 1,204 hits · 12 s left · crm.xlsx``."""
    if progress is None:
        return "Opening the exports…"
    left = progress.seconds_left
    parts = [
        f"{progress.share:.0%}",
        f"{progress.rows:,} rows",
        f"{progress.cells_per_second:,.0f} cells/s",
        f"{progress.hits:,} hits",
        f"{duration(left)} left" if left is not None else "",
        progress.current,
    ]
    return " · ".join(part for part in parts if part)


def history() -> None:
    """Every scan the ledger knows, newest first."""
    runs = [r for r in workspace().runs() if r.kind == "scan"]
    if not runs:
        st.caption("No scan yet.")
        return
    st.dataframe(
        [
            {
                "state": _STATES[run.state],
                "begun (UTC)": f"{run.started_at:%Y-%m-%d %H:%M}",
                "by": run.actor,
                "took": duration(_seconds(run)),
                "hits": run.summary.get("hits"),
                "files": run.summary.get("files"),
                "not read": run.summary.get("unreadable"),
                "run": run.id,
            }
            for run in runs
        ],
        hide_index=True,
    )


def _seconds(run: RunRecord) -> float:
    return ((run.ended_at or datetime.now(UTC)) - run.started_at).total_seconds()


def size(count: float) -> str:
    """Bytes as ``12.4 MB``."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:,.0f} {unit}" if unit == "B" else f"{count:,.1f} {unit}"
        count /= 1000
    return f"{count:,.1f} TB"


def duration(seconds: float | None) -> str:
    """Seconds as ``3 s``, ``4 min``, ``1.5 h``."""
    if seconds is None:
        return "?"
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"

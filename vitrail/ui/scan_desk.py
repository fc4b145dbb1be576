"""Scans as they run and as they ended: start, progress, cancel, history."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from vitrail.ledger import RunRecord
from vitrail.model import RunState
from vitrail.scan import ScanOptions
from vitrail.ui.anatomy import told
from vitrail.ui.entrance import workspace
from vitrail.ui.scan_words import duration, progress_words

#: How long a scan may take to show itself before the page says that it does not come.
_PATIENCE: Final = 60.0
_STATES: Final = {
    RunState.PLANNED: "○ planned",
    RunState.RUNNING: "▸ running",
    RunState.DONE: "✓ done",
    RunState.CANCELLED: "– cancelled",
    RunState.FAILED: "✕ failed",
}


def scans() -> list[RunRecord]:
    """Every scan that the ledger knows, newest first."""
    return [run for run in workspace().runs() if run.kind == "scan"]


def start_button(options: ScanOptions) -> None:
    """Start a scan as its own process, unless one is starting or running."""
    busy = _running() is not None or _awaited() is not None
    if st.button(
        "Start scan", type="primary", icon=":material/play_arrow:", disabled=busy, key="start"
    ):
        st.session_state["started"] = (workspace().start_scan(options), time.monotonic())
        st.rerun()


def _running() -> RunRecord | None:
    return next((run for run in scans() if run.state is RunState.RUNNING), None)


def _awaited() -> str | None:
    """The scan that this browser started and that the ledger does not know yet."""
    started, at = st.session_state.get("started", (None, 0.0))
    if started is None or any(run.id == started for run in scans()):
        return None
    return started if time.monotonic() - at < _PATIENCE else None


def live_progress() -> None:
    """The running scan, looked at every second while there is one."""
    busy = _running() is not None or _awaited() is not None
    st.fragment(_progress, run_every=1.0 if busy else None)(busy)


def _progress(was_busy: bool) -> None:
    """Share, rate, time left, and the button that stops it."""
    with told():
        run = _running()
        if run is not None:
            _running_card(run)
        elif _awaited():
            st.info("Starting…", icon=":material/hourglass_top:")
        elif was_busy:
            st.rerun(scope="app")
        else:
            _last_words()


def _running_card(run: RunRecord) -> None:
    with st.container(border=True):
        st.progress(run.progress.share if run.progress else 0.0, text=progress_words(run.progress))
        if run.cancel_requested:
            st.caption("Stopping; what is finished is kept.")
        elif st.button("Cancel", icon=":material/stop:", key="cancel"):
            workspace().cancel_run(run.id)
            st.rerun(scope="fragment")


def _last_words() -> None:
    """What became of a scan that did not come to its end, and how to go on with it."""
    started, _ = st.session_state.get("started", (None, 0.0))
    if started and all(run.id != started for run in scans()):
        st.warning("The scan did not begin. Run `vitrail scan`: it says why.")
    latest = next(iter(scans()), None)
    if latest and latest.state in (RunState.CANCELLED, RunState.FAILED):
        st.caption(f"The last scan is {_STATES[latest.state][2:]}. To go on where it stopped:")
        st.code(f"vitrail scan --resume --out runs/{latest.id}", language="bash")


def history() -> None:
    """Every scan the ledger knows, newest first."""
    rows = [
        {
            "state": _STATES[run.state],
            "begun (UTC)": f"{run.started_at:%Y-%m-%d %H:%M}",
            "by": run.actor,
            "took": duration(_seconds(run)),
            "files": run.summary.get("files"),
            "not read": run.summary.get("unreadable"),
            "hits": run.summary.get("hits"),
            "run": run.id,
        }
        for run in scans()
    ]
    if rows:
        st.dataframe(rows, hide_index=True, column_config={
            name: st.column_config.NumberColumn(format="localized")
            for name in ("files", "not read", "hits")
        })  # fmt: skip
    else:
        st.caption("No scan yet. Start one above, or run `vitrail scan`.")


def _seconds(run: RunRecord) -> float:
    return ((run.ended_at or datetime.now(UTC)) - run.started_at).total_seconds()

"""Scans as they run: start, progress, cancel, go on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from vitrail.ledger import RunRecord
from vitrail.model import RunState
from vitrail.translation import _
from vitrail.ui.anatomy import told
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import literal
from vitrail.ui.scan_words import progress_words

if TYPE_CHECKING:
    from vitrail.scan import ScanOptions

#: How long a scan may take to show itself before the page says that it does not come.
_PATIENCE: Final = timedelta(minutes=1)


def scans() -> list[RunRecord]:
    """Every scan that the ledger knows, newest first."""
    return [run for run in workspace().runs() if run.kind == "scan"]


def start_button(options: ScanOptions) -> None:
    """Start a scan as its own process, unless one is starting or running."""
    busy = _running() is not None or _awaited()
    st.button(
        _("Start scan"), type="primary", icon=":material/play_arrow:", disabled=busy, key="start",
        on_click=_start, args=(options,),
    )  # fmt: skip


def _start(options: ScanOptions) -> None:
    """Runs before the page does: a page that is interrupted by its own polling loses no click."""
    with told():
        st.session_state["started"] = (workspace().start_scan(options), datetime.now(UTC))


def _resume() -> None:
    with told():
        st.session_state["started"] = (workspace().resume_scan(), datetime.now(UTC))


def _cancel(run_id: str) -> None:
    with told():
        workspace().cancel_run(run_id)


def _running() -> RunRecord | None:
    return next((run for run in scans() if run.state is RunState.RUNNING), None)


def _awaited() -> bool:
    """Whether a scan that this browser has just begun, or gone on with, has not shown itself."""
    at = _unseen_since()
    return at is not None and datetime.now(UTC) - at < _PATIENCE


def _unseen_since() -> datetime | None:
    """When this browser began a scan of which the ledger has had no sign since."""
    if "started" not in st.session_state:
        return None
    started, at = st.session_state["started"]
    run = next((run for run in scans() if run.id == started), None)
    if run is None:
        return at  # type: ignore[no-any-return]
    sign = run.ended_at or run.beat_at or run.started_at
    return None if run.state is RunState.RUNNING or sign >= at else at


def live_progress() -> None:
    """The running scan, looked at every second while there is one."""
    busy = _running() is not None or _awaited()
    st.fragment(_progress, run_every=1.0 if busy else None)(busy)


def _progress(was_busy: bool) -> None:
    """Share, rate, time left, and the button that stops it."""
    with told():
        run = _running()
        if run is not None:
            _running_card(run)
        elif _awaited():
            st.info(_("Starting…"), icon=":material/hourglass_top:")
        elif was_busy:
            st.rerun(scope="app")
        else:
            _last_words()


def _running_card(run: RunRecord) -> None:
    with st.container(border=True):
        st.progress(
            run.progress.share if run.progress else 0.0, text=literal(progress_words(run.progress))
        )
        if run.cancel_requested:
            st.caption(_("Stopping; what is finished is kept."))
        else:
            st.button(_("Cancel"), icon=":material/stop:", key="cancel", on_click=_cancel,
                      args=(run.id,))  # fmt: skip


def _last_words() -> None:
    """What became of a scan that did not come to its end, and how to go on with it."""
    if _unseen_since() is not None:
        st.warning(_("The scan did not begin. Run `vitrail scan`: it says why."))
    latest = next(iter(scans()), None)
    if latest and latest.state in (RunState.CANCELLED, RunState.FAILED):
        if latest.state is RunState.CANCELLED:
            end = _("The last scan was cancelled; what it had finished is kept.")
        else:
            end = _("The last scan broke off; what it had finished is kept.")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(end)
            st.button(_("Go on"), icon=":material/resume:", key="resume", on_click=_resume)

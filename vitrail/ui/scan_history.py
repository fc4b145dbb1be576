"""Every scan there was, and the report of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from vitrail.access import Action, can
from vitrail.ledger import RunRecord
from vitrail.model import RunState
from vitrail.translation import N_, _, moment, number
from vitrail.ui.day_column import moment_column
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cell
from vitrail.ui.run_reports import scan_reports
from vitrail.ui.scan_desk import scans
from vitrail.ui.scan_words import duration

_COUNTS: Final = {N_("files"): "files", N_("not read"): "unreadable", N_("hits"): "hits"}
_STATES: Final = {
    RunState.PLANNED: N_("○ planned"),
    RunState.RUNNING: N_("▸ running"),
    RunState.DONE: N_("✓ done"),
    RunState.CANCELLED: N_("– cancelled"),
    RunState.FAILED: N_("✕ failed"),
}


def history() -> None:
    """Every scan the ledger knows, newest first; above it the report of the selected one."""
    runs = scans()
    if not runs:
        st.caption(_("No scan yet. Start one above, or run `vitrail scan`."))
        return
    place = st.container(horizontal=True, vertical_alignment="center")
    event = st.dataframe(
        [_row(run) for run in runs],
        hide_index=True,
        key="scans",
        on_select="rerun",
        selection_mode="single-row",
        column_config={_("begun (UTC)"): moment_column()},
        alt=_("Every scan, the newest first; select one for its report"),
    )
    chosen = [runs[n] for n in event.selection.rows if n < len(runs)]
    with place:
        _report(chosen or runs)


def _report(runs: Sequence[RunRecord]) -> None:
    """The report of the first of the runs that has one; it lists findings, as not all may see."""
    if not can(workspace().actor, Action.READ_FINDINGS):
        return
    run = next(filter(_is_kept, runs), None)
    if run is None:
        st.caption(_("This scan has no report: it did not end, or its files are gone."))
        return
    st.markdown(_("Report of the scan of {at} UTC", at=moment(run.started_at)))
    scan_reports(run.id)


def _is_kept(run: RunRecord) -> bool:
    written = workspace().layout.runs / run.id / "run.json"
    return run.state is RunState.DONE and written.is_file()


def _row(run: RunRecord) -> dict[str, object]:
    return {
        _("state"): _(_STATES[run.state]),
        _("begun (UTC)"): run.started_at,
        _("by"): cell(run.actor),
        _("took"): _took(run),
        **{_(head): _count(run.summary.get(key)) for head, key in _COUNTS.items()},
        _("run"): run.id,
    }


def _count(value: object) -> str:
    return number(value) if isinstance(value, int) else ""


def last_took() -> str:
    """How long the last scan took that came to its end, in words; nothing where none did."""
    last = next((run for run in scans() if run.state is RunState.DONE), None)
    return "" if last is None else _("the last one took {time}", time=_took(last))


def _took(run: RunRecord) -> str:
    end = run.ended_at or (datetime.now(UTC) if run.state is RunState.RUNNING else run.beat_at)
    return duration((end - run.started_at).total_seconds() if end else None)

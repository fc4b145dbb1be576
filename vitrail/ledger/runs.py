"""Runs: begun, beating, cancelled, ended; and whether a run's process still lives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from vitrail.errors import UsageError
from vitrail.ledger.chain import append, canonical
from vitrail.ledger.records import RunRecord
from vitrail.ledger.state import apply
from vitrail.ledger.tables import RUNS
from vitrail.model import Progress, RunState

#: A process begun more than this many seconds from what the ledger noted is another with its pid.
_SAME_PROCESS: Final = 60.0


def begin(
    connection: Connection, run_id: str, *, directory: Path, pid: int, actor: str, kind: str
) -> None:
    """Note that a run began, or goes on after it was cut short; a living one is not begun twice."""
    row = connection.execute(select(RUNS).where(RUNS.c.id == run_id)).first()
    if row is not None and row.pid != pid and _state(row) is RunState.RUNNING:
        raise UsageError(
            f"The run {run_id} is already going on, in process {row.pid}.",
            "Wait for it, or cancel it first.",
        )
    payload: dict[str, Any] = {"run": run_id, "run_kind": kind, "pid": pid}
    started = _started(pid)
    if started is not None:
        payload["pid_started"] = round(started, 2)
    apply(connection, append(connection, "run_begun", actor, payload))
    connection.execute(RUNS.update().where(RUNS.c.id == run_id).values(directory=str(directory)))


def beat(connection: Connection, run_id: str, progress: Progress) -> None:
    """Note how far the run is. Not an event: only the latest one matters."""
    connection.execute(
        RUNS.update()
        .where(RUNS.c.id == run_id)
        .values(progress=canonical(asdict(progress)), beat_at=datetime.now(UTC).isoformat())
    )


def finish(
    connection: Connection, run_id: str, state: RunState, summary: Mapping[str, float | str]
) -> None:
    row = _known(connection, run_id)
    payload = {"run": run_id, "state": state.value, "summary": dict(summary)}
    apply(connection, append(connection, "run_ended", row.actor, payload))


def request_cancel(connection: Connection, run_id: str, actor: str) -> None:
    _known(connection, run_id)
    apply(connection, append(connection, "cancel_requested", actor, {"run": run_id}))


def cancel_requested(connection: Connection, run_id: str) -> bool:
    return bool(_known(connection, run_id).cancel_requested)


def every(connection: Connection, home: Path) -> tuple[RunRecord, ...]:
    """All runs, newest first. ``home`` is the ledger's folder, where runs lie by default."""
    rows = connection.execute(select(RUNS).order_by(RUNS.c.begun_at.desc(), RUNS.c.id))
    return tuple(_record(row, home) for row in rows)


def _known(connection: Connection, run_id: str) -> Row[Any]:
    row = connection.execute(select(RUNS).where(RUNS.c.id == run_id)).first()
    if row is None:
        raise UsageError(
            f"The ledger knows no run {run_id}.", "Look at the list of runs for its name."
        )
    return row


def _record(row: Row[Any], home: Path) -> RunRecord:
    return RunRecord(
        id=row.id,
        kind=row.kind,
        actor=row.actor,
        directory=str(home / (row.directory or f"runs/{row.id}")),
        pid=row.pid,
        state=_state(row),
        started_at=datetime.fromisoformat(row.begun_at),
        ended_at=row.ended_at and datetime.fromisoformat(row.ended_at),
        progress=Progress(**json.loads(row.progress)) if row.progress else None,
        beat_at=row.beat_at and datetime.fromisoformat(row.beat_at),
        cancel_requested=bool(row.cancel_requested),
        summary=json.loads(row.summary),
    )


def _state(row: Row[Any]) -> RunState:
    state = RunState(row.state)
    if state is RunState.RUNNING and not _lives(row.pid, row.pid_started):
        return RunState.FAILED
    return state


def _lives(pid: int, noted_start: float | None) -> bool:
    started = _started(pid)
    if started is None:
        return False
    return noted_start is None or abs(started - noted_start) < _SAME_PROCESS


def _started(pid: int) -> float | None:
    """When a living process began, in seconds since 1970; None for one that is gone or a zombie."""
    import psutil

    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return float(process.create_time())
    except psutil.Error:
        return None

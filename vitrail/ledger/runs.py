"""Runs: begun, beating, cancelled, ended; and whether a run's process still lives.

On its own machine that is seen by its process; on every other by its beats, which it sends as
long as it goes on, and by the clock of the ledger's server where there is one.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from vitrail.errors import UsageError
from vitrail.ledger.chain import append, canonical
from vitrail.ledger.records import RunRecord
from vitrail.ledger.state import apply
from vitrail.ledger.tables import RUNS
from vitrail.model import Progress, RunState

#: A process begun more than this many seconds from what the ledger noted is another with its pid.
_SAME_PROCESS: Final = 60.0
#: A run of another machine that was not heard of for longer has died.
_SILENT: Final = timedelta(seconds=120)


def begin(
    connection: Connection, run_id: str, *, directory: Path, pid: int, actor: str, kind: str
) -> None:
    """Note that a run began, or goes on after it was cut short; a living one is not begun twice."""
    row = connection.execute(select(RUNS).where(RUNS.c.id == run_id)).first()
    now = _now(connection)
    if row is not None and _state(row, now) is RunState.RUNNING:
        remedy = "Wait for it, or cancel it first."
        if _is_elsewhere(row):
            raise UsageError(f"The run {run_id} is already going on, on another machine.", remedy)
        if row.pid != pid:
            raise UsageError(f"The run {run_id} is already going on, in process {row.pid}.", remedy)
    payload: dict[str, Any] = {"run": run_id, "run_kind": kind, "pid": pid}
    started = _started(pid)
    if started is not None:
        payload["pid_started"] = round(started, 2)
    apply(connection, append(connection, "run_begun", actor, payload))
    connection.execute(
        RUNS.update()
        .where(RUNS.c.id == run_id)
        .values(directory=str(directory), host=_host(), beat_at=now.isoformat())
    )


def beat(connection: Connection, run_id: str, progress: Progress) -> None:
    """Note how far the run is. Not an event: only the latest one matters."""
    connection.execute(
        RUNS.update()
        .where(RUNS.c.id == run_id)
        .values(progress=canonical(asdict(progress)), beat_at=_now(connection).isoformat())
    )


def pulse(connection: Connection, run_id: str) -> None:
    """Note that a run still goes on, however far it is."""
    connection.execute(
        RUNS.update().where(RUNS.c.id == run_id).values(beat_at=_now(connection).isoformat())
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
    now = _now(connection)
    return tuple(_record(row, home, now) for row in rows)


def _known(connection: Connection, run_id: str) -> Row[Any]:
    row = connection.execute(select(RUNS).where(RUNS.c.id == run_id)).first()
    if row is None:
        raise UsageError(
            f"The ledger knows no run {run_id}.", "Look at the list of runs for its name."
        )
    return row


def _record(row: Row[Any], home: Path, now: datetime) -> RunRecord:
    return RunRecord(
        id=row.id,
        kind=row.kind,
        actor=row.actor,
        directory=str(home / (row.directory or f"runs/{row.id}")),
        pid=row.pid,
        state=_state(row, now),
        started_at=datetime.fromisoformat(row.begun_at),
        ended_at=row.ended_at and datetime.fromisoformat(row.ended_at),
        progress=Progress(**json.loads(row.progress)) if row.progress else None,
        beat_at=row.beat_at and datetime.fromisoformat(row.beat_at),
        cancel_requested=bool(row.cancel_requested),
        summary=json.loads(row.summary),
    )


def _state(row: Row[Any], now: datetime) -> RunState:
    state = RunState(row.state)
    if state is not RunState.RUNNING:
        return state
    heard = row.beat_at and now - datetime.fromisoformat(row.beat_at) < _SILENT
    lives = heard if _is_elsewhere(row) else _lives(row.pid, row.pid_started)
    return state if lives else RunState.FAILED


def _is_elsewhere(row: Row[Any]) -> bool:
    """Whether a run is another machine's; one begun before machines were noted is ours."""
    return row.host is not None and row.host != _host()


def _host() -> str:
    """This machine, by a digest of its name, which may be a person's."""
    return sha256(socket.gethostname().encode()).hexdigest()[:16]


def _now(connection: Connection) -> datetime:
    """By one clock for all: the server's, where the ledger has one."""
    if connection.dialect.name != "postgresql":
        return datetime.now(UTC)
    told: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return told.astimezone(UTC)


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

"""What the events add up to: runs and where each finding stands.

:func:`apply` is the only writer of that state. It is called for each line as it is appended and,
by :func:`rebuild`, for all of them again, so that the two cannot differ.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, select

from vitrail.errors import UsageError
from vitrail.ledger.chain import canonical, read
from vitrail.ledger.tables import CASES, HISTORY, RUNS, SESSIONS, STANDINGS
from vitrail.ledger.upserts import insert_into
from vitrail.ledger.verification import verify
from vitrail.model import CaseDecision, CaseStatus, LedgerEvent, RunState

PRESENT: Final = "present"
GONE: Final = "gone"
REGRESSED: Final = "regressed"


def apply(connection: Connection, event: LedgerEvent) -> None:
    """Carry one event into the state; kinds without state pass by."""
    handler = _HANDLERS.get(event.kind)
    if handler is not None:
        handler(connection, event)


def rebuild(connection: Connection) -> None:
    """Drop the state and add it up anew from a sound chain.

    Kept as they are: a run's machine, folder, progress and heartbeat, and when a session was last
    seen, which no event tells.
    """
    report = verify(connection)
    if not report.ok:
        raise UsageError(
            f"The state cannot be rebuilt: {report.problem}",
            "Restore the ledger from the backup of the workspace.",
        )
    untold = connection.execute(
        select(RUNS.c.id, RUNS.c.host, RUNS.c.directory, RUNS.c.progress, RUNS.c.beat_at)
    ).all()
    seen = connection.execute(select(SESSIONS.c.id, SESSIONS.c.seen_at)).all()
    connection.execute(RUNS.delete())
    connection.execute(SESSIONS.delete())
    connection.execute(STANDINGS.delete())
    connection.execute(HISTORY.delete())
    undecided = {"status": CaseStatus.OPEN.value, "decision_seq": None}
    connection.execute(CASES.update().values(**undecided, decided_by=None, decided_at=None))
    for event in list(read(connection, kinds=_HANDLERS.keys())):
        apply(connection, event)
    for run, host, directory, progress, beat_at in untold:
        connection.execute(
            RUNS.update()
            .where(RUNS.c.id == run)
            .values(host=host, directory=directory, progress=progress, beat_at=beat_at)
        )
    for session, at in seen:
        connection.execute(SESSIONS.update().where(SESSIONS.c.id == session).values(seen_at=at))


def _run_begun(connection: Connection, event: LedgerEvent) -> None:
    payload = event.payload
    values = {
        "kind": payload["run_kind"],
        "actor": event.actor,
        "pid": payload["pid"],
        "pid_started": payload.get("pid_started"),
        "state": RunState.RUNNING.value,
        "begun_at": event.at.isoformat(),
        "ended_at": None,
        "cancel_requested": 0,
        "summary": "{}",
    }
    _upsert(connection, RUNS, {"id": payload["run"]}, values)


def _run_ended(connection: Connection, event: LedgerEvent) -> None:
    payload = event.payload
    connection.execute(
        RUNS.update()
        .where(RUNS.c.id == payload["run"])
        .values(
            state=payload["state"],
            ended_at=event.at.isoformat(),
            summary=canonical(payload["summary"]),
        )
    )


def _cancel_requested(connection: Connection, event: LedgerEvent) -> None:
    connection.execute(
        RUNS.update().where(RUNS.c.id == event.payload["run"]).values(cancel_requested=1)
    )


def _findings_recorded(connection: Connection, event: LedgerEvent) -> None:
    for presence in (GONE, REGRESSED):
        for finding in event.payload[presence]:
            values = {"presence": presence, "presence_seq": event.seq}
            _upsert(connection, STANDINGS, {"finding": finding}, values)


def _finding_decided(connection: Connection, event: LedgerEvent) -> None:
    _stands(
        connection,
        event,
        decision=event.payload["decision"],
        decision_seq=event.seq,
        decided_by=event.actor,
        decided_at=event.at.isoformat(),
        expires_on=event.payload.get("until"),
    )


def _dismissal_proposed(connection: Connection, event: LedgerEvent) -> None:
    _stands(connection, event, proposed_seq=event.seq, proposed_by=event.actor)


def _finding_assigned(connection: Connection, event: LedgerEvent) -> None:
    due = {"due_on": event.payload["due"]} if "due" in event.payload else {}
    _stands(connection, event, assigned_seq=event.seq, **due)


def _finding_touched(connection: Connection, event: LedgerEvent) -> None:
    line = {"finding": event.payload["finding"], "seq": event.seq}
    connection.execute(HISTORY.insert().values(line))


def _stands(connection: Connection, event: LedgerEvent, **values: Any) -> None:
    """Where a finding stands from this event on, and one line more in its history."""
    fresh = {"presence": PRESENT, "presence_seq": 0}
    _upsert(connection, STANDINGS, {"finding": event.payload["finding"]}, values, only_if_new=fresh)
    _finding_touched(connection, event)


_CASE_STATUS: Final = {
    CaseDecision.CONFIRM: CaseStatus.CONFIRMED,
    CaseDecision.DISMISS: CaseStatus.DISMISSED,
    CaseDecision.AUTHORISE: CaseStatus.AUTHORISED,
    CaseDecision.REOPEN: CaseStatus.OPEN,
}


def _minor_case_decided(connection: Connection, event: LedgerEvent) -> None:
    status = _CASE_STATUS[CaseDecision(event.payload["decision"])]
    decided = {"decision_seq": event.seq, "decided_by": event.actor}
    connection.execute(
        CASES.update()
        .where(CASES.c.id == event.payload["case"])
        .values(status=status.value, decided_at=event.at.isoformat(), **decided)
    )


def _session_begun(connection: Connection, event: LedgerEvent) -> None:
    at = event.at.isoformat()
    values = {
        "person": event.actor,
        "roles": canonical(event.payload["roles"]),
        "begun_at": at,
        "seen_at": at,
    }
    connection.execute(SESSIONS.insert().values(id=event.payload["session"], **values))


def _session_roles(connection: Connection, event: LedgerEvent) -> None:
    connection.execute(
        SESSIONS.update()
        .where(SESSIONS.c.id == event.payload["session"])
        .values(roles=canonical(event.payload["roles"]))
    )


def _session_ended(connection: Connection, event: LedgerEvent) -> None:
    ended = {"ended_at": event.at.isoformat(), "ended_by": event.actor}
    connection.execute(
        SESSIONS.update()
        .where(SESSIONS.c.id == event.payload["session"])
        .values(cause=event.payload["cause"], **ended)
    )


def _upsert(
    connection: Connection,
    table: Any,
    key: dict[str, Any],
    values: dict[str, Any],
    only_if_new: dict[str, Any] | None = None,
) -> None:
    statement = insert_into(connection, table).values(**key, **values, **(only_if_new or {}))
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))


_HANDLERS: Final = {
    "run_begun": _run_begun,
    "run_ended": _run_ended,
    "cancel_requested": _cancel_requested,
    "findings_recorded": _findings_recorded,
    "finding_decided": _finding_decided,
    "dismissal_proposed": _dismissal_proposed,
    "finding_assigned": _finding_assigned,
    "finding_commented": _finding_touched,
    "revealed": _finding_touched,
    "minor_case_decided": _minor_case_decided,
    "session_begun": _session_begun,
    "session_roles": _session_roles,
    "session_ended": _session_ended,
}

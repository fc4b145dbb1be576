"""Who is signed in to the workbench, since when, and how each session ended.

A session's beginning, its roles and its end are events. When it was last seen is not: only the
latest moment matters, and one line for each click would drown the log.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from vitrail.ledger.chain import append
from vitrail.ledger.records import SessionRecord
from vitrail.ledger.state import apply
from vitrail.ledger.tables import SESSIONS
from vitrail.model import LedgerEvent, Role


def begin(
    connection: Connection, session: str, person: str, roles: Iterable[Role]
) -> LedgerEvent | None:
    """Note that a person came in; None where two pages of one browser came at once."""
    if one(connection, session) is not None:
        return None
    payload = {"session": session, "roles": sorted(roles)}
    event = append(connection, "session_begun", person, payload)
    apply(connection, event)
    return event


def change_roles(connection: Connection, session: str, roles: Iterable[Role]) -> None:
    """Note that a person's roles are others since the session began."""
    record = one(connection, session)
    if record is not None and record.roles != frozenset(roles):
        payload = {"session": session, "roles": sorted(roles)}
        apply(connection, append(connection, "session_roles", record.person, payload))


def see(connection: Connection, session: str, at: datetime) -> None:
    """Note that a person did something just now."""
    connection.execute(
        SESSIONS.update().where(SESSIONS.c.id == session).values(seen_at=at.isoformat())
    )


def end(connection: Connection, sessions: Collection[str], actor: str, cause: str) -> int:
    """End those that have not ended; how many. ``cause`` as :data:`..kinds.KINDS` lists them."""
    ended = 0
    for session in sorted(sessions):
        record = one(connection, session)
        if record is not None and record.ended_at is None:
            payload = {"session": session, "cause": cause}
            apply(connection, append(connection, "session_ended", actor, payload))
            ended += 1
    return ended


def one(connection: Connection, session: str) -> SessionRecord | None:
    row = connection.execute(select(SESSIONS).where(SESSIONS.c.id == session)).first()
    return None if row is None else _record(row)


def every(connection: Connection) -> tuple[SessionRecord, ...]:
    """All sessions, the last begun first."""
    rows = connection.execute(select(SESSIONS).order_by(SESSIONS.c.begun_at.desc(), SESSIONS.c.id))
    return tuple(_record(row) for row in rows)


def _record(row: Row[Any]) -> SessionRecord:
    return SessionRecord(
        id=row.id,
        person=row.person,
        roles=frozenset(Role(name) for name in json.loads(row.roles)),
        begun_at=datetime.fromisoformat(row.begun_at),
        seen_at=datetime.fromisoformat(row.seen_at),
        ended_at=row.ended_at and datetime.fromisoformat(row.ended_at),
        cause=row.cause,
        ended_by=row.ended_by,
    )

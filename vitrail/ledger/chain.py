"""Lines of the chain: how one is hashed, appended and read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, select

from vitrail.errors import VitrailError
from vitrail.ledger.kinds import check
from vitrail.ledger.tables import EVENTS, GENESIS
from vitrail.model import LedgerEvent

_LONGEST_ACTOR = 200


def canonical(value: Any) -> str:
    """One text for one value: keys sorted, no blanks, no NaN; what is hashed and stored."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def line_hash(seq: int, at: str, kind: str, actor: str, *, payload: str, prev_hash: str) -> str:
    """SHA-256 over a line's canonical JSON and its predecessor's hash: 64 hex digits."""
    return sha256(canonical([seq, at, kind, actor, payload, prev_hash]).encode()).hexdigest()


def append(
    connection: Connection, kind: str, actor: str, payload: Mapping[str, Any]
) -> LedgerEvent:
    """Add a line after the last; the connection must hold the write lock."""
    check(kind, payload)
    if not actor or len(actor) > _LONGEST_ACTOR or not actor.isprintable():
        raise VitrailError("A ledger event needs the name of who acts, of 1 to 200 characters.")
    last = connection.execute(
        select(EVENTS.c.seq, EVENTS.c.hash).order_by(EVENTS.c.seq.desc()).limit(1)
    ).first()
    seq, prev_hash = (1, GENESIS) if last is None else (last.seq + 1, last.hash)
    at = datetime.now(UTC)
    text = canonical(payload)
    digest = line_hash(seq, stamp(at), kind, actor, payload=text, prev_hash=prev_hash)
    connection.execute(
        EVENTS.insert().values(
            seq=seq,
            at=stamp(at),
            kind=kind,
            actor=actor,
            payload=text,
            prev_hash=prev_hash,
            hash=digest,
        )
    )
    return LedgerEvent(seq, at, kind, actor, json.loads(text), prev_hash, digest)


def read(
    connection: Connection,
    kinds: Collection[str] | None = None,
    after: int = 0,
    limit: int | None = None,
    newest_first: bool = False,
) -> Iterator[LedgerEvent]:
    """The lines numbered above ``after``, in order; ``limit`` of them at most."""
    order = EVENTS.c.seq.desc() if newest_first else EVENTS.c.seq
    question = select(EVENTS).where(EVENTS.c.seq > after).order_by(order).limit(limit)
    if kinds is not None:
        question = question.where(EVENTS.c.kind.in_(sorted(kinds)))
    return (_event(row) for row in connection.execute(question))


def read_lines(connection: Connection, numbers: Collection[int]) -> Iterator[LedgerEvent]:
    """The lines of these numbers, the newest first."""
    question = select(EVENTS).where(EVENTS.c.seq.in_(list(numbers))).order_by(EVENTS.c.seq.desc())
    return (_event(row) for row in connection.execute(question))


def _event(row: Row[Any]) -> LedgerEvent:
    return LedgerEvent(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        kind=row.kind,
        actor=row.actor,
        payload=json.loads(row.payload),
        prev_hash=row.prev_hash,
        hash=row.hash,
    )


def stamp(at: datetime) -> str:
    """A time as lines hold it: texts that sort as the times do."""
    return at.isoformat(timespec="microseconds")

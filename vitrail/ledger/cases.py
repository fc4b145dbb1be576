"""Cases of likely minors: opened by a scan, closed by a human alone.

A case holds the person's fingerprint and what kind of signal spoke, no text and no age. Of a
dismissed one the fingerprint is there so that the same person is not put before a human again;
it is forgotten after a while. Number, dates and decision stay.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from vitrail.errors import UsageError
from vitrail.ledger.chain import append
from vitrail.ledger.state import apply
from vitrail.ledger.tables import CASES, REASONS
from vitrail.ledger.verification import reason_digest
from vitrail.model import CaseDecision, CaseFound, CaseStatus, LedgerEvent, MinorCase

_LONGEST_REASON: Final = 2000


def record(
    connection: Connection, run_id: str, actor: str, found: Iterable[CaseFound]
) -> LedgerEvent:
    """Take in whom a scan found: the unknown get a case, the known are described anew."""
    known = {row.fingerprint for row in connection.execute(select(CASES.c.fingerprint))}
    everyone = {one.fingerprint: one for one in found}
    new = [one for print_of, one in everyone.items() if print_of not in known]
    payload = {"run": run_id, "total": len(everyone), "new": len(new)}
    event = append(connection, "minor_cases_recorded", actor, payload)
    for one in everyone.values():
        described = {
            "level": one.level,
            "score": one.score,
            "families": json.dumps(one.families),
        }
        if one.fingerprint in known:
            which = CASES.c.fingerprint == one.fingerprint
            connection.execute(CASES.update().where(which).values(**described))
        else:
            connection.execute(CASES.insert().values(_opened(one, event.at) | described))
    return event


def _opened(one: CaseFound, at: datetime) -> dict[str, Any]:
    return {
        "id": f"case-{secrets.token_hex(6)}",
        "fingerprint": one.fingerprint,
        "opened_at": at.isoformat(),
        "status": CaseStatus.OPEN.value,
    }


def decide(
    connection: Connection, case: str, decision: CaseDecision, actor: str, reason: str
) -> LedgerEvent:
    """Note a human's decision. The reason is kept beside the chain, which holds a salted digest."""
    words = reason.strip()
    if not 0 < len(words) <= _LONGEST_REASON:
        raise UsageError(
            "A decision needs a reason of 1 to 2000 characters.",
            "Say in a sentence why, for whoever looks at it next year.",
        )
    if connection.execute(select(CASES.c.id).where(CASES.c.id == case)).first() is None:
        raise UsageError("The ledger knows no such case.", "See `vitrail minors list`.")
    salt = secrets.token_hex(16)
    payload = {
        "case": case,
        "decision": decision.value,
        "reason_digest": reason_digest(salt, words),
    }
    event = append(connection, "minor_case_decided", actor, payload)
    apply(connection, event)
    connection.execute(REASONS.insert().values(seq=event.seq, salt=salt, words=words))
    return event


def forget_dismissed(connection: Connection, days: int, now: datetime | None = None) -> int:
    """Forget the fingerprints of cases that were dismissed more than ``days`` ago; how many."""
    before = ((now or datetime.now(UTC)) - timedelta(days=days)).isoformat()
    done = connection.execute(
        CASES.update()
        .where(CASES.c.status == CaseStatus.DISMISSED.value)
        .where(CASES.c.decided_at < before)
        .where(CASES.c.fingerprint.is_not(None))
        .values(fingerprint=None)
    )
    return int(done.rowcount)


def every(connection: Connection) -> tuple[MinorCase, ...]:
    """All cases, the surest of the open ones first."""
    question = select(CASES, REASONS.c.words).join(
        REASONS, REASONS.c.seq == CASES.c.decision_seq, isouter=True
    )
    cases = [_case(row) for row in connection.execute(question)]
    return tuple(
        sorted(cases, key=lambda c: (c.status is not CaseStatus.OPEN, -c.score, c.opened_at, c.id))
    )


def _case(row: Row[Any]) -> MinorCase:
    return MinorCase(
        id=row.id,
        fingerprint=row.fingerprint,
        level=row.level,
        score=row.score,
        families=tuple(json.loads(row.families)),
        opened_at=datetime.fromisoformat(row.opened_at),
        status=CaseStatus(row.status),
        decided_by=row.decided_by,
        decided_at=row.decided_at and datetime.fromisoformat(row.decided_at),
        reason=row.words,
    )

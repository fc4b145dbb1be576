"""What of the ledger is forgotten after a time: whom dismissed cases were about, and what people
wrote on cases and traces. Who decided what and when stays, and so does the digest of the words,
which tells nothing without their salt."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, func, select

from vitrail.ledger import chain
from vitrail.ledger.database import Database
from vitrail.ledger.tables import CASES, EVENTS, REASONS
from vitrail.model import CaseStatus

#: Lines whose words are about one person's case.
_WORDED: Final = ("minor_case_decided", "trace_begun")


class Forgetting:
    """Forgets with a tombstone, both or neither. ``days``: the period; ``now``: in UTC."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def past(self, *, days: int, now: datetime) -> int:
        """How much is past its period."""
        before = now - timedelta(days=days)
        with self._database.reading() as connection:
            counts = (
                select(func.count()).select_from(CASES).where(*_dismissed(before)),
                select(func.count()).select_from(REASONS).where(_written(before)),
            )
            return sum(int(connection.execute(count).scalar() or 0) for count in counts)

    def purge(self, purge: str, actor: str, *, days: int, now: datetime) -> int:
        """Forget what is past its period; how much that was."""
        before = now - timedelta(days=days)
        with self._database.writing() as connection:
            items = _forgotten(connection, before)
            if items:
                told = {"purge": purge, "category": "cases", "days": days}
                chain.append(connection, "purged", actor, {**told, "items": items, "bytes": 0})
        return items

    def told(self, purge: str, category: str) -> bool:
        """Whether a purge's tombstone for a category is in the chain already."""
        with self._database.reading() as connection:
            lines = chain.read(connection, kinds=("purged",))
            return any((e.payload["purge"], e.payload["category"]) == (purge, category)
                       for e in lines)  # fmt: skip


def _forgotten(connection: Connection, before: datetime) -> int:
    persons = CASES.update().where(*_dismissed(before)).values(fingerprint=None)
    words = REASONS.delete().where(_written(before))
    return sum(int(connection.execute(change).rowcount) for change in (persons, words))


def _dismissed(before: datetime) -> tuple[Any, ...]:
    return (
        CASES.c.status == CaseStatus.DISMISSED.value,
        CASES.c.decided_at < before.isoformat(),
        CASES.c.fingerprint.is_not(None),
    )


def _written(before: datetime) -> Any:
    old = EVENTS.c.at < chain.stamp(before)
    return REASONS.c.seq.in_(select(EVENTS.c.seq).where(EVENTS.c.kind.in_(_WORDED), old))

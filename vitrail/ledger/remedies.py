"""Broken promises as their latest check saw them, and who is to mend what until when."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from vitrail.ledger import presence
from vitrail.ledger.database import Database
from vitrail.ledger.tables import FAILURES, FINDINGS, REASONS, STANDINGS
from vitrail.ledger.upserts import insert_into
from vitrail.model import Assignment, Failure, LedgerEvent, Severity


class Remedies:
    """Failures of controls, and the assignments of failures and findings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(
        self, run_id: str, failed: Iterable[Failure], kept: Collection[str], actor: str
    ) -> LedgerEvent:
        """Take in a check: which controls failed, and which it has shown to be ``kept``.

        A control that is in neither says nothing of what was known of it.
        """
        found = {failure.id: failure for failure in failed}
        with self._database.writing() as connection:
            settled = presence.settle(connection, FAILURES, run_id, actor, found, kept)
            for failure in found.values():
                row = _columns(failure, run_id)
                statement = insert_into(connection, FAILURES).values(
                    opened_at=settled.event.at.isoformat(), **row
                )
                fresh = {name: value for name, value in row.items() if name != "id"}
                connection.execute(
                    statement.on_conflict_do_update(index_elements=["id"], set_=fresh)
                )
        return settled.event

    def failures(self) -> tuple[Failure, ...]:
        """Every control that ever failed, with where it stands; the worst first."""
        with self._database.reading() as connection:
            rows = connection.execute(presence.standing(FAILURES))
            failures = [_failure(row) for row in rows]
        return tuple(sorted(failures, key=lambda f: (-f.severity.rank, f.id)))

    def assignments(self) -> Mapping[str, Assignment]:
        """Since when each finding and failure is known, and what was settled on its mending."""
        found: dict[str, Assignment] = {}
        with self._database.reading() as connection:
            for described in (FINDINGS, FAILURES):
                question = (
                    select(
                        described.c.id, described.c.opened_at, STANDINGS.c.due_on, REASONS.c.words
                    )
                    .join(STANDINGS, STANDINGS.c.finding == described.c.id, isouter=True)
                    .join(REASONS, REASONS.c.seq == STANDINGS.c.assigned_seq, isouter=True)
                )
                for row in connection.execute(question):
                    found[row.id] = Assignment(
                        row.opened_at and datetime.fromisoformat(row.opened_at),
                        row.words,
                        row.due_on and date.fromisoformat(row.due_on),
                    )
        return found


def _columns(failure: Failure, run_id: str) -> dict[str, Any]:
    return {
        "id": failure.id,
        "section": failure.section,
        "title": failure.title,
        "severity": failure.severity.value,
        "violations": failure.violations,
        "denominator": failure.denominator,
        "systems": json.dumps(failure.systems),
        "run": run_id,
    }


def _failure(row: Row[Any]) -> Failure:
    return Failure(
        id=row.id,
        section=row.section,
        title=row.title,
        severity=Severity(row.severity),
        violations=row.violations,
        denominator=row.denominator,
        systems=tuple(json.loads(row.systems)),
        run=row.run,
        status=presence.status(row),
        reason=row.words,
        decided_by=row.decided_by,
        decided_at=row.decided_at and datetime.fromisoformat(row.decided_at),
    )

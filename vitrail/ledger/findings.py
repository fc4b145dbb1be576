"""Findings as their latest run saw them, what became of each, and what people decided."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, select

from vitrail.ledger import presence
from vitrail.ledger.tables import FINDINGS, REASONS, STANDINGS
from vitrail.ledger.upserts import insert_into
from vitrail.model import (
    Change,
    Finding,
    FindingStatus,
    LedgerEvent,
    Severity,
)

_IDS_AT_ONCE: Final = 500
#: What a later run does not write again.
_KEPT: Final = {"id", "opened_at"}


def record(
    connection: Connection,
    run_id: str,
    actor: str,
    findings: Iterable[Finding],
    examined: Collection[str],
) -> LedgerEvent:
    """Take in a run's findings, as :func:`vitrail.ledger.presence.settle` says."""
    found = {finding.id: finding for finding in findings}
    settled = presence.settle(connection, FINDINGS, run_id, actor, found, examined)
    change = settled.change
    if found:
        opened = settled.event.at.isoformat()
        rows = [_columns(f, run_id, change[f.id]) | {"opened_at": opened} for f in found.values()]
        _describe(connection, rows)
    _note_absent(connection, {name: one for name, one in change.items() if name not in found})
    return settled.event


def _note_absent(connection: Connection, changes: dict[str, Change]) -> None:
    for change in (Change.GONE, Change.NOT_EXAMINED):
        names = [name for name, one in changes.items() if one is change]
        for first in range(0, len(names), _IDS_AT_ONCE):
            chosen = FINDINGS.c.id.in_(names[first : first + _IDS_AT_ONCE])
            connection.execute(
                FINDINGS.update().where(chosen).values(change=change.value, new_values=None)
            )


def every(connection: Connection, status: FindingStatus | None) -> tuple[Finding, ...]:
    """All findings, or those of one status; the worst first."""
    today = datetime.now(UTC).date()
    findings = (as_finding(row, today) for row in connection.execute(described()))
    chosen = [f for f in findings if status is None or f.status is status]
    return tuple(
        sorted(chosen, key=lambda f: (-f.severity.rank, f.dataset, f.table or "", f.column, f.id))
    )


def described() -> Select[Any]:
    """Every finding with where it stands and the words of the last decision and proposal."""
    proposal = REASONS.alias("proposals")
    return (
        select(FINDINGS, STANDINGS, REASONS.c.words, proposal.c.words.label("proposal"))
        .join(STANDINGS, STANDINGS.c.finding == FINDINGS.c.id, isouter=True)
        .join(REASONS, REASONS.c.seq == STANDINGS.c.decision_seq, isouter=True)
        .join(proposal, proposal.c.seq == STANDINGS.c.proposed_seq, isouter=True)
    )


def _describe(connection: Connection, rows: list[dict[str, Any]]) -> None:
    statement = insert_into(connection, FINDINGS)
    fresh = {name: statement.excluded[name] for name in rows[0] if name not in _KEPT}
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=fresh), rows)


def _columns(finding: Finding, run_id: str, change: Change) -> dict[str, Any]:
    return {
        "id": finding.id,
        "dataset": finding.dataset,
        "table": finding.table,
        "column": finding.column,
        "entity_type": finding.entity_type,
        "severity": finding.severity.value,
        "cells": finding.cells,
        "values": finding.values,
        "score": finding.score,
        "recognizer": finding.recognizer,
        "explanation": finding.explanation,
        "samples": json.dumps(finding.samples, ensure_ascii=False),
        "expected": int(finding.expected),
        "run": run_id,
        "change": change.value,
        "new_values": finding.new_values if change is Change.STILL_THERE else None,
        "rank": finding.severity.rank,
    }


def as_finding(row: Row[Any], today: date) -> Finding:
    """A row of :func:`described` as it stands ``today``."""
    columns = row._mapping
    proposed = (row.proposed_seq or 0) > (row.decision_seq or 0)
    return Finding(
        id=row.id,
        dataset=row.dataset,
        table=columns[FINDINGS.c.table],
        column=columns[FINDINGS.c.column],
        entity_type=row.entity_type,
        severity=Severity(row.severity),
        cells=row.cells,
        values=columns[FINDINGS.c["values"]],
        score=row.score,
        recognizer=row.recognizer,
        explanation=row.explanation,
        samples=tuple(json.loads(row.samples)),
        expected=bool(row.expected),
        status=presence.status(row, today),
        run=row.run,
        change=Change(row.change),
        new_values=row.new_values,
        reason=row.words,
        decided_by=row.decided_by,
        decided_at=row.decided_at and datetime.fromisoformat(row.decided_at),
        until=date.fromisoformat(row.expires_on) if row.expires_on else None,
        proposed_by=row.proposed_by if proposed else None,
        proposal=row.proposal if proposed else None,
        version=max(row.decision_seq or 0, row.proposed_seq or 0, row.presence_seq or 0),
    )

"""Findings as their latest run saw them, what became of each, and what people decided."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row

from vitrail.errors import UsageError
from vitrail.ledger import presence, reasons
from vitrail.ledger.remedies import require_known
from vitrail.ledger.tables import FINDINGS
from vitrail.ledger.upserts import insert_into
from vitrail.model import (
    Change,
    Disposition,
    Finding,
    FindingStatus,
    LedgerEvent,
    Severity,
)

_LONGEST_REASON: Final = 2000
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


def decide(connection: Connection, disposition: Disposition) -> LedgerEvent:
    """Note a decision. The reason is kept beside the chain, which holds a salted digest of it."""
    words = disposition.reason.strip()
    if not 0 < len(words) <= _LONGEST_REASON:
        raise UsageError(
            "A decision needs a reason of 1 to 2000 characters.",
            "Say in a sentence why, for whoever looks at it next year.",
        )
    require_known(connection, disposition.finding)
    payload = {"finding": disposition.finding, "decision": disposition.decision.value}
    return reasons.append(connection, "finding_decided", disposition.actor, payload, words)


def every(connection: Connection, status: FindingStatus | None) -> tuple[Finding, ...]:
    """All findings, or those of one status; the worst first."""
    findings = (_finding(row) for row in connection.execute(presence.standing(FINDINGS)))
    chosen = [f for f in findings if status is None or f.status is status]
    return tuple(
        sorted(chosen, key=lambda f: (-f.severity.rank, f.dataset, f.table or "", f.column, f.id))
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
    }


def _finding(row: Row[Any]) -> Finding:
    columns = row._mapping
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
        status=presence.status(row),
        run=row.run,
        change=Change(row.change),
        new_values=row.new_values,
        reason=row.words,
        decided_by=row.decided_by,
        decided_at=row.decided_at and datetime.fromisoformat(row.decided_at),
    )

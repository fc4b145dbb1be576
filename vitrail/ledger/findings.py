"""Findings as their latest run saw them, what became of each, and what people decided."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.sqlite import insert

from vitrail.errors import UsageError
from vitrail.ledger import reasons
from vitrail.ledger.chain import append
from vitrail.ledger.state import GONE, REGRESSED, apply
from vitrail.ledger.tables import FINDINGS, REASONS, STANDINGS
from vitrail.model import (
    Change,
    Decision,
    Disposition,
    Finding,
    FindingStatus,
    LedgerEvent,
    Severity,
)

_LONGEST_REASON: Final = 2000
_IDS_AT_ONCE: Final = 500


def record(
    connection: Connection,
    run_id: str,
    actor: str,
    findings: Iterable[Finding],
    examined: Collection[str],
) -> LedgerEvent:
    """Take in a run's findings: which are new, which are still there or came back, which are gone.

    Gone are those ``examined`` (by id) that the run did not find again; what was not examined
    says nothing. What someone had claimed fixed and is found all the same has come back too.
    """
    found = {finding.id: finding for finding in findings}
    known = {row.id: row for row in connection.execute(_known_places())}
    gone = sorted(
        row.id
        for row in known.values()
        if row.id not in found and row.presence != GONE and row.id in examined
    )
    regressed = sorted(
        name
        for name in found
        if name in known and (known[name].presence == GONE or _claimed(known[name]))
    )
    payload = {
        "run": run_id,
        "total": len(found),
        "new": len(found.keys() - known.keys()),
        "gone": gone,
        "regressed": regressed,
    }
    event = append(connection, "findings_recorded", actor, payload)
    apply(connection, event)
    change = dict.fromkeys(known.keys() - found.keys(), Change.NOT_EXAMINED)
    change |= {row.id: Change.GONE for row in known.values() if row.presence == GONE}
    change |= dict.fromkeys(gone, Change.GONE)
    change |= {name: Change.STILL_THERE if name in known else Change.NEW for name in found}
    change |= dict.fromkeys(regressed, Change.REGRESSED)
    if found:
        _describe(connection, [_columns(f, run_id, change[f.id]) for f in found.values()])
    _note_absent(connection, {name: change[name] for name in known.keys() - found.keys()})
    return event


def _claimed(row: Row[Any]) -> bool:
    """Whether the last word on it was that it is mended."""
    return bool(row.decision == Decision.CLAIM and row.presence_seq < row.decision_seq)


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
    found = connection.execute(select(FINDINGS.c.id).where(FINDINGS.c.id == disposition.finding))
    if found.first() is None:
        raise UsageError("The ledger knows no such finding.", "Look at the list of findings.")
    payload = {"finding": disposition.finding, "decision": disposition.decision.value}
    return reasons.append(connection, "finding_decided", disposition.actor, payload, words)


def every(connection: Connection, status: FindingStatus | None) -> tuple[Finding, ...]:
    """All findings, or those of one status; the worst first."""
    question = (
        select(FINDINGS, STANDINGS, REASONS.c.words)
        .join(STANDINGS, STANDINGS.c.finding == FINDINGS.c.id, isouter=True)
        .join(REASONS, REASONS.c.seq == STANDINGS.c.decision_seq, isouter=True)
    )
    findings = (_finding(row) for row in connection.execute(question))
    chosen = [f for f in findings if status is None or f.status is status]
    return tuple(
        sorted(chosen, key=lambda f: (-f.severity.rank, f.dataset, f.table or "", f.column, f.id))
    )


def _known_places() -> Any:
    return select(
        FINDINGS.c.id,
        STANDINGS.c.presence,
        STANDINGS.c.presence_seq,
        STANDINGS.c.decision,
        STANDINGS.c.decision_seq,
    ).join(STANDINGS, STANDINGS.c.finding == FINDINGS.c.id, isouter=True)


def _describe(connection: Connection, rows: list[dict[str, Any]]) -> None:
    statement = insert(FINDINGS)
    fresh = {name: statement.excluded[name] for name in rows[0] if name != "id"}
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
        status=_status(row),
        run=row.run,
        change=Change(row.change),
        new_values=row.new_values,
        reason=row.words,
        decided_by=row.decided_by,
        decided_at=row.decided_at and datetime.fromisoformat(row.decided_at),
    )


def _status(row: Row[Any]) -> FindingStatus:
    """Gone wins over any decision; what came back after one regressed, unless it is dismissed."""
    if row.presence == GONE:
        claimed = row.decision == Decision.CLAIM
        return FindingStatus.VERIFIED if claimed else FindingStatus.GONE
    if row.decision == Decision.DISMISS:
        return FindingStatus.DISMISSED
    if row.presence == REGRESSED and row.presence_seq > (row.decision_seq or 0):
        return FindingStatus.REGRESSED
    return _DECIDED.get(row.decision, FindingStatus.OPEN)


_DECIDED: Final = {
    Decision.CONFIRM.value: FindingStatus.CONFIRMED,
    Decision.CLAIM.value: FindingStatus.CLAIMED,
}

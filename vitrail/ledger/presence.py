"""What a run says of things known by name: new, still there, gone, come back.

Findings of scans and broken promises of checks live by the same rules, so they share them here:
a name's standing is in ``standings``, whichever table describes it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, Table, select

from vitrail.ledger.chain import append
from vitrail.ledger.state import GONE, REGRESSED, apply
from vitrail.ledger.tables import REASONS, STANDINGS
from vitrail.model import Change, Decision, FindingStatus, LedgerEvent

#: The line that a run leaves in the chain when what it found is taken in.
TAKEN_IN: Final = "findings_recorded"


@dataclass(frozen=True, slots=True)
class Settled:
    """The event, and what the run says of every name, known before or met now."""

    event: LedgerEvent
    change: dict[str, Change]


def settle(
    connection: Connection,
    described: Table,
    run_id: str,
    actor: str,
    found: Collection[str],
    examined: Collection[str],
) -> Settled:
    """Take in which names of ``described`` a run found.

    Gone are those ``examined`` that it did not find again; what was not examined says nothing.
    What someone had claimed fixed and is found all the same has come back too.
    """
    known = {row.id: row for row in connection.execute(_known(described))}
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
    new = sum(name not in known for name in found)
    payload = {"run": run_id, "total": len(found), "new": new, "gone": gone, "regressed": regressed}
    event = append(connection, TAKEN_IN, actor, payload)
    apply(connection, event)
    change = dict.fromkeys(known.keys() - set(found), Change.NOT_EXAMINED)
    change |= {row.id: Change.GONE for row in known.values() if row.presence == GONE}
    change |= dict.fromkeys(gone, Change.GONE)
    change |= {name: Change.STILL_THERE if name in known else Change.NEW for name in found}
    change |= dict.fromkeys(regressed, Change.REGRESSED)
    return Settled(event, change)


def standing(described: Table) -> Select[Any]:
    """Every row of ``described`` with its standing and the words of the last decision."""
    return (
        select(described, STANDINGS, REASONS.c.words)
        .join(STANDINGS, STANDINGS.c.finding == described.c.id, isouter=True)
        .join(REASONS, REASONS.c.seq == STANDINGS.c.decision_seq, isouter=True)
    )


def status(row: Row[Any], today: date | None = None) -> FindingStatus:
    """Gone wins over any decision; what came back after one regressed, unless it is dismissed."""
    if row.presence == GONE:
        claimed = row.decision == Decision.CLAIM
        return FindingStatus.VERIFIED if claimed else FindingStatus.GONE
    day = (today or datetime.now(UTC).date()).isoformat()
    if row.decision == Decision.DISMISS and not (row.expires_on or "9") < day:
        return FindingStatus.DISMISSED
    if row.presence == REGRESSED and row.presence_seq > (row.decision_seq or 0):
        return FindingStatus.REGRESSED
    return _DECIDED.get(row.decision, FindingStatus.OPEN)


def _known(described: Table) -> Select[Any]:
    return select(
        described.c.id,
        STANDINGS.c.presence,
        STANDINGS.c.presence_seq,
        STANDINGS.c.decision,
        STANDINGS.c.decision_seq,
    ).join(STANDINGS, STANDINGS.c.finding == described.c.id, isouter=True)


def _claimed(row: Row[Any]) -> bool:
    """Whether the last word on it was that it is mended."""
    return bool(row.decision == Decision.CLAIM and row.presence_seq < row.decision_seq)


_DECIDED: Final = {
    Decision.CONFIRM.value: FindingStatus.CONFIRMED,
    Decision.CLAIM.value: FindingStatus.CLAIMED,
}

"""Decisions on findings: with a reason, upon what was seen, and for the worst by two persons."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Row, literal, select

from vitrail.errors import Overtaken, SecondPerson, UsageError
from vitrail.ledger import reasons
from vitrail.ledger.tables import FAILURES, FINDINGS, REASONS, STANDINGS
from vitrail.model import Decision, Disposition, LedgerEvent, Severity

_LONGEST_REASON: Final = 2000
_DID: Final = {
    Decision.CONFIRM.value: "confirmed it",
    Decision.CLAIM.value: "claimed it fixed",
    Decision.DISMISS.value: "dismissed it",
    Decision.REOPEN.value: "reopened it",
}


def decide(connection: Connection, disposition: Disposition) -> LedgerEvent:
    """Note a decision. The reason is kept beside the chain, which holds a salted digest of it.

    Of a critical finding the first word to dismiss it is noted as a proposal.
    """
    words = fit(disposition.reason)
    row = known(connection, disposition.finding)
    _require_unseen_nothing(row, disposition)
    until = {"until": disposition.until.isoformat()} if disposition.until else {}
    payload: dict[str, Any] = {"finding": disposition.finding, **until}
    if disposition.decision is Decision.DISMISS and row.severity == Severity.CRITICAL:
        if not _proposed(row):
            return reasons.append(
                connection, "dismissal_proposed", disposition.actor, payload, words
            )
        _require_second(row, disposition.actor)
        payload["second"] = row.proposed_seq
    payload["decision"] = disposition.decision.value
    return reasons.append(connection, "finding_decided", disposition.actor, payload, words)


def known(connection: Connection, finding: str) -> Row[Any]:
    """The severity and standing of a finding, or the standing of a failed control;
    :class:`UsageError` where there is none of that id."""
    row = (
        connection.execute(
            select(FINDINGS.c.id, FINDINGS.c.severity, STANDINGS, REASONS.c.words)
            .join(STANDINGS, STANDINGS.c.finding == FINDINGS.c.id, isouter=True)
            .join(REASONS, REASONS.c.seq == STANDINGS.c.decision_seq, isouter=True)
            .where(FINDINGS.c.id == finding)
        ).first()
        or connection.execute(
            select(FAILURES.c.id, literal("").label("severity"), STANDINGS, REASONS.c.words)
            .join(STANDINGS, STANDINGS.c.finding == FAILURES.c.id, isouter=True)
            .join(REASONS, REASONS.c.seq == STANDINGS.c.decision_seq, isouter=True)
            .where(FAILURES.c.id == finding)
        ).first()
    )
    if row is None:
        raise UsageError("The ledger knows no such finding.", "Look at the list of findings.")
    return row


def fit(reason: str, what: str = "A decision needs a reason") -> str:
    """The words, trimmed; a :class:`UsageError` where they are none or a book."""
    words = reason.strip()
    if not 0 < len(words) <= _LONGEST_REASON:
        raise UsageError(
            f"{what} of 1 to 2000 characters.",
            "Say in a sentence why, for whoever looks at it next year.",
        )
    return words


def _proposed(row: Row[Any]) -> bool:
    return (row.proposed_seq or 0) > (row.decision_seq or 0)


def _require_second(row: Row[Any], actor: str) -> None:
    if row.proposed_by == actor:
        raise SecondPerson(
            "You have proposed already to dismiss this critical finding.",
            "Another auditor has to look at it and dismiss it too.",
        )


def _require_unseen_nothing(row: Row[Any], disposition: Disposition) -> None:
    """Refuse what was decided upon a state that is not there any more, and say who was first."""
    version = max(row.decision_seq or 0, row.proposed_seq or 0, row.presence_seq or 0)
    if disposition.seen is None or disposition.seen == version:
        return
    if version == (row.decision_seq or 0):
        did = f"{row.decided_by} has {_DID[row.decision]}"
        why = f": “{row.words}”" if row.words else ""
    elif version == (row.proposed_seq or 0):
        did, why = f"{row.proposed_by} has proposed to dismiss it", ""
    else:
        did, why = "A scan has looked at it again", ""
    raise Overtaken(
        f"{did} since you looked at this finding{why}.",
        "Yours was not noted, and nothing of theirs is lost: look at it as it stands now, and "
        "decide again if you still want to.",
    )

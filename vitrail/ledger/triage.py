"""What people do to findings besides deciding on one, and the findings a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from vitrail.errors import Overtaken, SecondPerson, UsageError
from vitrail.ledger import deciding, finding_counts, finding_pages, reasons
from vitrail.ledger.chain import read_lines
from vitrail.ledger.database import Database
from vitrail.ledger.tables import HISTORY, REASONS, STANDINGS
from vitrail.model import (
    Assigned,
    Decided,
    Disposition,
    Finding,
    FindingFilter,
    FindingTally,
    HistoryLine,
    LedgerEvent,
)

_LONGEST_OWNER: Final = 120


class Triage:
    """The worked-through side of the ledger: each call is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, chosen: FindingFilter, offset: int, limit: int) -> tuple[Finding, ...]:
        """``limit`` findings behind the first ``offset``: the worst and largest first."""
        with self._database.reading() as connection:
            return finding_pages.page(connection, chosen, _today(), offset, limit)

    def tally(self, chosen: FindingFilter) -> FindingTally:
        """How many findings the filter leaves, counted by the database."""
        with self._database.reading() as connection:
            return finding_counts.tally(connection, chosen, _today())

    def one(self, finding: str) -> Finding | None:
        """A finding by its id."""
        with self._database.reading() as connection:
            return finding_pages.one(connection, finding, _today())

    def decide_on(self, dispositions: Iterable[Disposition]) -> Decided:
        """Decide on many at once; what someone else was first with is left as it stands."""
        done: list[str] = []
        proposed: list[str] = []
        overtaken: list[str] = []
        with self._database.writing() as connection:
            for disposition in dispositions:
                try:
                    event = deciding.decide(connection, disposition)
                except (Overtaken, SecondPerson):
                    overtaken.append(disposition.finding)
                else:
                    kept = proposed if event.kind == "dismissal_proposed" else done
                    kept.append(disposition.finding)
        return Decided(tuple(done), tuple(proposed), tuple(overtaken))

    def assign(
        self, findings: Iterable[str], owner: str, due: date | None, actor: str
    ) -> tuple[LedgerEvent, ...]:
        """Note who mends findings, and by which day. The owner's name is kept beside the chain."""
        words = owner.strip()
        if not 0 < len(words) <= _LONGEST_OWNER:
            raise UsageError("An owner is named in 1 to 120 characters.", "Name a team or a role.")
        payload = {} if due is None else {"due": due.isoformat()}
        return self._note(findings, "finding_assigned", actor, payload, words)

    def comment(self, finding: str, actor: str, words: str) -> LedgerEvent:
        """Note what someone says of a finding."""
        fit = deciding.fit(words, "A comment has words")
        return self._note((finding,), "finding_commented", actor, {}, fit)[0]

    def reveal(self, finding: str, sample: int, actor: str, reason: str) -> LedgerEvent:
        """Note that someone is about to be shown a cell, before it is read."""
        words = deciding.fit(reason, "To reveal takes a reason")
        return self._note((finding,), "revealed", actor, {"sample": sample}, words)[0]

    def _note(
        self,
        findings: Iterable[str],
        kind: str,
        actor: str,
        payload: Mapping[str, Any],
        words: str,
    ) -> tuple[LedgerEvent, ...]:
        noted = []
        with self._database.writing() as connection:
            for finding in findings:
                deciding.known(connection, finding)
                line = {"finding": finding, **payload}
                noted.append(reasons.append(connection, kind, actor, line, words))
        return tuple(noted)

    def assigned(self, findings: Iterable[str]) -> Mapping[str, Assigned]:
        """Who mends each of these, where it was settled."""
        question = (
            select(STANDINGS.c.finding, STANDINGS.c.due_on, REASONS.c.words)
            .join(REASONS, REASONS.c.seq == STANDINGS.c.assigned_seq)
            .where(STANDINGS.c.finding.in_(list(findings)))
        )
        with self._database.reading() as connection:
            return {
                row.finding: Assigned(row.words, row.due_on and date.fromisoformat(row.due_on))
                for row in connection.execute(question)
            }

    def history(self, finding: str) -> tuple[HistoryLine, ...]:
        """All that was ever done to a finding, the latest first."""
        with self._database.reading() as connection:
            return tuple(_lines(connection, finding))


def _lines(connection: Connection, finding: str) -> Iterable[HistoryLine]:
    question = (
        select(HISTORY.c.seq, REASONS.c.words)
        .join(REASONS, REASONS.c.seq == HISTORY.c.seq, isouter=True)
        .where(HISTORY.c.finding == finding)
        .order_by(HISTORY.c.seq.desc())
    )
    words = {row.seq: row.words for row in connection.execute(question)}
    for event in read_lines(connection, words):
        did = str(event.payload.get("decision", event.kind))
        until = event.payload.get("until") or event.payload.get("due")
        day = date.fromisoformat(until) if until else None
        yield HistoryLine(event.seq, event.at, event.actor, did, words[event.seq], day)


def _today() -> date:
    return datetime.now(UTC).date()

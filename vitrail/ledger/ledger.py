"""The ledger's one face: every write is one transaction, and what changes state is an event."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection

from vitrail.database_addresses import is_database
from vitrail.errors import KeyMismatch
from vitrail.ledger import (
    cases,
    chain,
    deciding,
    findings,
    moving,
    reasons,
    runs,
    schema,
    sessions,
    state,
    verification,
)
from vitrail.ledger.budget import PrivacyBudget
from vitrail.ledger.database import Database
from vitrail.ledger.forgetting import Forgetting
from vitrail.ledger.postgres import PostgresDatabase
from vitrail.ledger.pulse import Pulse
from vitrail.ledger.records import ChainReport, RunRecord, SessionRecord
from vitrail.ledger.remedies import Remedies
from vitrail.ledger.sqlite import SqliteDatabase
from vitrail.ledger.triage import Triage
from vitrail.model import (
    CaseDecision,
    CaseFound,
    Disposition,
    Finding,
    FindingStatus,
    LedgerEvent,
    MinorCase,
    Progress,
    Role,
    RunState,
)

_WAIT = 30.0
HOUSE = "vitrail"  #: the actor of what the program does by itself


class Ledger:
    """Events that only grow, and the state that they add up to, in one database.

    Safe to share between threads and processes. What the disk refuses is raised as
    :class:`~vitrail.errors.Unwritable` with its remedy.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pulses: dict[str, Pulse] = {}

    @classmethod
    def open(
        cls, place: Path | str, key_check: str, *, wait: float = _WAIT, home: Path | None = None
    ) -> Ledger:
        """Open the ledger at a path, an ``sqlite:///`` URL or the address of a PostgreSQL database,
        or begin one.

        ``home`` is the folder in which runs lie; that of the file, where there is one.

        ``key_check`` is :attr:`Keyring.check_value`; another than the ledger was begun with is
        :class:`~vitrail.errors.KeyMismatch`. ``wait`` is how many seconds a write waits its turn.
        """
        ledger = cls(_at(place, wait, home))
        ledger._settle(key_check)
        return ledger

    def _settle(self, key_check: str) -> None:
        with self._database.reading() as connection:
            ready = schema.revision(connection) == schema.HEAD
            noted = _key_check(connection) if ready else None
        if noted is None:
            with self._database.writing() as connection:
                schema.upgrade(connection)
                noted = _key_check(connection)
                if noted is None:
                    noted = key_check
                    chain.append(connection, "ledger_created", HOUSE, {"key_check": key_check})
        if noted != key_check:
            raise KeyMismatch(
                "The workspace key is not the one that this ledger was begun with.",
                "Restore the file `key` from the backup that was made with the workspace, or "
                "point VITRAIL_KEY_FILE at it; nothing was read or written with the other key.",
            )

    # --- the chain --------------------------------------------------------------------------

    def append(self, kind: str, actor: str, payload: Mapping[str, Any]) -> LedgerEvent:
        """Add one line; :data:`vitrail.ledger.kinds.KINDS` says what a payload may hold."""
        with self._database.writing() as connection:
            event = chain.append(connection, kind, actor, payload)
            state.apply(connection, event)
            return event

    def append_with_reason(
        self, kind: str, actor: str, payload: Mapping[str, Any], words: str
    ) -> LedgerEvent:
        """:meth:`append` of what someone gave a reason for: the words are kept beside the chain,
        which holds their salted digest."""
        with self._database.writing() as connection:
            return reasons.append(connection, kind, actor, payload, words)

    def events(
        self,
        kinds: Collection[str] | None = None,
        after: int = 0,
        limit: int | None = None,
        *,
        newest_first: bool = False,
    ) -> tuple[LedgerEvent, ...]:
        """The lines of these kinds (None: of all) numbered above ``after``."""
        with self._database.reading() as connection:
            return tuple(chain.read(connection, kinds, after, limit, newest_first))

    def verify(self, head: str | None = None) -> ChainReport:
        """Walk the chain; with a ``head`` noted earlier, also see that it is still part of it."""
        with self._database.reading() as connection:
            return verification.verify(connection, head)

    def carry_over(self, place: Path | str, *, home: Path) -> ChainReport:
        """Copy all of it to a database without lines, as :meth:`open` names one, and take no more
        lines here; the chain that is now in both."""
        target = _at(place, _WAIT, home)
        try:
            return moving.carry_over(self._database, target)
        finally:
            target.close()

    @property
    def budget(self) -> PrivacyBudget:
        """The privacy budget, which lives in the chain."""
        return PrivacyBudget(self._database)

    @property
    def forgetting(self) -> Forgetting:
        """What of the ledger is forgotten after a time."""
        return Forgetting(self._database)

    @property
    def remedies(self) -> Remedies:
        """Broken promises, and who is to mend what until when."""
        return Remedies(self._database)

    @property
    def triage(self) -> Triage:
        """Findings a page at a time, and all that people do to one."""
        return Triage(self._database)

    def rebuild_state(self) -> None:
        """Add up runs and the standing of findings anew from the events."""
        with self._database.writing() as connection:
            state.rebuild(connection)

    # --- runs -------------------------------------------------------------------------------

    def start_run(
        self, run_id: str, directory: Path | str, pid: int, actor: str, kind: str
    ) -> None:
        """Note that a run began (or goes on) in process ``pid``, with its parts in a folder."""
        place = Path(directory).absolute()
        home = self._database.home
        if place.is_relative_to(home):
            place = place.relative_to(home)  # the workspace may be moved
        with self._database.writing() as connection:
            runs.begin(connection, run_id, directory=place, pid=pid, actor=actor, kind=kind)
        if pid == os.getpid():
            self._stop_pulse(run_id)
            self._pulses[run_id] = Pulse(partial(self._pulse, run_id))

    def _pulse(self, run_id: str) -> None:
        with self._database.writing() as connection:
            runs.pulse(connection, run_id)

    def _stop_pulse(self, run_id: str) -> None:
        if (pulse := self._pulses.pop(run_id, None)) is not None:
            pulse.stop()

    def beat(self, run_id: str, progress: Progress) -> None:
        """Note how far a run is; the latest word replaces the one before."""
        with self._database.writing() as connection:
            runs.beat(connection, run_id, progress)

    def finish_run(self, run_id: str, state: RunState, summary: Mapping[str, float | str]) -> None:
        """Note how a run ended (DONE, CANCELLED or FAILED) and its figures."""
        self._stop_pulse(run_id)
        with self._database.writing() as connection:
            runs.finish(connection, run_id, state, summary)

    def request_cancel(self, run_id: str, actor: str) -> None:
        """Ask a run to stop; it looks now and then by :meth:`cancel_requested`."""
        with self._database.writing() as connection:
            runs.request_cancel(connection, run_id, actor)

    def cancel_requested(self, run_id: str) -> bool:
        with self._database.reading() as connection:
            return runs.cancel_requested(connection, run_id)

    def runs(self) -> tuple[RunRecord, ...]:
        """All runs, newest first; one whose process died reads FAILED, and one of another machine
        that was not heard of for two minutes."""
        with self._database.reading() as connection:
            return runs.every(connection, self._database.home)

    # --- findings ---------------------------------------------------------------------------

    def record_findings(
        self,
        run_id: str,
        found: Iterable[Finding],
        *,
        examined: Collection[str] = (),
        actor: str = HOUSE,
    ) -> LedgerEvent:
        """Take in a run's findings.

        ``examined``: the ids of findings that this run would have met again; those that are not
        among ``found`` are gone, and come back as regressed.
        """
        with self._database.writing() as connection:
            return findings.record(connection, run_id, actor, found, examined)

    def findings(self, status: FindingStatus | None = None) -> tuple[Finding, ...]:
        """Findings with where they stand and who decided so, the worst first."""
        with self._database.reading() as connection:
            return findings.every(connection, status)

    def dispose(self, disposition: Disposition) -> LedgerEvent:
        """Note a person's decision; the event's own time counts, not the disposition's.

        :class:`~vitrail.errors.Overtaken` where someone else was first; to dismiss a critical
        finding is only proposed, until another person says so too."""
        with self._database.writing() as connection:
            return deciding.decide(connection, disposition)

    # --- likely minors ----------------------------------------------------------------------

    def record_cases(
        self, run_id: str, found: Iterable[CaseFound], *, actor: str = HOUSE
    ) -> LedgerEvent:
        """Take in whom a scan takes for likely minors; each new one gets a case with a clock."""
        with self._database.writing() as connection:
            return cases.record(connection, run_id, actor, found)

    def cases(self) -> tuple[MinorCase, ...]:
        """All cases of likely minors, the open ones first."""
        with self._database.reading() as connection:
            return cases.every(connection)

    def decide_case(
        self, case: str, decision: CaseDecision, actor: str, reason: str
    ) -> LedgerEvent:
        """Note a person's decision on a case, with its reason."""
        with self._database.writing() as connection:
            return cases.decide(connection, case, decision, actor, reason)

    def forget_dismissed_cases(self, days: int) -> int:
        """Forget whom cases dismissed more than ``days`` ago were about; how many."""
        with self._database.writing() as connection:
            return cases.forget_dismissed(connection, days)

    # --- who is signed in -------------------------------------------------------------------

    def begin_session(self, session: str, person: str, roles: Iterable[Role]) -> None:
        """Note that someone came in, with these roles."""
        with self._database.writing() as connection:
            sessions.begin(connection, session, person, roles)

    def change_session_roles(self, session: str, roles: Iterable[Role]) -> None:
        """Note that someone's roles are others since they came in."""
        with self._database.writing() as connection:
            sessions.change_roles(connection, session, roles)

    def see_session(self, session: str, at: datetime) -> None:
        """Note that someone did something just now; no event, only the latest moment is kept."""
        with self._database.writing() as connection:
            sessions.see(connection, session, at)

    def end_sessions(self, ids: Collection[str], actor: str, cause: str) -> int:
        """End the sessions that have not ended; how many."""
        with self._database.writing() as connection:
            return sessions.end(connection, ids, actor, cause)

    def session(self, session: str) -> SessionRecord | None:
        """One session, or None where nobody came in with it."""
        with self._database.reading() as connection:
            return sessions.one(connection, session)

    def sessions(self) -> tuple[SessionRecord, ...]:
        """Every session, the last begun first."""
        with self._database.reading() as connection:
            return sessions.every(connection)

    # --- the end ----------------------------------------------------------------------------

    def close(self) -> None:
        for run_id in tuple(self._pulses):
            self._stop_pulse(run_id)
        self._database.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _at(place: Path | str, wait: float, home: Path | None) -> Database:
    if is_database(place):
        return PostgresDatabase(str(place), wait, home or Path.cwd())
    return SqliteDatabase(place, wait)


def _key_check(connection: Connection) -> str | None:
    first = next(chain.read(connection, kinds=("ledger_created",), limit=1), None)
    return None if first is None else str(first.payload["key_check"])

"""What admins and auditors see of the house itself: the access log and who is signed in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from vitrail.access import Action, require
from vitrail.errors import UsageError
from vitrail.ledger import ChainReport, SessionRecord
from vitrail.model import LedgerEvent, SettingsStanding
from vitrail.workspace import approvals, ledger_move
from vitrail.workspace.open_workspace import OpenWorkspace


class House(OpenWorkspace):
    """The access log, who is signed in, and the settings."""

    def verify_ledger(self, head: str | None = None) -> ChainReport:
        """Walk the chain of events; name the first that was changed, removed or moved.

        ``head`` was noted elsewhere, in a pack perhaps: it must still be in the chain.
        """
        require(self.actor, Action.READ_LEDGER)
        return self.ledger.verify(head)

    def move_ledger(self, to: str) -> ChainReport:
        """Carry the ledger to a PostgreSQL database, or back into ``ledger.db``, every line as it
        is, and write the new address into ``vitrail.toml``; open the workspace anew after it."""
        require(self.actor, Action.MOVE_LEDGER)
        return ledger_move.move_ledger(self, to)

    def events(
        self,
        kinds: Collection[str] | None = None,
        limit: int | None = None,
        *,
        newest_first: bool = False,
    ) -> tuple[LedgerEvent, ...]:
        """The lines of the access log, or those of some kinds."""
        require(self.actor, Action.READ_LEDGER)
        return self.ledger.events(kinds, limit=limit, newest_first=newest_first)

    def access_log(self, form: Literal["csv", "json"]) -> str:
        """Every line with its hashes, to take away; whoever has it can walk the chain."""
        from vitrail.report.access_log import access_log_csv, access_log_json

        require(self.actor, Action.READ_LEDGER)
        events = self.ledger.events()
        if form == "csv":
            return access_log_csv(events)
        return access_log_json(events, self.ledger.verify())

    def sessions(self) -> tuple[SessionRecord, ...]:
        """Who signed in to the workbench, with which roles, since when; the last first."""
        require(self.actor, Action.MANAGE_PEOPLE)
        return self.ledger.sessions()

    def end_sessions(self, person: str) -> int:
        """Sign a person out everywhere; how many sessions that ended."""
        require(self.actor, Action.MANAGE_PEOPLE)
        theirs = {s.id for s in self.ledger.sessions() if s.person == person}
        if not theirs:
            raise UsageError(
                "Nobody of that name has signed in here.", "`vitrail people` lists who has."
            )
        return self.ledger.end_sessions(theirs, self.actor.name, "admin")

    def settings_standing(self) -> SettingsStanding:
        """The settings in force, by digest, and who has spoken for them."""
        require(self.actor, Action.READ_SETTINGS)
        return approvals.standing(self)

    def settings_shown(self) -> dict[str, Any]:
        """The settings in force, part by part; a database's address without its password."""
        require(self.actor, Action.READ_SETTINGS)
        return approvals.shown(self.settings)

    def propose_settings(self) -> SettingsStanding:
        """Stand for the settings in force; another person then approves them."""
        require(self.actor, Action.PROPOSE_SETTINGS)
        return approvals.propose(self)

    def approve_settings(self, digest: str) -> SettingsStanding:
        """Approve what another person proposed, by its digest or the beginning of it."""
        require(self.actor, Action.APPROVE_SETTINGS)
        return approvals.approve(self, digest)

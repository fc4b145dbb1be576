"""The policy and the tests of its promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from vitrail.access import Action, require
from vitrail.promises import Policy, Watch, Year
from vitrail.promises.registers import Register
from vitrail.workspace.approvals import require_approved
from vitrail.workspace.check_records import CheckRecord
from vitrail.workspace.check_run import CheckRun
from vitrail.workspace.open_workspace import OpenWorkspace

# Detection loads Presidio and spaCy: what needs it is imported where it is called, so that a
# question or a look at the ledger starts at once.


class Testing(OpenWorkspace):
    """The policy and the tests of its promises."""

    def policy(self) -> Policy:
        """The policy under test, clause by clause, in our own words."""
        from vitrail.workspace import checks

        require(self.actor, Action.READ_ASSESSMENTS)
        return checks.policy_of(self)

    def check(
        self,
        *,
        only: Sequence[str] | None = None,
        as_of: date | None = None,
        policy_file: Path | None = None,
        out: Path | None = None,
        watch: Watch = lambda _control, _share: None,
    ) -> CheckRun:
        """Test the promises against the exports and write assessments and evidence.

        ``out``: a folder for the signed pack, which whoever has the public key can check.
        ``watch`` is told the control that is next, and the share that is done.
        """
        from vitrail.workspace import checks

        require(self.actor, Action.CHECK)
        require_approved(self)
        return checks.check(
            self, only=only, as_of=as_of, policy_file=policy_file, out=out, watch=watch
        )

    def public_key(self) -> bytes:
        """What outsiders check the signature of a pack with: a PEM file."""
        require(self.actor, Action.READ_ASSESSMENTS)
        return self.keys.public_key

    def latest_check(self) -> CheckRun | None:
        """The last check, or None where none was made yet."""
        from vitrail.workspace import checks

        require(self.actor, Action.READ_ASSESSMENTS)
        return checks.latest(self)

    def year(self, until: date | None = None) -> tuple[Year, ...]:
        """How each promise fared in the twelve months to ``until`` (today): kept, broken then
        fixed, broken, gaps; from the checks that are still kept."""
        from vitrail.workspace import check_records

        require(self.actor, Action.READ_ASSESSMENTS)
        return check_records.year(self, until)

    def register(self, name: str, as_of: date | None = None) -> Register:
        """``requests``, ``consent``, ``retention`` or ``backups`` as it stood at the end of a day,
        each row by a keyed id."""
        from vitrail.workspace import registers

        require(self.actor, Action.READ_SOURCES)
        return registers.read(self, name, as_of)

    def check_history(self, limit: int = 12) -> tuple[CheckRecord, ...]:
        """The verdicts of the last checks of every control, the newest first."""
        from vitrail.workspace import check_records

        require(self.actor, Action.READ_ASSESSMENTS)
        return check_records.history(self, limit)

    def check_run(self, run_id: str) -> CheckRun:
        """A check that was made before."""
        from vitrail.workspace import checks

        require(self.actor, Action.READ_ASSESSMENTS)
        return checks.load(self, run_id)

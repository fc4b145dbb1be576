"""What scans found, how it stands, and what was decided on it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vitrail.access import Action, require
from vitrail.errors import UsageError
from vitrail.model import (
    Decision,
    Disposition,
    Finding,
    FindingStatus,
    Inventory,
    Remedy,
    ScanRun,
)
from vitrail.workspace.open_workspace import OpenWorkspace
from vitrail.workspace.reasons import require_impersonal

# Detection loads Presidio and spaCy: what needs it is imported where it is called, so that a
# question or a look at the ledger starts at once.
if TYPE_CHECKING:
    from vitrail.workspace.row_keys import RowKey


class Findings(OpenWorkspace):
    """What scans found, how it stands, and what was decided on it."""

    def scan_run(self, run_id: str) -> tuple[ScanRun, tuple[Finding, ...]]:
        """A scan that was made before, with its findings as they stand now."""
        from vitrail.workspace import scans

        require(self.actor, Action.READ_FINDINGS)
        return scans.load(self, run_id)

    def findings_of(self, run_id: str) -> tuple[Finding, ...]:
        """What a scan found; of the last one also what is gone or was not examined again."""
        from vitrail.workspace import scans

        require(self.actor, Action.SCAN)
        return scans.findings_of(self, run_id)

    def findings(self, status: FindingStatus | None = None) -> tuple[Finding, ...]:
        """The findings of the last scans with what was decided on them."""
        require(self.actor, Action.READ_FINDINGS)
        return self.ledger.findings(status)

    def finding(self, finding_id: str) -> Finding:
        """One finding by its id."""
        require(self.actor, Action.READ_FINDINGS)
        for finding in self.ledger.findings():
            if finding.id == finding_id:
                return finding
        raise UsageError(f"There is no finding {finding_id[:64]}.", "List them with the last scan.")

    def samples(self, finding_id: str) -> tuple[str, ...]:
        """A few cells of a finding with every personal value masked."""
        from vitrail.workspace import scans

        require(self.actor, Action.READ_FINDINGS)
        return scans.samples(self, self.finding(finding_id))

    def dispose(self, finding_id: str, decision: Decision, reason: str) -> Disposition:
        """Record a human's decision on a finding or failed control; a reason is required, kept."""
        require(self.actor, Action.DECIDE)
        words = require_impersonal(reason, self.keys)
        disposition = Disposition(finding_id, decision, words, self.actor.name, datetime.now(UTC))
        self.ledger.dispose(disposition)
        return disposition

    def remedies(self) -> tuple[Remedy, ...]:
        """What is to be mended: each failed control and each finding that somebody took up, with
        its systems, owners, due day and where it stands; what is open first."""
        from vitrail.workspace import remedies

        require(self.actor, Action.READ_FINDINGS)
        return remedies.remedies(self)

    def inventory(self) -> Inventory:
        """What is held, as the last scan saw it, beside what the policy declares."""
        from vitrail.workspace import inventory

        require(self.actor, Action.READ_FINDINGS)
        return inventory.inventory(self)

    def assign(self, finding_id: str, owner: str, due: date | None = None) -> None:
        """Say which function mends a finding or failed control, and until when."""
        require(self.actor, Action.DECIDE)
        words = require_impersonal(owner, self.keys, "owner")
        self.ledger.remedies.assign(finding_id, words, due, self.actor.name)

    def keys_to_mend(self, finding_id: str, out: Path) -> tuple[RowKey, ...]:
        """Write the keys of the rows behind a finding or failed control to ``out``, as CSV for
        its owner alone. The ledger knows of it before the file is there."""
        from vitrail.workspace import key_file, remedies

        require(self.actor, Action.LIST_KEYS)
        rows = remedies.keys_of(self, finding_id)
        payload = {"finding": finding_id, "rows": len(rows)}
        self.ledger.append("keys_listed", self.actor.name, payload)
        key_file.write(out, rows)
        return rows

"""What scans found, how it stands, and what was decided on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vitrail.access import Action, require
from vitrail.did_you_mean import did_you_mean
from vitrail.errors import UsageError
from vitrail.model import (
    Assigned,
    Decided,
    Decision,
    Disposition,
    Finding,
    FindingFilter,
    FindingStatus,
    FindingTally,
    HistoryLine,
    Inventory,
    RawRows,
    Remedy,
    Revealed,
    ScanRun,
)
from vitrail.workspace.open_workspace import OpenWorkspace
from vitrail.workspace.reasons import require_impersonal

if TYPE_CHECKING:
    from vitrail.scan import Compared

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

    def compare_scans(self, earlier: str, later: str) -> tuple[Compared, ...]:
        """What is new, still there or gone from one scan to another, place by place."""
        from vitrail.workspace import scans

        require(self.actor, Action.SCAN)
        return scans.compare(self, earlier, later)

    def findings(self, status: FindingStatus | None = None) -> tuple[Finding, ...]:
        """The findings of the last scans with what was decided on them."""
        require(self.actor, Action.READ_FINDINGS)
        return self.ledger.findings(status)

    def finding_page(
        self, chosen: FindingFilter, offset: int = 0, limit: int = 50
    ) -> tuple[Finding, ...]:
        """Some of the findings that ``chosen`` leaves, the worst and largest first."""
        require(self.actor, Action.READ_FINDINGS)
        return self.ledger.triage.page(chosen, offset, limit)

    def finding_tally(self, chosen: FindingFilter) -> FindingTally:
        """How many ``chosen`` leaves, in all and by severity, kind, dataset and owner."""
        require(self.actor, Action.READ_FINDINGS)
        return self.ledger.triage.tally(chosen)

    def finding(self, finding_id: str) -> Finding:
        """One finding by its id."""
        require(self.actor, Action.READ_FINDINGS)
        found = self.ledger.triage.one(finding_id)
        if found is None:
            raise UsageError(
                f"There is no finding {finding_id[:64]}."
                f"{did_you_mean(finding_id, (f.id for f in self.ledger.findings()))}",
                "`vitrail findings list` names them.",
            )
        return found

    def finding_history(self, finding_id: str) -> tuple[HistoryLine, ...]:
        """All that was ever done to a finding, the latest first."""
        require(self.actor, Action.READ_FINDINGS)
        return self.ledger.triage.history(finding_id)

    def finding_owners(self, findings: Iterable[str]) -> Mapping[str, Assigned]:
        """Who mends each of these findings and by which day, where it was settled."""
        require(self.actor, Action.READ_FINDINGS)
        return self.ledger.triage.assigned(findings)

    def samples(self, finding_id: str) -> tuple[str, ...]:
        """A few cells of a finding with every personal value masked."""
        from vitrail.workspace import scans

        require(self.actor, Action.READ_FINDINGS)
        return scans.samples(self, self.finding(finding_id))

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

    def keys_to_mend(self, finding_id: str, out: Path) -> tuple[RowKey, ...]:
        """Write the keys of the rows behind a finding or failed control to ``out``, as CSV for
        its owner alone. The ledger knows of it before the file is there."""
        from vitrail.workspace import key_file

        rows = self._keys_listed(finding_id)
        key_file.write(out, rows)
        return rows

    def keys_as_csv(self, finding_id: str) -> str:
        """The same as text, for a download; in the ledger before it is handed out."""
        from vitrail.workspace import key_file

        return key_file.as_csv(self._keys_listed(finding_id))

    def _keys_listed(self, finding_id: str) -> tuple[RowKey, ...]:
        from vitrail.workspace import remedies

        require(self.actor, Action.LIST_KEYS)
        rows = remedies.keys_of(self, finding_id)
        payload = {"finding": finding_id, "rows": len(rows)}
        self.ledger.append("keys_listed", self.actor.name, payload)
        return rows

    def reveal(self, finding_id: str, sample: int, reason: str) -> Revealed:
        """One cell behind a finding in clear: in the ledger with its reason before it is read."""
        from vitrail.workspace import scans

        require(self.actor, Action.REVEAL)
        finding = self.finding(finding_id)
        words = require_impersonal(reason, self.keys)
        self.ledger.triage.reveal(finding.id, sample, self.actor.name, words)
        return scans.reveal(self, finding, sample)

    def raw(self, what: str, *, reason: str, rows: int = 20, reveal: bool = False) -> RawRows:
        """Rows of a dataset (``crm/clients.xlsx · Clients``) or behind a finding, masked.

        For auditors and investigators, never for admins. ``reason``: why, in words that name
        nobody; the ledger has it before a row is read. ``reveal``: as exported.
        """
        from vitrail.workspace import raw

        require(self.actor, Action.REVEAL)
        return raw.raw(self, what, reason, rows, reveal)

    def dispose(
        self,
        finding_id: str,
        decision: Decision,
        reason: str,
        *,
        until: date | None = None,
        seen: int | None = None,
    ) -> Disposition:
        """Record a human's decision on a finding; a reason is required and kept.

        ``until``: a dismissal's last day, from which on the finding is open again. ``seen``: the
        version that it was decided upon; where someone else was first, nothing is recorded and
        :class:`~vitrail.errors.Overtaken` says who. A critical finding takes two to dismiss: of
        the first :meth:`finding` then tells ``proposed_by``.
        """
        require(self.actor, Action.DECIDE)
        (disposition,) = self._dispositions({finding_id: seen}, decision, reason, until)
        self.ledger.dispose(disposition)
        return disposition

    def dispose_all(
        self,
        seen: Mapping[str, int | None],
        decision: Decision,
        reason: str,
        *,
        until: date | None = None,
    ) -> Decided:
        """:meth:`dispose` of many, by id and the version seen; says which came to what."""
        require(self.actor, Action.DECIDE)
        return self.ledger.triage.decide_on(self._dispositions(seen, decision, reason, until))

    def assign(self, findings: str | Iterable[str], owner: str, due: date | None = None) -> None:
        """Say who mends findings or failed controls (a team, a role), and by which day."""
        require(self.actor, Action.DECIDE)
        name = require_impersonal(owner, self.keys, "owner")
        chosen = (findings,) if isinstance(findings, str) else findings
        self.ledger.triage.assign(chosen, name, due, self.actor.name)

    def comment(self, finding_id: str, words: str) -> None:
        """Say something of a finding, for whoever looks at it next."""
        require(self.actor, Action.DECIDE)
        said = require_impersonal(words, self.keys, "comment")
        self.ledger.triage.comment(finding_id, self.actor.name, said)

    def _dispositions(
        self,
        seen: Mapping[str, int | None],
        decision: Decision,
        reason: str,
        until: date | None,
    ) -> list[Disposition]:
        words = require_impersonal(reason, self.keys)
        now = datetime.now(UTC)
        if until is not None and (decision is not Decision.DISMISS or until < now.date()):
            raise UsageError(
                "Only a dismissal has a last day, and that lies ahead.",
                "Leave it out, or change it.",
            )
        return [
            Disposition(name, decision, words, self.actor.name, now, until, version)
            for name, version in seen.items()
        ]

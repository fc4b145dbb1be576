"""Scans, clean copies and the runs of both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vitrail.access import Action, require
from vitrail.ledger import RunRecord
from vitrail.model import InputFile, ScanRun
from vitrail.workspace.approvals import require_approved
from vitrail.workspace.open_workspace import OpenWorkspace

# Detection loads Presidio and spaCy: what needs it is imported where it is called, so that a
# question or a look at the ledger starts at once.
if TYPE_CHECKING:
    from vitrail.redaction import Redaction, RedactOptions
    from vitrail.scan import ScanOptions, ScanPlan
    from vitrail.workspace.scans import Watcher


class Scanning(OpenWorkspace):
    """Scans, clean copies and the runs of both."""

    def plan_scan(
        self, options: ScanOptions | None = None, paths: Sequence[str | Path] = ()
    ) -> ScanPlan:
        """What a scan would read, look for and cost."""
        from vitrail.scan import ScanOptions
        from vitrail.workspace import scans

        require(self.actor, Action.SCAN)
        return scans.plan(self, options or ScanOptions(), paths)

    def scan(
        self,
        options: ScanOptions | None = None,
        *,
        paths: Sequence[str | Path] = (),
        run_id: str | None = None,
        directory: Path | None = None,
        resume: bool = False,
        since: Sequence[Path] = (),
        fresh: bool = False,
        watch: Watcher = lambda _progress: None,
    ) -> ScanRun:
        """Scan the exports (or ``paths``) in this process and record what was found.

        What has not changed since an earlier scan (one of ``since``, or of the last ones here) is
        not scanned again, unless ``fresh``. ``resume``: go on with a run that was cut short: the
        one named, or the last.
        """
        from vitrail.scan import ScanOptions
        from vitrail.workspace import scans

        require(self.actor, Action.SCAN)
        require_approved(self)
        return scans.scan(
            self,
            options or ScanOptions(),
            run_id=run_id,
            paths=paths,
            directory=directory,
            begin=scans.Begin(resume, tuple(since), fresh),
            watch=watch,
        )

    def redact(
        self,
        out: Path,
        options: RedactOptions | None = None,
        *,
        paths: Sequence[str | Path] = (),
        force: bool = False,
        watch: Watcher = lambda _progress: None,
    ) -> Redaction:
        """Write a copy of the exports (or ``paths``) without the personal data found in them."""
        from vitrail.redaction import RedactOptions
        from vitrail.workspace import redactions

        require(self.actor, Action.REDACT)
        require_approved(self)
        return redactions.redact(
            self, out, options or RedactOptions(), paths=paths, force=force, watch=watch
        )

    def start_scan(self, options: ScanOptions | None = None) -> str:
        """Begin a scan as a process of its own and give its run id."""
        from vitrail.scan import ScanOptions
        from vitrail.workspace import scans

        require(self.actor, Action.SCAN)
        require_approved(self)
        return scans.start(self, options or ScanOptions())

    def resume_scan(self) -> str:
        """Go on with the last scan that was cut short, as a process of its own; its run id."""
        from vitrail.workspace import scans

        require(self.actor, Action.SCAN)
        require_approved(self)
        return scans.resume(self)

    def cancel_run(self, run_id: str) -> None:
        """Ask a run to stop; it does within two seconds and can be resumed."""
        require(self.actor, Action.SCAN)
        self.ledger.request_cancel(run_id, self.actor.name)

    def unread_inputs(self, run_id: str) -> tuple[InputFile, ...]:
        """What a scan could not read, and why; it tells of no finding."""
        from vitrail.workspace import scans

        require(self.actor, Action.SCAN)
        run, _findings = scans.load(self, run_id)
        return run.unreadable

    def runs(self) -> tuple[RunRecord, ...]:
        """Every run the ledger knows, newest first."""
        require(self.actor, Action.SCAN)
        return tuple(sorted(self.ledger.runs(), key=lambda run: run.started_at, reverse=True))

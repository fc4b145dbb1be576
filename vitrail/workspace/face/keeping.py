"""How Vitrail keeps the promises itself: its retention periods, and what its own files hold."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from vitrail.access import Action, require
from vitrail.workspace.approvals import require_approved
from vitrail.workspace.open_workspace import OpenWorkspace

# Detection loads Presidio and spaCy: what needs it is imported where it is called, so that a
# question or a look at the ledger starts at once.
if TYPE_CHECKING:
    from vitrail.scan import ScanOptions
    from vitrail.workspace.cycling import Cycle
    from vitrail.workspace.own_files import OwnFiles
    from vitrail.workspace.purging import PurgeReport
    from vitrail.workspace.scans import Watcher


class Keeping(OpenWorkspace):
    """How Vitrail keeps the promises itself: its retention periods, what its own files hold."""

    def cycle(
        self,
        options: ScanOptions | None = None,
        *,
        watch: Watcher = lambda _progress: None,
    ) -> Cycle:
        """Import, scan, check, see which claims hold, and compare with the last time."""
        from vitrail.scan import ScanOptions
        from vitrail.workspace import cycling

        for action in (Action.IMPORT, Action.SCAN, Action.CHECK, Action.READ_FINDINGS):
            require(self.actor, action)
        require_approved(self)
        return cycling.cycle(self, options or ScanOptions(), watch)

    def purge(self, *, dry_run: bool = False, now: datetime | None = None) -> PurgeReport:
        """Delete what is past the periods of ``[retention]``, with a counted tombstone.

        ``dry_run``: only say what would go. ``now``: as of this time (UTC).
        """
        from vitrail.workspace import purging

        require(self.actor, Action.PURGE)
        if not dry_run:
            require_approved(self)
        return purging.purge(self, dry_run=dry_run, now=now)

    def scan_own(self, options: ScanOptions | None = None) -> OwnFiles:
        """Scan Vitrail's own files as if they were exports, and test RET-02 on its facts."""
        from vitrail.scan import ScanOptions
        from vitrail.workspace import own_files

        require(self.actor, Action.SCAN)
        return own_files.examine(self, options or ScanOptions(names="off"))

"""``Workspace``: one folder of exports, and everything that may be done with it.

Every method first asks :func:`vitrail.access.require`; what an analyst gets is a ``Release``.
"""

from __future__ import annotations

from vitrail.access import Action, require
from vitrail.ledger import ChainReport
from vitrail.model import LedgerEvent
from vitrail.workspace import importing, sources
from vitrail.workspace.face.findings import Findings
from vitrail.workspace.face.keeping import Keeping
from vitrail.workspace.face.mapping import MappingExports
from vitrail.workspace.face.persons import Persons
from vitrail.workspace.face.questions import Questions
from vitrail.workspace.face.scanning import Scanning
from vitrail.workspace.face.testing import Testing
from vitrail.workspace.importing import ImportReport
from vitrail.workspace.sources import SourcesReport


class Workspace(Questions, Scanning, Findings, Persons, Testing, MappingExports, Keeping):
    """A workspace opened by an actor. Use as a context manager, or call :meth:`close`."""

    def import_exports(self, *, correct: bool = False) -> ImportReport:
        """Read the exports and swap in a new epoch of facts.

        ``correct``: closed periods too are counted anew, after the exports were corrected.
        """
        require(self.actor, Action.IMPORT)
        return importing.import_exports(self, correct=correct)

    def sources(self) -> SourcesReport:
        """What is mapped, what is not, and which controls that makes testable."""
        require(self.actor, Action.READ_SOURCES)
        return sources.sources(self)

    def verify_ledger(self, head: str | None = None) -> ChainReport:
        """Walk the chain of events; name the first that was changed, removed or moved.

        ``head`` was noted elsewhere, in a pack perhaps: it must still be in the chain.
        """
        require(self.actor, Action.READ_LEDGER)
        return self.ledger.verify(head)

    def events(self) -> tuple[LedgerEvent, ...]:
        """The access log."""
        require(self.actor, Action.READ_LEDGER)
        return self.ledger.events()

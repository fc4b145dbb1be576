"""``Workspace``: one folder of exports, and everything that may be done with it.

Every method first asks :func:`vitrail.access.require`; what an analyst gets is a ``Release``.
"""

from __future__ import annotations

from vitrail.access import Action, require
from vitrail.workspace import importing, source_standing, sources
from vitrail.workspace.approvals import require_approved
from vitrail.workspace.face.findings import Findings
from vitrail.workspace.face.house import House
from vitrail.workspace.face.keeping import Keeping
from vitrail.workspace.face.mapping import MappingExports
from vitrail.workspace.face.persons import Persons
from vitrail.workspace.face.questions import Questions
from vitrail.workspace.face.scanning import Scanning
from vitrail.workspace.face.testing import Testing
from vitrail.workspace.importing import ImportReport
from vitrail.workspace.source_standing import SourceStanding
from vitrail.workspace.sources import SourcesReport


class Workspace(Questions, Scanning, Findings, Persons, Testing, MappingExports, Keeping, House):
    """A workspace opened by an actor. Use as a context manager, or call :meth:`close`."""

    def import_exports(self, *, correct: bool = False) -> ImportReport:
        """Read the exports and swap in a new epoch of facts.

        ``correct``: closed periods too are counted anew, after the exports were corrected.
        """
        require(self.actor, Action.IMPORT)
        require_approved(self)
        return importing.import_exports(self, correct=correct)

    def sources(self) -> SourcesReport:
        """What is mapped, what is not, and which controls that makes testable."""
        require(self.actor, Action.READ_SOURCES)
        return sources.sources(self)

    def source_standing(self) -> SourceStanding:
        """Systems without an export, the age of exports, and what each column is mapped to."""
        require(self.actor, Action.READ_SOURCES)
        return source_standing.standing(self)

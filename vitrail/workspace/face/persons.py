"""Likely minors, and one person traced: for access, and as proof of deletion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from vitrail.access import Action, require
from vitrail.model import (
    CaseDecision,
    MinorCase,
)
from vitrail.workspace.lawfulness import require_dpia
from vitrail.workspace.open_workspace import OpenWorkspace
from vitrail.workspace.reasons import require_impersonal

# Detection loads Presidio and spaCy: what needs it is imported where it is called, so that a
# question or a look at the ledger starts at once.
if TYPE_CHECKING:
    from vitrail.trace import Trace
    from vitrail.trace.sweep import Watch
    from vitrail.workspace.access_package import Package
    from vitrail.workspace.deletion_proof import Proof
    from vitrail.workspace.minor_cases import KeyToDelete
    from vitrail.workspace.minor_register import MinorRegister


class Persons(OpenWorkspace):
    """Likely minors, and one person traced: for access, and as proof of deletion."""

    def minor_cases(self) -> tuple[MinorCase, ...]:
        """Cases of likely minors, for who handles them; the open ones first."""
        from vitrail.workspace import minor_cases

        require(self.actor, Action.HANDLE_CASES)
        return minor_cases.cases(self)

    def minor_register(self) -> MinorRegister:
        """The cases with their clocks, the overdue first. Locked until ``[dpia]`` is on record."""
        from vitrail.workspace import minor_register

        require(self.actor, Action.HANDLE_CASES)
        return minor_register.register(self)

    def authorised_minors(self) -> frozenset[str]:
        """Fingerprints of those for whom a guardian's authorisation is in force."""
        from vitrail.workspace import minor_cases

        require(self.actor, Action.HANDLE_CASES)
        return minor_cases.authorised(self)

    def open_minor_cases(self) -> Mapping[str, int]:
        """How many cases are open, by level: what everyone may know."""
        from vitrail.workspace import minor_cases

        require(self.actor, Action.READ_ASSESSMENTS)
        return minor_cases.open_cases(self)

    def decide_minor(self, case: str, decision: CaseDecision, reason: str) -> None:
        """Record a human's decision on a case; a reason is required and kept."""
        require(self.actor, Action.HANDLE_CASES)
        require_dpia(self.settings, "To decide on a likely minor")
        words = require_impersonal(reason, self.keys)
        self.ledger.decide_case(case, decision, self.actor.name, words)

    def minor_deletion_list(self) -> tuple[KeyToDelete, ...]:
        """The keys of confirmed minors' rows, for the systems' owners. Nothing is deleted."""
        from vitrail.workspace import minor_cases

        require(self.actor, Action.HANDLE_CASES)
        require_dpia(self.settings, "The list of minors' rows")
        return minor_cases.deletion_list(self)

    def trace(
        self,
        identifiers: Iterable[str],
        *,
        case: str,
        reason: str,
        each: bool = False,
        watch: Watch = lambda _dataset, _done, _total: None,
    ) -> Trace:
        """Every place in every export that holds something of a person, in whatever form.

        ``identifiers``: lines as ``vitrail trace`` reads them, all of one person; with ``each`` a
        person a line. Locked until ``[dpia]`` is on record; the ledger knows of it first.
        """
        from vitrail.workspace import tracing

        require(self.actor, Action.TRACE)
        return tracing.trace(self, tracing.Request(identifiers, case, reason, each), watch)

    def access_package(
        self,
        identifiers: Iterable[str],
        out: Path,
        *,
        case: str,
        reason: str,
        names: bool = True,
        watch: Watch = lambda _dataset, _done, _total: None,
    ) -> Package:
        """What is held of one person, written to a new folder to be handed to them.

        Other persons in it are masked; ``names``: also those whom only a model tells.
        """
        from vitrail.workspace import access_package, tracing

        require(self.actor, Action.TRACE)
        request = tracing.Request(identifiers, case, reason)
        return access_package.package(self, request, out, names=names, watch=watch)

    def access_archive(
        self,
        identifiers: Iterable[str],
        *,
        case: str,
        reason: str,
        names: bool = True,
        watch: Watch = lambda _dataset, _done, _total: None,
    ) -> tuple[Package, bytes]:
        """:meth:`access_package` as one ZIP in memory, for a browser; nothing is left on disk."""
        from vitrail.workspace import package_archive, tracing

        require(self.actor, Action.TRACE)
        request = tracing.Request(identifiers, case, reason)
        return package_archive.archive(self, request, names=names, watch=watch)

    def deletion_proof(
        self,
        identifiers: Iterable[str],
        *,
        case: str,
        reason: str,
        each: bool = False,
        watch: Watch = lambda _dataset, _done, _total: None,
    ) -> Proof:
        """What is still there of persons who were erased, and by which hold; evidence on disk."""
        from vitrail.workspace import deletion_proof, tracing

        require(self.actor, Action.TRACE)
        return deletion_proof.prove(self, tracing.Request(identifiers, case, reason, each), watch)

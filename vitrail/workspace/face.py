"""``Workspace``: one folder of exports, and everything that may be done with it.

Every method first asks :func:`vitrail.access.require`; what an analyst gets is a ``Release``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

import vitrail.config as configuration
from vitrail import gate, logs
from vitrail.access import Action, local_actor, require
from vitrail.config import Settings
from vitrail.errors import KeyMismatch, Refused, Unwritable, UsageError
from vitrail.gate.private import Terms
from vitrail.house import carried
from vitrail.keys import KEY_FILE_VARIABLE, Keyring
from vitrail.ledger import BudgetStanding, ChainReport, Ledger, RunRecord
from vitrail.model import (
    Actor,
    CaseDecision,
    Decision,
    Disposition,
    Finding,
    FindingStatus,
    LedgerEvent,
    MinorCase,
    Query,
    Release,
    ScanRun,
)
from vitrail.promises import Policy
from vitrail.workspace import importing, private, sources
from vitrail.workspace.check_run import CheckRun
from vitrail.workspace.importing import ImportReport
from vitrail.workspace.layout import Layout
from vitrail.workspace.private import PrivateOffer
from vitrail.workspace.reasons import require_impersonal
from vitrail.workspace.sources import SourcesReport
from vitrail.workspace.views import SavedView, ViewStore

# Detection loads Presidio and spaCy: what needs it is imported where it is called, so that a
# question or a look at the ledger starts at once.
if TYPE_CHECKING:
    from vitrail.redaction import Redaction, RedactOptions
    from vitrail.scan import ScanOptions, ScanPlan
    from vitrail.trace import Trace
    from vitrail.trace.sweep import Watch
    from vitrail.workspace.access_package import Package
    from vitrail.workspace.deletion_proof import Proof
    from vitrail.workspace.minor_cases import KeyToDelete
    from vitrail.workspace.scans import Watcher


class Workspace:
    """A workspace opened by an actor. Use as a context manager, or call :meth:`close`."""

    def __init__(
        self, layout: Layout, settings: Settings, keys: Keyring, ledger: Ledger, actor: Actor
    ) -> None:
        self.layout = layout
        self.settings = settings
        self.keys = keys
        self.ledger = ledger
        self.actor = actor

    def __repr__(self) -> str:
        return f"Workspace({self.layout.root.name!r}, actor={self.actor.name!r})"

    @classmethod
    def open(cls, directory: str | Path | None = None, actor: Actor | None = None) -> Workspace:
        """Open ``directory`` (else as :func:`vitrail.config.find`), making its key at first."""
        root = configuration.find(Path(directory) if directory is not None else None).resolve()
        settings = configuration.load(root / configuration.FILE_NAME)
        layout = Layout(root, root / settings.exports)
        layout.prepare()
        logs.configure(root, days=settings.retention.logs)
        keys = _keys(layout)
        ledger = Ledger.open(layout.ledger, keys.check_value)
        return cls(layout, settings, keys, ledger, actor or local_actor())

    def close(self) -> None:
        self.ledger.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- exports and facts ---

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

    # --- the gate ---

    def facts(self) -> tuple[gate.FactDescription, ...]:
        """What may be asked of the epoch in force."""
        require(self.actor, Action.ASK)
        return self._fact_store().facts()

    def ask(self, question: str | Query) -> Release:
        """Put one question (SQL or a declared ``Query``) through the gate.

        Every release and every refusal is written to the ledger with its asker.
        """
        require(self.actor, Action.ASK)
        store = self._fact_store(question.epoch if isinstance(question, Query) else None)
        try:
            query = gate.parse_sql(question, store) if isinstance(question, str) else question
            release = gate.answer(query, store, self.keys)
        except Refused as refusal:
            self.ledger.append("refusal", self.actor.name, {"rule": type(refusal).__name__})
            raise
        self.ledger.append(
            "release", self.actor.name, {"release": release.id, **_asked(release.query)}
        )
        return release

    def compare(
        self, question: str | Query, against: Literal["previous", "year"] = "previous"
    ) -> gate.Compared:
        """A question beside itself about the span before, or about the same span a year before."""
        now = self.ask(question)
        assert now.span is not None
        earlier = gate.previous if against == "previous" else gate.year_before
        return gate.compared(now, self.ask(replace(now.query, span=earlier(now.span))))

    def ask_private(
        self,
        question: str | Query,
        rho: float,
        *,
        cells: int | None = None,
        clips: Mapping[str, int] | None = None,
    ) -> Release:
        """The same question for numbers that leave the house: with differential privacy.

        Spends ``rho`` of a budget that is never refilled, unless it was published before:
        that is free. ``cells`` and ``clips`` bound what one person brings to the table, see
        :class:`vitrail.gate.private.Terms`; :meth:`offer_private` tells first what it would be.
        """
        require(self.actor, Action.ASK)
        return private.ask(self, question, Terms(rho, cells, clips or {}))

    def offer_private(
        self,
        question: str | Query,
        rho: float,
        *,
        cells: int | None = None,
        clips: Mapping[str, int] | None = None,
    ) -> PrivateOffer:
        """What :meth:`ask_private` would cost and how exact it would be; nothing is spent."""
        require(self.actor, Action.ASK)
        return private.offer(self, question, Terms(rho, cells, clips or {}))

    def privacy_budget(self) -> BudgetStanding:
        """What there is of the privacy budget and what was spent of it, in millionths of ρ."""
        require(self.actor, Action.ASK)
        return private.account_of(self).standing

    def private_releases(self) -> tuple[Release, ...]:
        """All that was ever published with a guarantee, in order; reading it again is free."""
        require(self.actor, Action.ASK)
        return private.released(self)

    def private_release(self, release_id: str) -> Release:
        """One of :meth:`private_releases` by its id."""
        require(self.actor, Action.ASK)
        return private.by_id(self, release_id)

    def question(self, sql: str) -> Query:
        """What SQL asks, checked and not answered; a refusal is written to the ledger."""
        require(self.actor, Action.ASK)
        try:
            return gate.parse_sql(sql, self._fact_store())
        except Refused as refusal:
            self.ledger.append("refusal", self.actor.name, {"rule": type(refusal).__name__})
            raise

    # --- saved views ---

    def views(self, page: str) -> tuple[SavedView, ...]:
        """The saved views of a page, whoever saved them."""
        require(self.actor, Action.ASK)
        return tuple(view for view in self._views().all() if view.page == page)

    def save_view(self, page: str, name: str, address: Mapping[str, Sequence[str]]) -> SavedView:
        """Keep what a page looks at under a name, for all; the name may tell of nobody."""
        require(self.actor, Action.ASK)
        return self._views().save(page, name, address, self.actor)

    def delete_view(self, view_id: str) -> None:
        """Forget a view of one's own."""
        require(self.actor, Action.ASK)
        self._views().delete(view_id, self.actor)

    def _views(self) -> ViewStore:
        return ViewStore(self.layout.views, self.keys)

    def _fact_store(self, epoch: str | None = None) -> gate.FactStore:
        return gate.FactStore.open(self.layout.facts, carried("queries", "facts"), epoch=epoch)

    # --- scans and findings ---

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
        return redactions.redact(
            self, out, options or RedactOptions(), paths=paths, force=force, watch=watch
        )

    def start_scan(self, options: ScanOptions | None = None) -> str:
        """Begin a scan as a process of its own and give its run id."""
        from vitrail.scan import ScanOptions
        from vitrail.workspace import scans

        require(self.actor, Action.SCAN)
        return scans.start(self, options or ScanOptions())

    def resume_scan(self) -> str:
        """Go on with the last scan that was cut short, as a process of its own; its run id."""
        from vitrail.workspace import scans

        require(self.actor, Action.SCAN)
        return scans.resume(self)

    def cancel_run(self, run_id: str) -> None:
        """Ask a run to stop; it does within two seconds and can be resumed."""
        require(self.actor, Action.SCAN)
        self.ledger.request_cancel(run_id, self.actor.name)

    def runs(self) -> tuple[RunRecord, ...]:
        """Every run the ledger knows, newest first."""
        require(self.actor, Action.SCAN)
        return tuple(sorted(self.ledger.runs(), key=lambda run: run.started_at, reverse=True))

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
        return scans.samples(self, finding_id)

    def dispose(self, finding_id: str, decision: Decision, reason: str) -> Disposition:
        """Record a human's decision on a finding; a reason is required and kept."""
        require(self.actor, Action.DECIDE)
        known = self.finding(finding_id).id
        words = require_impersonal(reason, self.keys)
        disposition = Disposition(known, decision, words, self.actor.name, datetime.now(UTC))
        self.ledger.dispose(disposition)
        return disposition

    # --- likely minors ---

    def minor_cases(self) -> tuple[MinorCase, ...]:
        """Cases of likely minors, for who handles them; the open ones first."""
        from vitrail.workspace import minor_cases

        require(self.actor, Action.HANDLE_CASES)
        return minor_cases.cases(self)

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
        words = require_impersonal(reason, self.keys)
        self.ledger.decide_case(case, decision, self.actor.name, words)

    def minor_deletion_list(self) -> tuple[KeyToDelete, ...]:
        """The keys of confirmed minors' rows, for the systems' owners. Nothing is deleted."""
        from vitrail.workspace import minor_cases

        require(self.actor, Action.HANDLE_CASES)
        return minor_cases.deletion_list(self)

    # --- persons ---

    def trace(
        self,
        identifiers: Iterable[str],
        *,
        case: str,
        reason: str,
        each: bool = False,
        watch: Watch = lambda _dataset, _bytes: None,
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
        watch: Watch = lambda _dataset, _bytes: None,
    ) -> Package:
        """What is held of one person, written to a new folder to be handed to them.

        Other persons in it are masked; ``names``: also those whom only a model tells.
        """
        from vitrail.workspace import access_package, tracing

        require(self.actor, Action.TRACE)
        request = tracing.Request(identifiers, case, reason)
        return access_package.package(self, request, out, names=names, watch=watch)

    def deletion_proof(
        self,
        identifiers: Iterable[str],
        *,
        case: str,
        reason: str,
        each: bool = False,
        watch: Watch = lambda _dataset, _bytes: None,
    ) -> Proof:
        """What is still there of persons who were erased, and by which hold; evidence on disk."""
        from vitrail.workspace import deletion_proof, tracing

        require(self.actor, Action.TRACE)
        return deletion_proof.prove(self, tracing.Request(identifiers, case, reason, each), watch)

    # --- promises ---

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
    ) -> CheckRun:
        """Test the promises against the exports and write assessments and evidence."""
        from vitrail.workspace import checks

        require(self.actor, Action.CHECK)
        return checks.check(self, only=only, as_of=as_of, policy_file=policy_file, out=out)

    def latest_check(self) -> CheckRun | None:
        """The last check, or None where none was made yet."""
        from vitrail.workspace import checks

        require(self.actor, Action.READ_ASSESSMENTS)
        return checks.latest(self)

    def check_run(self, run_id: str) -> CheckRun:
        """A check that was made before."""
        from vitrail.workspace import checks

        require(self.actor, Action.READ_ASSESSMENTS)
        return checks.load(self, run_id)

    # --- the ledger ---

    def verify_ledger(self) -> ChainReport:
        """Walk the chain of events; name the first that was changed, removed or moved."""
        require(self.actor, Action.READ_LEDGER)
        return self.ledger.verify()

    def events(self) -> tuple[LedgerEvent, ...]:
        """The access log."""
        require(self.actor, Action.READ_LEDGER)
        return self.ledger.events()


def _keys(layout: Layout) -> Keyring:
    """The workspace's key; made at first, but never anew beside a ledger that knows another."""
    if KEY_FILE_VARIABLE in os.environ or layout.key.exists():
        return Keyring.load(layout.key)
    if layout.ledger.exists():
        raise KeyMismatch(
            "This workspace's key is lost: its ledger is here, its file `key` is not.",
            "Restore `key` from its backup. Without it no person and no finding is known again; "
            "to begin anew, move ledger.db, facts and runs away.",
        )
    try:
        return Keyring.create(layout.key)
    except FileExistsError:  # another process made it meanwhile
        return Keyring.load(layout.key)
    except OSError as error:
        raise Unwritable(
            f"The workspace key cannot be written: {error.strerror}.",
            f"See that {layout.root.name} has room and that this user may write there.",
        ) from None


def _asked(query: Query) -> dict[str, Any]:
    return {
        "fact": query.fact,
        "dimensions": list(query.dimensions),
        "measures": [measure.label for measure in query.measures],
        "filters": [name for name, _ in query.filters],
        "span": [query.span.first.isoformat(), query.span.last.isoformat()] if query.span else [],
    }

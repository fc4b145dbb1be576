"""Import: find and map the exports, build a new epoch of facts, tell what each control lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vitrail.exports.store import CanonicalStore, discover
from vitrail.gate import FactsReport, build_facts
from vitrail.house import carried
from vitrail.model import Control, Dataset, InputFile
from vitrail.promises import load_controls
from vitrail.workspace import turns
from vitrail.workspace.arrivals import Arrivals, arrivals, remember

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class ControlReadiness:
    """Whether a control can be tested with what is mapped, and what it lacks if not."""

    control: str
    title: str
    missing: tuple[str, ...]

    @property
    def ready(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import found: every file read, every fault, every table fed, the new facts."""

    datasets: tuple[Dataset, ...]
    inputs: tuple[InputFile, ...]
    problems: tuple[InputFile, ...]
    tables: tuple[tuple[str, tuple[str, ...]], ...]
    unmapped: tuple[tuple[Dataset, str], ...]
    readiness: tuple[ControlReadiness, ...]
    facts: FactsReport
    arrivals: Arrivals


def open_store(
    workspace: OpenWorkspace, database: str | None = None, memory: int | None = None
) -> CanonicalStore:
    """The canonical tables over this workspace's exports, for this process; its catalog also holds
    the tables of a ``database`` that nothing maps yet. ``memory`` is the engine's, in bytes."""
    root, settings = workspace.layout.root, workspace.settings
    return CanonicalStore.open(
        root,
        settings,
        workspace.keys,
        catalog=discover(root, settings, database),
        memory=memory,
    )


def readiness(store: CanonicalStore, controls: tuple[Control, ...]) -> tuple[ControlReadiness, ...]:
    """What each control lacks, if anything."""
    return tuple(ControlReadiness(c.id, c.title, store.missing(c.needs)) for c in controls)


def import_exports(workspace: OpenWorkspace, *, correct: bool = False) -> ImportReport:
    """Read all mapped exports and swap in a new epoch; a second import at once is refused.

    ``correct``: count all closed periods anew, as the exports are now.
    """
    with turns.alone(workspace.layout.tmp, turns.IMPORT), open_store(workspace) as store:
        return _import(workspace, store, correct)


def _import(workspace: OpenWorkspace, store: CanonicalStore, correct: bool) -> ImportReport:
    facts = build_facts(
        store,
        carried("queries", "facts"),
        workspace.layout.facts,
        workspace.keys,
        as_of=workspace.settings.asof,
        correct=correct,
    )
    record = workspace.layout.facts / "imported.json"
    report = ImportReport(
        datasets=store.catalog.datasets,
        inputs=store.inputs,
        problems=store.problems,
        tables=tuple((n, tuple(sorted(t.columns))) for n, t in sorted(store.tables.items())),
        unmapped=store.unmapped,
        readiness=readiness(store, load_controls(carried("queries", "promises"))),
        facts=facts,
        arrivals=arrivals(store.inputs, record),
    )
    remember(report.inputs, record)
    workspace.ledger.append(
        "import",
        workspace.actor.name,
        {
            "epoch": facts.epoch,
            "files": len(report.inputs),
            "problems": len(report.problems),
            "rows": sum(i.rows or 0 for i in report.inputs),
            "changed": facts.changed,
            "corrected": correct,
            "late": facts.late,
            "purged": len(facts.purged),
        },
    )
    return report

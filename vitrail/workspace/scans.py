"""Scans of a workspace: here or in their own process, followed and cancelled by the ledger."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import vitrail.scan as scanning
from vitrail.crew import crew_for
from vitrail.did_you_mean import did_you_mean
from vitrail.errors import Cancelled, UsageError
from vitrail.exports.catalog import Catalog
from vitrail.exports.store import places_of
from vitrail.model import Change, Finding, Progress, Revealed, RunState, ScanRun
from vitrail.scan.coverage import examined
from vitrail.scan.documents import note_settings
from vitrail.workspace import turns
from vitrail.workspace.approvals import standing
from vitrail.workspace.claims import verifiable
from vitrail.workspace.importing import open_store
from vitrail.workspace.known import known_contacts
from vitrail.workspace.layout import new_run_id
from vitrail.workspace.minor_cases import record_cases
from vitrail.workspace.minors import minors_look
from vitrail.workspace.use import in_use

if TYPE_CHECKING:
    from vitrail.scan import ScanOptions, ScanPlan
    from vitrail.workspace.open_workspace import OpenWorkspace

Watcher = Callable[[Progress], None]


#: How many of the last scans are asked what they know of an input.
_EARLIER: Final = 3


@dataclass(frozen=True, slots=True)
class Begin:
    """On what a scan builds: a run cut short, earlier ones, or (``fresh``) nothing."""

    resume: bool = False
    since: tuple[Path, ...] = ()
    fresh: bool = False


def plan(
    workspace: OpenWorkspace,
    options: ScanOptions,
    paths: Sequence[str | Path] = (),
    cancelled: Callable[[], bool] = lambda: False,
) -> ScanPlan:
    """What a scan would read and what it would cost; ``paths`` default to the exports."""
    options = with_own_recognizers(workspace, options)
    places = list(paths) or _places(workspace)
    root = None if paths else workspace.layout.exports
    return scanning.plan(places, options, root=root, cancelled=cancelled)


def _places(workspace: OpenWorkspace) -> list[str | Path]:
    """What an import reads; without anything the folder, whose absence is told."""
    exports = workspace.layout.exports
    return places_of(workspace.layout.root, workspace.settings) or [exports]


def with_own_recognizers(workspace: OpenWorkspace, options: ScanOptions) -> ScanOptions:
    """The options with the workspace's ``recognizers.yaml``, unless they name another."""
    own = workspace.layout.recognizers
    if options.recognizers is not None or not own.exists():
        return options
    return replace(options, recognizers=str(own))


def scan(
    workspace: OpenWorkspace,
    options: ScanOptions,
    *,
    run_id: str | None = None,
    paths: Sequence[str | Path] = (),
    directory: Path | None = None,
    begin: Begin = Begin(),
    watch: Watcher = lambda _progress: None,
) -> ScanRun:
    """Scan in this process; the ledger knows of it from begin to end."""
    remedy = "Wait for it, or cancel it on the Scan page."
    with turns.alone(workspace.layout.tmp, turns.SCAN, remedy):
        if begin.resume and run_id is None:
            run_id, directory = _cut_short(workspace, directory)
        run_id = run_id or new_run_id("scan")
        directory = directory or workspace.layout.runs / run_id
        return _locked(workspace, options, run_id, paths, directory, begin, watch)


def _cut_short(workspace: OpenWorkspace, directory: Path | None) -> tuple[str, Path]:
    """The last run that did not come to its end, or the one in ``directory``."""
    for run in workspace.ledger.runs():
        here = directory is None or Path(run.directory) == directory.absolute()
        if run.kind == "scan" and here and run.state is not RunState.DONE:
            return run.id, Path(run.directory)
        if run.kind == "scan" and here:
            break  # what was cut short before that has been made up for
    if directory is not None:
        return new_run_id("scan"), directory
    raise UsageError("No scan of this workspace was cut short.", "Scan without --resume.")


def _earlier(workspace: OpenWorkspace, begin: Begin) -> tuple[Path, ...]:
    """The folders of the runs to build upon, the newest first."""
    done = (
        Path(run.directory)
        for run in workspace.ledger.runs()
        if run.kind == "scan" and run.state is RunState.DONE
    )
    return (*begin.since, *islice(done, _EARLIER))


def _locked(
    workspace: OpenWorkspace,
    options: ScanOptions,
    run_id: str,
    paths: Sequence[str | Path],
    directory: Path,
    begin: Begin,
    watch: Watcher,
) -> ScanRun:
    ledger = workspace.ledger
    ledger.start_run(run_id, str(directory), os.getpid(), workspace.actor.name, "scan")

    def beat(progress: Progress) -> None:
        ledger.beat(run_id, progress)
        watch(progress)

    def cancelled() -> bool:
        return ledger.cancel_requested(run_id)

    try:
        places = list(paths) or _places(workspace)
        with crew_for(places if options.engine == "local" else ()) as crew:
            planned = plan(workspace, options, paths, cancelled)
            run = scanning.run(
                planned,
                directory,
                workspace.keys,
                run_id=run_id,
                progress=beat,
                cancelled=cancelled,
                resume=begin.resume,
                since=_earlier(workspace, begin),
                fresh=begin.fresh,
                known=known_contacts(workspace),
                crew=crew,
                minors=minors_look(workspace, planned.catalog),
            )
        run = note_settings(run, standing(workspace))
    except BaseException as error:
        asked = isinstance(error, KeyboardInterrupt | Cancelled)
        state = RunState.CANCELLED if asked else RunState.FAILED
        ledger.finish_run(run_id, state, {} if asked else {"fault": type(error).__name__})
        raise
    if run.state is RunState.DONE:
        record_findings(workspace, run)
        record_cases(workspace, run)
    ledger.finish_run(
        run_id,
        run.state,
        {
            "hits": run.hits,
            "files": len(run.inputs),
            "unreadable": len(run.unreadable),
            "seconds": round(run.seconds, 1),
        },
    )
    return run


def record_findings(workspace: OpenWorkspace, run: ScanRun) -> None:
    """Group a finished run's hits into findings; what was decided before stays decided."""
    with open_store(workspace) as store:
        declared = store.declared
    found = scanning.findings(
        Path(run.directory), declared=declared, keys=workspace.keys, before=_before(workspace, run)
    )
    seen = verifiable(workspace, examined(run, workspace.ledger.findings()))
    workspace.ledger.record_findings(run.id, found, examined=seen, actor=workspace.actor.name)


def _before(workspace: OpenWorkspace, run: ScanRun) -> Path | None:
    """The folder of the scan before this one, where it still is."""
    for record in workspace.ledger.runs():
        directory = Path(record.directory)
        done = record.kind == "scan" and record.state is RunState.DONE
        if done and record.id != run.id and scanning.is_finished(directory):
            return directory
    return None


def start(workspace: OpenWorkspace, options: ScanOptions) -> str:
    """Begin a scan as a process of its own, which outlives the page that began it."""
    run_id = new_run_id("scan")
    _spawn(workspace, run_id, _arguments(options))
    return run_id


def resume(workspace: OpenWorkspace) -> str:
    """Go on with the last run that was cut short, with its own options, as a process of its own."""
    run_id, directory = _cut_short(workspace, None)
    begun = (directory / "run.json").is_file()
    arguments = _arguments(scanning.options_to_go_on(directory, workspace.keys)) if begun else []
    _spawn(workspace, run_id, ["--resume", *arguments])
    return run_id


def _spawn(workspace: OpenWorkspace, run_id: str, arguments: Sequence[str]) -> None:
    subprocess.Popen(
        [sys.executable, "-m", "vitrail", "scan", "-C", str(workspace.layout.root),
         "--run-id", run_id, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def _arguments(options: ScanOptions) -> list[str]:
    """The options as the command line takes them; what is at its default is left out."""
    default = asdict(type(options)())
    arguments: list[str] = []
    flags = {"languages": "--lang"}
    for name, value in asdict(options).items():
        if value == default[name] or value is None:
            continue
        text = ",".join(value) if isinstance(value, tuple | list) else str(value)
        arguments += [flags.get(name, "--" + name.replace("_", "-")), text]
    return arguments


def load(workspace: OpenWorkspace, run_id: str) -> tuple[ScanRun, tuple[Finding, ...]]:
    """A finished scan from its folder, with its findings as the ledger has them."""
    directory = workspace.layout.runs / run_id
    if not (directory / "run.json").is_file():
        known = (run.id for run in workspace.ledger.runs() if run.kind == "scan")
        raise UsageError(
            f"There is no scan {run_id[:64]}.{did_you_mean(run_id, known)}",
            "`vitrail report latest` takes the last run.",
        )
    return scanning.load(directory), findings_of(workspace, run_id)


def findings_of(workspace: OpenWorkspace, run_id: str) -> tuple[Finding, ...]:
    """What a run found; of the last one also what it did not find again."""
    everything = workspace.ledger.findings()
    ended = (r.id for r in workspace.ledger.runs() if r.kind == "scan" and r.state is RunState.DONE)
    absent = (Change.GONE, Change.NOT_EXAMINED) if next(ended, None) == run_id else ()
    return tuple(f for f in everything if f.run == run_id or f.change in absent)


def compare(workspace: OpenWorkspace, earlier: str, later: str) -> tuple[scanning.Compared, ...]:
    """Two finished scans side by side."""
    known = {r.id: Path(r.directory) for r in workspace.ledger.runs() if r.kind == "scan"}
    for run in (earlier, later):
        if run not in known or not scanning.is_finished(known[run]):
            raise UsageError(
                f"There is no finished scan {run[:64]}.{did_you_mean(run, known)}",
                "The Scan page's history names them.",
            )
    return scanning.compare_runs(known[earlier], known[later])


def samples(workspace: OpenWorkspace, finding: Finding, limit: int = 5) -> tuple[str, ...]:
    """A few of a finding's cells, every personal value in them masked."""
    with in_use(workspace.layout.runs / finding.run):
        return scanning.sample_cells(*_behind(workspace, finding), workspace.keys, limit)


def reveal(workspace: OpenWorkspace, finding: Finding, number: int) -> Revealed:
    """One of those cells as exported, read anew."""
    with in_use(workspace.layout.runs / finding.run):
        return scanning.clear_cell(*_behind(workspace, finding), workspace.keys, number)


def _behind(workspace: OpenWorkspace, finding: Finding) -> tuple[Path, Finding, Catalog]:
    directory = workspace.layout.runs / finding.run
    catalog = Catalog.discover(_places(workspace), root=workspace.layout.exports)
    return directory, finding, catalog

"""``vitrail scan``: any files, folders and databases; a workspace is not needed."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypedDict

import typer

import vitrail
from vitrail.cli import own_scanning
from vitrail.cli.exits import FOUND, NOTHING, UNREADABLE, worst
from vitrail.cli.interrupts import INTERRUPTED
from vitrail.cli.options import (
    EntityTypes,
    Folder,
    Jobs,
    Json,
    Known,
    Languages,
    Level,
    MaxCell,
    Names,
    Recognizers,
    ReportLanguage,
    entity_types,
    languages,
)
from vitrail.cli.output import progress_bar, say, tell_unreadable
from vitrail.cli.scan_answer import Format, print_scan
from vitrail.crew import Crew, crew_for
from vitrail.errors import UsageError
from vitrail.keys import Keyring
from vitrail.model import Change, Finding, FindingStatus, RunState, ScanRun, Severity

if TYPE_CHECKING:
    from vitrail.scan import ScanOptions
    from vitrail.scan.baseline import Baseline

    _Scanned = tuple[ScanRun, tuple[Finding, ...], Keyring, Baseline | None, str | None]


_NEWS: Final = frozenset({Change.NEW, Change.REGRESSED})
_FOUND: Final = _NEWS | {Change.STILL_THERE}


class _Begin(TypedDict):
    """On what a scan builds: a run cut short, an earlier one, or nothing."""

    resume: bool
    since: list[Path]
    fresh: bool


def scan(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH…", help="Files, folders, database URLs.")
    ] = None,
    folder: Folder = None,
    out: Annotated[Path | None, typer.Option(help="Where hits and verdicts are written.")] = None,
    lang: Languages = "auto",
    entities: EntityTypes = None,
    min_score: Annotated[
        float, typer.Option(min=0, max=1, help="Hits of a lower score are left out.")
    ] = 0.4,
    sample: Annotated[
        Literal["exhaustive", "quick"],
        typer.Option(help="Every row, or as many as support a bound that is told."),
    ] = "exhaustive",
    names_mode: Names = "auto",
    jobs: Jobs = None,
    engine: Annotated[
        Literal["local", "spark"], typer.Option(help="Processes here, or Apache Spark.")
    ] = "local",
    max_cell: MaxCell = 16 << 20,
    recognizers: Recognizers = None,
    known: Known = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run in --out, or the workspace's last.")
    ] = False,
    since: Annotated[
        Path | None, typer.Option(help="An earlier run; what has not changed is taken from it.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Scan unchanged inputs too.")] = False,
    baseline: Annotated[Path | None, typer.Option(help="Findings known and accepted.")] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(help="Write what was found as a baseline.")
    ] = None,
    fail_on: Annotated[Level, typer.Option(help="Exit 1 from this severity on.")] = "medium",
    output: Annotated[
        Format, typer.Option("--format", help="How the findings are printed.")
    ] = "table",
    language: ReportLanguage = None,
    own: Annotated[
        bool, typer.Option("--own", help="Scan what Vitrail itself has written in the workspace.")
    ] = False,
    run_id: Annotated[str | None, typer.Option(hidden=True)] = None,
    as_json: Json = False,
) -> int:
    """Look for personal data in exports; in a workspace without PATH, in its own.

    Exits with 0 where nothing is found, 1 with findings, 3 where an input could not be read.
    """
    if own:
        return own_scanning.scan_own(folder, paths, names_mode, fail_on, as_json=as_json)
    alone = folder is None and bool(paths)
    if resume and out is None and alone:
        raise UsageError("--resume needs the folder of the run to go on with.", "Add --out DIR.")
    if "" in (paths or []):
        raise UsageError("An empty path names nothing.", "Name a file, a folder or a database URL.")
    with ExitStack() as stack:
        # before anything else is imported: what workers load is most of what a small scan takes
        crew = stack.enter_context(crew_for(paths or () if alone and engine == "local" else ()))
        import vitrail.scan as scanning

        if since is not None and not scanning.is_finished(since):
            raise UsageError(f"{since.name} holds no finished scan.", "Name the --out of one.")
        options = scanning.ScanOptions(
            languages=languages(lang),
            entities=entity_types(entities),
            min_score=min_score,
            sample=sample,
            names=names_mode,
            jobs=jobs,
            max_cell=max_cell,
            engine=engine,
            recognizers=None if recognizers is None else str(recognizers.resolve()),
            known=None if known is None else str(known.resolve()),
        )
        begin: _Begin = {"resume": resume, "since": [since] if since else [], "fresh": fresh}
        if alone:
            temporary = tempfile.TemporaryDirectory(prefix="vitrail-")
            directory = out or Path(stack.enter_context(temporary))
            scanned = _alone(paths or [], options, directory, run_id, begin, baseline, crew)
        else:
            scanned = _in_workspace(folder, paths or [], options, out, run_id, begin, baseline)
        form: Format = "json" if as_json else output
        return _answer(scanned, write_baseline, fail_on, form, language)


def _alone(
    paths: Sequence[str],
    options: ScanOptions,
    directory: Path,
    run_id: str | None,
    begin: _Begin,
    baseline: Path | None,
    crew: Crew,
) -> _Scanned:
    import vitrail.scan as scanning

    keys = scanning.user_keyring()
    former = None if baseline is None else scanning.read_baseline(baseline, keys)
    plan = scanning.plan(paths, options)
    with progress_bar("Scanning") as watch:
        run = scanning.run(
            plan,
            directory,
            keys,
            run_id=run_id or "scan",
            progress=watch,
            crew=crew,
            minors=scanning.MinorsLook(datetime.now(UTC).date()),
            **begin,
        )
    return run, scanning.findings(directory, keys=keys), keys, former, None


def _in_workspace(
    folder: Path | None,
    paths: Sequence[str],
    options: ScanOptions,
    out: Path | None,
    run_id: str | None,
    begin: _Begin,
    baseline: Path | None,
) -> _Scanned:
    import vitrail.scan as scanning

    with vitrail.open(folder) as workspace, progress_bar("Scanning") as watch:
        keys = workspace.keys
        former = None if baseline is None else scanning.read_baseline(baseline, keys)
        run = workspace.scan(
            options, paths=paths, run_id=run_id, directory=out, watch=watch, **begin
        )
        findings, house = workspace.findings_of(run.id), workspace.settings.language
        return run, findings, keys, former, house


def _answer(
    scanned: _Scanned,
    write_baseline: Path | None,
    fail_on: Level,
    form: Format,
    language: str | None,
) -> int:
    """Print what was found, beside the baseline where there is one; the exit code."""
    import vitrail.scan as scanning

    run, findings, keys, former, house = scanned
    if run.state is RunState.CANCELLED:
        say("Cancelled; the finished parts are kept and --resume goes on from them.")
        return INTERRUPTED
    if former is not None:
        findings = scanning.compare_baseline(former, run, findings, keys).findings
    if write_baseline is not None:
        scanning.write_baseline(write_baseline, Path(run.directory), findings, keys, former)
    print_scan(run, findings, form, language or house)
    tell_unreadable(run.unreadable)
    return exit_code(run, findings, fail_on, beside=former is not None)


def exit_code(run: ScanRun, findings: Sequence[Finding], level: str, *, beside: bool) -> int:
    """What a finished scan exits with. ``beside``: the findings were compared with a baseline."""
    found = any(_counts(finding, level, beside=beside) for finding in findings)
    return worst(UNREADABLE if run.unreadable else NOTHING, FOUND if found else NOTHING)


def _counts(finding: Finding, level: str, *, beside: bool) -> bool:
    """Whether a finding leads to exit code 1: found, stray, not dismissed, bad enough; and where
    it stands ``beside`` a baseline, new to it or come back."""
    counted = _NEWS if beside else _FOUND
    if level == "never" or finding.expected or finding.change not in counted:
        return False
    if finding.status is FindingStatus.DISMISSED:
        return False
    return finding.severity.rank >= Severity(level).rank

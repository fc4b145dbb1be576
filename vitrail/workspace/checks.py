"""Checks of a workspace: every control against the exports and their last scan."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vitrail import __version__
from vitrail.did_you_mean import did_you_mean
from vitrail.errors import ConfigError, UsageError
from vitrail.exports.store import CanonicalStore
from vitrail.house import carried
from vitrail.model import Assessment, Control
from vitrail.private_files import write_private
from vitrail.promises import (
    ENGINE_BYTES,
    Policy,
    Watch,
    assess_all,
    assessments_document,
    evidence_record,
    load_assessments,
    load_controls,
    load_policy,
)
from vitrail.workspace import check_records
from vitrail.workspace.approvals import standing
from vitrail.workspace.check_run import CheckRun
from vitrail.workspace.erased import register_erased
from vitrail.workspace.failures import record_failures
from vitrail.workspace.importing import open_store
from vitrail.workspace.layout import new_run_id

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace


def policy_of(workspace: OpenWorkspace, file: Path | None = None) -> Policy:
    """The policy named by ``file``, else the one that the workspace's configuration names."""
    if file is not None:
        return read_policy(file)
    name = f"{workspace.settings.policy}.yaml"
    for folder in (workspace.layout.root / "policies", carried("policies")):
        if (folder / name).is_file():
            return read_policy(folder / name)
    raise ConfigError(
        f"There is no policy file {name}.",
        "Put it into the workspace's `policies` folder, or name another in vitrail.toml.",
    )


def read_policy(file: Path) -> Policy:
    """A policy file each of whose controls there is: a clause must not go untested by a slip."""
    state = file.stat() if file.is_file() else None
    return _policy(file, state and (state.st_ino, state.st_size, state.st_mtime_ns))


@lru_cache(maxsize=16)
def _policy(file: Path, state: tuple[int, int, int] | None) -> Policy:  # noqa: ARG001 - the key
    """Read once for each state of the file: pages ask for it again and again."""
    policy = load_policy(file)
    files = sorted(carried("queries", "promises").glob("*.sql"))
    known = [path.stem.upper().replace("_", "-") for path in files]
    for clause in policy.clauses:
        for control in clause.controls:
            if control not in known:
                raise ConfigError(
                    f"{file.name} names the control {control} in its clause {clause.id}, and there "
                    f"is none.{did_you_mean(control, known)}",
                    "Mend the clause; the docs list every control.",
                )
    return policy


def controls_of(only: Sequence[str] | None) -> tuple[Control, ...]:
    """All controls, or those named; an unknown name is an error, not an empty check."""
    controls = _controls()
    if not only:
        return controls
    unknown = sorted(set(only) - {c.id for c in controls})
    if unknown:
        known = [c.id for c in controls]
        raise ConfigError(
            f"There is no control {', '.join(unknown)}.{did_you_mean(unknown[0], known)}",
            f"The controls are {', '.join(known)}.",
        )
    return tuple(c for c in controls if c.id in only)


@lru_cache(maxsize=1)
def _controls() -> tuple[Control, ...]:
    """They come with the program and stay as they are while it runs."""
    return load_controls(carried("queries", "promises"))


def check(
    workspace: OpenWorkspace,
    *,
    only: Sequence[str] | None = None,
    as_of: date | None = None,
    policy_file: Path | None = None,
    out: Path | None = None,
    watch: Watch = lambda _control, _share: None,
) -> CheckRun:
    """Test the promises; where the last scan saw other bytes than now, scan first."""
    policy, controls = policy_of(workspace, policy_file), controls_of(only)
    with open_store(workspace, memory=ENGINE_BYTES) as store:
        register_scan(workspace, store, controls)
        asof = as_of or workspace.settings.asof or datetime.now(UTC).date()
        register_erased(workspace, store, controls, asof)
        assessments = assess_all(
            controls,
            store,
            policy,
            workspace.settings,
            asof=asof,
            keys=workspace.keys,
            version=__version__,
            watch=watch,
        )
        problems = store.problems
        run_id = new_run_id("check")
        if policy_file is None and as_of is None:  # another policy or day is a question, no state
            tested = zip(controls, assessments, strict=True)
            record_failures(workspace, store, run_id, tested, policy, asof)
    directory = workspace.layout.runs / run_id
    run = CheckRun(
        run_id,
        directory,
        datetime.now(UTC),
        policy,
        tuple(assessments),
        tuple(problems),
        standing(workspace).words,
    )
    supposed = policy_file is not None or as_of is not None
    _write(run, whole=not (only or supposed), supposed=supposed)
    noted = workspace.ledger.append(
        "check",
        workspace.actor.name,
        {"run": run_id, "policy": policy.version, **_counts(run.assessments)},
    )
    if out is not None:
        from vitrail.workspace.packs import write_pack

        write_pack(workspace, run, out, noted)
    return run


#: Tables that a scan fills though they are called otherwise.
_OF_A_SCAN: Final = frozenset({"minor_findings"})


def register_scan(
    workspace: OpenWorkspace, store: CanonicalStore, controls: Iterable[Control]
) -> None:
    """Let the controls see a scan, where any of them needs or uses what a scan fills."""
    every = tuple(controls)
    read = {table for c in every for table in (*(table for table, _ in c.needs), *c.uses)}
    if any(table in _OF_A_SCAN or table.startswith("scan_") for table in read):
        from vitrail.workspace.check_scan import register_last_scan  # loads Presidio and spaCy

        register_last_scan(workspace, store, every)


def _counts(assessments: Sequence[Assessment]) -> dict[str, int]:
    verdicts = [a.verdict.value.lower() for a in assessments]
    return {verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))}


def _write(run: CheckRun, *, whole: bool, supposed: bool) -> None:
    run.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    document = assessments_document(run.assessments)
    evidence = {
        "schema": "vitrail.evidence/1",
        "evidence": [evidence_record(a) for a in run.assessments],
    }
    header = {
        "schema": "vitrail.check/1",
        "run": run.id,
        "at": run.at.isoformat(),
        "policy": run.policy.version,
        "settings": run.settings,
        "whole": whole,
        "supposed": supposed,
    }
    # the assessments come last: a folder that has them is whole
    contents = {"check.json": header, "evidence.json": evidence, "assessments.json": document}
    for name, content in contents.items():
        text = json.dumps(content, indent=1, ensure_ascii=False)
        write_private(run.directory / name, f"{text}\n")


def latest(workspace: OpenWorkspace) -> CheckRun | None:
    """The last check of every control as things stand, or else the last one; None without any.

    A few controls, another policy or another day are a question, not where the house stands.
    """
    last = None
    for header in check_records.headers(workspace):
        if header.whole:
            return _loaded(workspace, header)
        last = last or header
    return None if last is None else _loaded(workspace, last)


def load(workspace: OpenWorkspace, run_id: str) -> CheckRun:
    """A check from its folder."""
    folder = workspace.layout.runs / run_id
    header = check_records.read_header(folder)
    if header is None or not (folder / "assessments.json").is_file():
        known = (one.id for one in check_records.headers(workspace))
        raise UsageError(
            f"There is no check {run_id[:64]}.{did_you_mean(run_id, known)}",
            "Make one with `vitrail check`.",
        )
    return _loaded(workspace, header)


def _loaded(workspace: OpenWorkspace, header: check_records.CheckHeader) -> CheckRun:
    policy, assessments = policy_of(workspace), load_assessments(header.folder)
    return CheckRun(
        header.id, header.folder, header.at, policy, assessments, settings=header.settings
    )

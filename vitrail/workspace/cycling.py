"""One cycle: import, scan, test, see which claims hold, compare with the last time.

Each step is whole or not there: an import swaps its epoch in at the end, a scan and a check write
their last file last. A cycle that is cut short leaves what its finished steps made, and the ledger
says that it did not come to its end; the next one begins anew and takes over what has not changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vitrail.errors import Cancelled
from vitrail.model import (
    Assessment,
    Change,
    Finding,
    FindingStatus,
    InputFile,
    Remedy,
    RunState,
    ScanRun,
    Verdict,
    VerdictChange,
)
from vitrail.private_files import write_private
from vitrail.promises import changes
from vitrail.workspace import checks, importing, remedies, scans, turns
from vitrail.workspace.check_run import CheckRun
from vitrail.workspace.importing import ImportReport
from vitrail.workspace.layout import new_run_id
from vitrail.workspace.scans import Watcher

if TYPE_CHECKING:
    from vitrail.scan import ScanOptions
    from vitrail.workspace.open_workspace import OpenWorkspace

SCHEMA = "vitrail.cycle/1"


@dataclass(frozen=True, slots=True)
class Moved:
    """A finding or failed control that stands elsewhere than before; ``before`` None: it is new."""

    remedy: Remedy
    before: FindingStatus | None


@dataclass(frozen=True, slots=True)
class Cycle:
    """What one cycle came to, beside the last one. ``previous``: the check compared with."""

    id: str
    imported: ImportReport
    scanned: ScanRun
    findings: tuple[Finding, ...]
    checked: CheckRun
    previous: str | None
    changes: tuple[VerdictChange, ...]
    moved: tuple[Moved, ...]
    remedies: tuple[Remedy, ...]

    @property
    def unread(self) -> tuple[InputFile, ...]:
        """What could not be read, once each."""
        every = (*self.imported.problems, *self.scanned.unreadable, *self.checked.problems)
        return tuple({(i.name, i.table, i.reason): i for i in every}.values())

    @property
    def stray(self) -> tuple[Finding, ...]:
        """What is there, is not expected there, and was not dismissed."""
        there = (Change.NEW, Change.STILL_THERE, Change.REGRESSED)
        return tuple(
            f for f in self.findings
            if f.change in there and not f.expected and f.status is not FindingStatus.DISMISSED
        )  # fmt: skip

    @property
    def failed(self) -> tuple[Assessment, ...]:
        return tuple(a for a in self.checked.assessments if a.verdict is Verdict.FAIL)


def cycle(workspace: OpenWorkspace, options: ScanOptions, watch: Watcher) -> Cycle:
    """Run all of it; a second cycle at once is refused. The summary lies in ``reports/``."""
    with turns.alone(workspace.layout.tmp, turns.CYCLE, "Let it end; this one did nothing."):
        return _noted(workspace, options, watch)


def _noted(workspace: OpenWorkspace, options: ScanOptions, watch: Watcher) -> Cycle:
    """The ledger knows of it from begin to end."""
    run_id, ledger = new_run_id("cycle"), workspace.ledger
    home = str(workspace.layout.reports)
    ledger.start_run(run_id, home, os.getpid(), workspace.actor.name, "cycle")
    try:
        done = _run(workspace, options, run_id, watch)
        text = json.dumps(document(done), indent=1, ensure_ascii=False)
        write_private(workspace.layout.reports / f"{run_id}.json", f"{text}\n")
    except BaseException as error:
        asked = isinstance(error, KeyboardInterrupt | Cancelled)
        state = RunState.CANCELLED if asked else RunState.FAILED
        ledger.finish_run(run_id, state, {} if asked else {"fault": type(error).__name__})
        raise
    ledger.finish_run(run_id, RunState.DONE, _figures(done))
    return done


def _run(workspace: OpenWorkspace, options: ScanOptions, run_id: str, watch: Watcher) -> Cycle:
    before = {r.id: r.status for r in remedies.remedies(workspace)}
    last = checks.latest(workspace)
    imported = importing.import_exports(workspace)
    scanned = scans.scan(workspace, options, watch=watch)
    if scanned.state is not RunState.DONE:
        raise Cancelled("The scan was cancelled.", "The next cycle takes over what it finished.")
    findings = scans.findings_of(workspace, scanned.id)
    checked = checks.check(workspace)
    after = remedies.remedies(workspace)
    return Cycle(
        id=run_id,
        imported=imported,
        scanned=scanned,
        findings=findings,
        checked=checked,
        previous=None if last is None else last.id,
        changes=() if last is None else _other_verdicts(last, checked),
        moved=tuple(Moved(r, before.get(r.id)) for r in after if before.get(r.id) != r.status),
        remedies=after,
    )


def _other_verdicts(last: CheckRun, checked: CheckRun) -> tuple[VerdictChange, ...]:
    both = changes(last.assessments, checked.assessments)
    return tuple(change for change in both if change.is_another_verdict)


def document(one: Cycle) -> dict[str, Any]:
    """``vitrail.cycle/1``: counts, verdicts and states; no row, no key, no value."""
    verdicts = [a.verdict for a in one.checked.assessments]
    return {
        "schema": SCHEMA,
        "cycle": one.id,
        "import": {
            "epoch": one.imported.facts.epoch,
            "files": len(one.imported.inputs),
            "new_files": one.imported.arrivals.new,
            "gone_files": one.imported.arrivals.gone,
        },
        "scan": {
            "run": one.scanned.id,
            "hits": one.scanned.hits,
            "stray": len(one.stray),
            "new": sum(f.change is Change.NEW for f in one.stray),
            "regressed": sum(f.change is Change.REGRESSED for f in one.stray),
            "gone": sum(f.change is Change.GONE for f in one.findings),
        },
        "check": {
            "run": one.checked.id,
            "compared_with": one.previous,
            "verdicts": {v.value: verdicts.count(v) for v in Verdict if v in verdicts},
            "changes": [
                {"control": c.control, "before": c.before.value, "after": c.after.value,
                 "causes": [cause.value for cause in c.causes] or ["data"],
                 "progress": c.is_progress}
                for c in one.changes
            ],
        },
        "moved": [
            {"id": m.remedy.id, "before": m.before and m.before.value,
             "after": m.remedy.status.value}
            for m in one.moved
        ],
        "unread": [{"dataset": i.name, "table": i.table, "reason": i.reason} for i in one.unread],
    }  # fmt: skip


def _figures(one: Cycle) -> Mapping[str, float | str]:
    return {
        "stray": len(one.stray),
        "failed": len(one.failed),
        "changes": len(one.changes),
        "moved": len(one.moved),
        "unread": len(one.unread),
    }

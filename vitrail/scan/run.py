"""A scan from its first batch to its documents.

The run's directory is the only state: parts that count, and ``run.json``. Cancelled, killed or
out of disk, a run goes on from there and ends with the same hits as one left in peace.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from vitrail.keys import Keyring
from vitrail.model import Progress, RunState, ScanRun
from vitrail.scan.begin import Begun, begin, is_finished
from vitrail.scan.documents import input_json, load, write_columns, write_run
from vitrail.scan.feed import BLOCK_BYTES, Feed
from vitrail.scan.hits import HITS_SCHEMA
from vitrail.scan.kernel import Scanned
from vitrail.scan.plan import ScanPlan
from vitrail.scan.runners import Outcome, Runner
from vitrail.scan.runners.here import HereRunner
from vitrail.scan.runners.local import LocalRunner
from vitrail.scan.tasks import Task
from vitrail.scan.totals import Totals
from vitrail.scan.work import item_record

Watch = Callable[[Progress], None]

#: Below so many bytes the work takes less time than processes take to start.
HERE_BYTES: Final = 512 << 10
_POLL: Final = 0.1
_TELL: Final = 0.5


def run(
    plan: ScanPlan,
    directory: Path,
    keys: Keyring,
    *,
    run_id: str,
    progress: Watch = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    resume: bool = False,
    block_bytes: int = BLOCK_BYTES,
) -> ScanRun:
    """Scan what ``plan`` names and write ``hits.parquet``, ``columns.json`` and ``run.json``.

    ``progress`` and ``cancelled`` are called about twice a second, from this thread. A cancelled
    run ends within two seconds in the state CANCELLED and can be resumed. ``resume``: go on with
    what stands in ``directory``; the options, the inputs and the key must be the same. Raises
    :class:`~vitrail.errors.Unwritable` where the disk takes no more; what is finished stays.
    """
    if resume and is_finished(directory):
        return load(directory)
    begun = begin(plan, directory, keys, run_id=run_id, resume=resume)
    scan = _Scan(begun, progress, cancelled)
    state = RunState.DONE
    if begun.assignments:
        state = scan.work(block_bytes)
    return scan.finish(state)


class _Scan:
    """One session of a run."""

    def __init__(self, begun: Begun, progress: Watch, cancelled: Callable[[], bool]) -> None:
        self._begun = begun
        self._progress = progress
        self._cancelled = cancelled
        self._started = time.monotonic()
        self._told = 0.0
        self._before = begun.totals.elapsed
        self._totals: Totals = begun.totals
        self._parts = [record["part"] for record in begun.records]
        self._again: list[Task] = []

    @property
    def _seconds(self) -> float:
        return self._before + time.monotonic() - self._started

    def work(self, block_bytes: int) -> RunState:
        """Feed the workers until nothing is left, or someone asks to stop."""
        begun = self._begun
        if self._cancelled():
            return RunState.CANCELLED
        jobs = begun.plan.jobs
        feed = Feed(
            begun.plan.catalog, begun.assignments, begun.labels,
            block_bytes=block_bytes, ahead=jobs,
        )  # fmt: skip
        runner: Runner = (
            HereRunner(begun.setup, begun.detector)
            if begun.plan.bytes < HERE_BYTES
            else LocalRunner(begun.setup, jobs)
        )
        try:
            return self._loop(feed, runner)
        except KeyboardInterrupt:
            runner.stop()
            self.finish(RunState.CANCELLED)
            raise
        except BaseException:
            runner.stop()
            self._write(RunState.FAILED)
            raise
        finally:
            feed.stop()
            runner.stop()

    def _loop(self, feed: Feed, runner: Runner) -> RunState:
        while True:
            if self._tell(feed.current) and self._cancelled():
                return RunState.CANCELLED
            while runner.room:
                task = self._again.pop() if self._again else feed.next(0 if runner.busy else _POLL)
                if task is None:
                    break
                runner.submit(replace(task, elapsed=self._seconds))
            if feed.finished and not runner.busy and not self._again:
                return RunState.DONE
            for outcome in runner.wait(_POLL):
                self._take(outcome)

    def _take(self, outcome: Outcome) -> None:
        """Count a finished task. One that took its worker down is tried once more, item by item;
        rows that do it again are left out and told."""
        record = outcome.record
        if record is None:
            if not outcome.task.attempt:
                self._again += outcome.task.split()
                return
            record = self._give_up(outcome.task)
        self._totals.add(record)
        self._parts.append(record["part"])

    def _give_up(self, task: Task) -> dict[str, Any]:
        nothing = Scanned(HITS_SCHEMA.empty_table())
        fault = "fault that ended the scanning process twice"
        items = [item_record(item, nothing, 0.0, fault) for item in task.items]
        return self._begun.parts.write(task.name, HITS_SCHEMA.empty_table(), {"items": items})

    def _tell(self, current: str, *, at_once: bool = False) -> bool:
        """Tell how far it is, now and then; whether this was a time for it."""
        now = time.monotonic()
        if not at_once and now - self._told < _TELL:
            return False
        self._told = now
        totals = self._totals
        self._progress(
            Progress(
                done_bytes=totals.bytes,
                total_bytes=max(self._begun.plan.bytes, totals.bytes),
                rows=totals.rows,
                cells=totals.cells,
                hits=totals.hits,
                seconds=self._seconds,
                current=current,
            )
        )
        return True

    def finish(self, state: RunState) -> ScanRun:
        """Write the documents. Of a run that is not done the journal stays, to go on from."""
        begun = self._begun
        if state is RunState.DONE:
            begun.parts.finish(self._parts)
            write_columns(begun.directory, begun.column_verdicts())
        self._write(state)
        if state is RunState.DONE:
            begun.parts.forget_journal()
        self._tell("", at_once=True)
        return load(begun.directory)

    def _write(self, state: RunState) -> None:
        begun, totals = self._begun, self._totals
        inputs = [*begun.unreadable]
        for assignment, size in begun.everything:
            file = totals.input_file(assignment.place, size)
            inputs += [] if file is None else [file]
        document = {
            **begun.document,
            "state": state.value,
            "ended_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(self._seconds, 2),
            "inputs": [input_json(file) for file in inputs],
            "totals": {
                "rows": totals.rows,
                "cells": totals.cells,
                "bytes": totals.bytes,
                "hits": totals.hits,
                "inputs": len(inputs),
                "unreadable": sum(file.status == "unreadable" for file in inputs),
            },
        }
        write_run(begun.directory, document)

"""A scan from its first batch to its documents.

The run's directory is the only state: parts that count, and ``run.json``. Cancelled, killed or
out of disk, a run goes on from there and ends with the same hits as one left in peace.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from vitrail.crew import HERE_BYTES, Crew
from vitrail.detect.automaton import cache_folder
from vitrail.keys import Keyring
from vitrail.model import Progress, RunState, ScanRun
from vitrail.scan.begin import Begun, begin
from vitrail.scan.closing import column_verdicts, ended
from vitrail.scan.documents import load, write_columns, write_run
from vitrail.scan.feed import BLOCK_BYTES, Feed
from vitrail.scan.former import forget
from vitrail.scan.hits import HITS_SCHEMA
from vitrail.scan.kernel import Scanned
from vitrail.scan.lock import sole_writer
from vitrail.scan.minors import MinorsLook, write_minors
from vitrail.scan.name_hits import write_name_hits
from vitrail.scan.plan import ScanPlan
from vitrail.scan.reuse import Reuse
from vitrail.scan.runners import Outcome, Runner
from vitrail.scan.runners.here import HereRunner
from vitrail.scan.runners.local import LocalRunner
from vitrail.scan.tasks import Task
from vitrail.scan.totals import Totals
from vitrail.scan.work import item_record

Watch = Callable[[Progress], None]

#: After so many dead workers what brings one down is left out as it is, without a closer look.
_DEATHS: Final = 40
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
    since: Sequence[Path] = (),
    fresh: bool = False,
    known: Iterable[str] = (),
    crew: Crew | None = None,
    block_bytes: int = BLOCK_BYTES,
    minors: MinorsLook | None = None,
) -> ScanRun:
    """Scan what ``plan`` names and write ``hits.parquet``, ``columns.json`` and ``run.json``.

    ``progress`` and ``cancelled`` are called about twice a second, from this thread. A cancelled
    run ends within two seconds in the state CANCELLED and can be resumed. ``resume``: go on with
    what stands in ``directory``; the options, the inputs and the key must be the same.

    ``since``: folders of earlier runs. An input that has not changed since one of them, under the
    same key, options and recognisers, is not scanned again; nor where a finished run stands in
    ``directory`` itself. ``fresh``: scan everything. The hits are the same either way.

    ``known``: e-mail addresses and phone numbers whose hashes are personal data too. ``crew``:
    workers that load already (:func:`~vitrail.crew.crew_for`). ``minors``: also look for likely
    minors and write ``minors.parquet``.

    Raises :class:`~vitrail.errors.Unwritable` where the disk takes no more; what is finished
    stays.
    """
    with sole_writer(directory), ExitStack() as stack:
        if crew is None:
            crew = stack.enter_context(Crew())
        crew.brief((plan.detecting, cache_folder()))
        begun = begin(
            plan, directory, keys,
            run_id=run_id, resume=resume, since=since, fresh=fresh, known=known,
        )  # fmt: skip
        if begun.finished:
            begun.parts.forget_journal()  # a kill can have come before that
            return load(directory)
        return _Scan(begun, crew, progress, cancelled, minors).run(block_bytes)


class _Scan:
    """One session of a run."""

    def __init__(
        self,
        begun: Begun,
        crew: Crew,
        progress: Watch,
        cancelled: Callable[[], bool],
        minors: MinorsLook | None = None,
    ) -> None:
        self._begun = begun
        self._crew = crew
        self._reuse = Reuse(begun)
        self._progress = progress
        self._cancelled = cancelled
        self._minors = minors
        self._started = time.monotonic()
        self._told = 0.0
        self._before = begun.totals.elapsed
        self._totals: Totals = begun.totals
        self._parts = [record["part"] for record in begun.records]
        self._again: list[Task] = []
        self._deaths = 0

    @property
    def _seconds(self) -> float:
        return self._before + time.monotonic() - self._started

    def run(self, block_bytes: int) -> ScanRun:
        """Take over what is known, scan the rest, write the documents."""
        try:
            state = self._take_over(block_bytes)
            if state is RunState.DONE:
                state = self.work(block_bytes)
        except KeyboardInterrupt:
            self.finish(RunState.CANCELLED)
            raise
        except BaseException:
            self._begun.parts.clear_halves()
            self._write(RunState.FAILED)
            raise
        return self.finish(state)

    def _take_over(self, block_bytes: int) -> RunState:
        """Leave out of the work what an earlier run says already."""
        reuse = self._reuse
        if self._cancelled() or not reuse.find(self._stopped):
            return RunState.CANCELLED
        probed = reuse.probe()
        if probed is not None:
            if (
                _Scan(probed, self._crew, self._progress, self._cancelled).work(block_bytes)
                is not RunState.DONE
            ):
                return RunState.CANCELLED
            reuse.drop(probed)
        if not reuse.bring(self._stopped):
            return RunState.CANCELLED
        self._parts += reuse.stems
        self._begun = replace(self._begun, assignments=reuse.left)
        return RunState.DONE

    def _stopped(self) -> bool:
        return self._tell("") and self._cancelled()

    def work(self, block_bytes: int) -> RunState:
        """Feed the workers until nothing is left, or someone asks to stop."""
        begun = self._begun
        if not begun.assignments:
            return RunState.DONE
        with ExitStack() as stack:
            # reading begins while the workers still load
            feed = Feed(
                begun.plan.catalog, begun.assignments, begun.labels,
                block_bytes=block_bytes, ahead=begun.plan.jobs,
            )  # fmt: skip
            stack.callback(feed.stop)
            runner = _runner(begun, self._crew)
            stack.callback(runner.stop)
            return self._loop(feed, runner)

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
        """Count a finished task. One that took its worker down is tried again in pieces, down to
        the row that does it; that row is left out and told."""
        record = outcome.record
        if record is None:
            self._deaths += 1
            pieces = outcome.task.split() if self._deaths <= _DEATHS else ()
            if pieces:
                self._again += pieces
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
            everything = (assignment for assignment, _ in begun.everything)
            types = frozenset(k for kinds in begun.detector.coverage().values() for k in kinds)
            write_name_hits(begun.directory, everything, begun.labels, types)
            verdicts = tuple(column_verdicts(begun, self._reuse))
            write_columns(begun.directory, verdicts)
            if self._minors is not None:
                everything = (assignment for assignment, _ in begun.everything)
                write_minors(
                    begun.directory, begun.plan.catalog, everything, verdicts, self._minors
                )
        self._write(state)
        if state is RunState.DONE:
            begun.parts.forget_journal()
            forget(begun.directory)
        self._tell("", at_once=True)
        return load(begun.directory)

    def _write(self, state: RunState) -> None:
        document = ended(self._begun, self._reuse, state, self._seconds)
        write_run(self._begun.directory, document)


def _runner(begun: Begun, crew: Crew) -> Runner:
    """Where the work is done: as the user chose, and here where it is too little to hand out."""
    if begun.plan.options.engine == "spark":
        from vitrail.scan.runners.spark import SparkRunner

        return SparkRunner(begun.setup, begun.plan.jobs)
    if begun.plan.bytes < HERE_BYTES:
        return HereRunner(begun.setup, begun.detector)
    return LocalRunner(begun.setup, begun.plan.jobs, crew)

"""A clean copy from its first scan to its last."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import vitrail.scan as scanning
from vitrail.detect.automaton import cache_folder
from vitrail.detect.detector import Detector
from vitrail.errors import Cancelled, Unwritable, UsageError
from vitrail.keys import Keyring
from vitrail.model import InputFile, Progress, RunState, ScanRun
from vitrail.redaction.copying import Writer
from vitrail.redaction.documents import CopiedFile, Redaction, Remaining, Round
from vitrail.redaction.options import Operator, RedactOptions
from vitrail.redaction.places import Staging, require_files, require_free, staged
from vitrail.redaction.sources import left_out
from vitrail.scan.plan import ScanPlan, detector_options

Watch = Callable[[Progress], None]

#: What replaces what a scan of the copy still finds, one after the other: a pseudonym or a shape
#: may by chance look like something, a tag next to nothing, and an empty slice like nothing.
_AGAIN: Final = (Operator.TAG, Operator.REDACT, Operator.REDACT)
_SCANNED: Final = 0.45
_COPIED: Final = 0.55


def redact(
    places: Sequence[str | Path],
    out: Path,
    keys: Keyring,
    options: RedactOptions | None = None,
    *,
    root: Path | None = None,
    force: bool = False,
    known: Sequence[str] = (),
    progress: Watch = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Redaction:
    """Write a copy of ``places`` (files and folders) to the new folder ``out``, without what a
    scan finds in them, and scan the copy until nothing is found.

    What cannot be read or written whole is told in ``left_out`` and is no part of the copy.
    ``known``: e-mail addresses and phone numbers whose hashes are replaced too. Raises
    :class:`~vitrail.errors.Cancelled`, and leaves nothing then.
    """
    options = options or RedactOptions()
    require_files(places)
    require_free(out, places, force=force)
    with staged(out) as staging:
        run = _Redacting(staging, keys, options, known, progress, cancelled)
        redaction = replace(run.redact(places, root), directory=out)
        redaction.write(staging.copy)
    return redaction


class _Redacting:
    """One redaction on its way."""

    def __init__(
        self,
        staging: Staging,
        keys: Keyring,
        options: RedactOptions,
        known: Sequence[str],
        progress: Watch,
        cancelled: Callable[[], bool],
    ) -> None:
        self._work, self._target = staging.scans, staging.copy
        self._keys, self._options, self._known = keys, options, known
        self._progress, self._cancelled = progress, cancelled
        detector = Detector(
            replace(detector_options(options.scan), names="off"), keys, cache_folder()
        )
        self._writer = Writer(self._target, detector, keys)
        self._files: dict[str, CopiedFile] = {}
        self._left_out: list[InputFile] = []

    def redact(self, places: Sequence[str | Path], root: Path | None) -> Redaction:
        started, begun = datetime.now(UTC), time.monotonic()
        plan, run = self._scan(places, root, 0.0, _SCANNED, self._require_known)
        self._left_out += run.unreadable
        self._copy(plan, run, self._options)
        rounds, remaining, last = self._verify()
        return Redaction(
            directory=self._target,
            options=self._options,
            key=self._keys.check_value,
            started_at=started,
            seconds=time.monotonic() - begun,
            files=tuple(self._files.values()),
            left_out=tuple(self._left_out),
            rounds=tuple(rounds),
            remaining=tuple(remaining),
            unread=sum(column.unread for column in last.columns),
        )

    def _scan(
        self,
        places: Sequence[str | Path],
        root: Path | None,
        begin: float,
        end: float,
        check: Callable[[ScanPlan], None] = lambda _: None,
    ) -> tuple[ScanPlan, ScanRun]:
        """A scan, told as the share from ``begin`` to ``end`` of the whole."""

        def tell(now: Progress) -> None:
            done = begin + (end - begin) * now.share
            total = max(1, now.total_bytes)
            self._progress(replace(now, done_bytes=round(done * total), total_bytes=total))

        plan = scanning.plan(places, self._options.scan, root=root)
        check(plan)
        directory = Path(tempfile.mkdtemp(dir=self._work))
        try:
            run = scanning.run(
                plan, directory, self._keys,
                run_id="redact", progress=tell, cancelled=self._cancelled, known=self._known,
            )  # fmt: skip
        except Unwritable as error:  # a scan of its own could go on
            raise Unwritable(
                error.message, "Make room, then redact again; nothing was kept."
            ) from None
        if run.state is not RunState.DONE:
            raise Cancelled("The redaction was cancelled; nothing was written.")
        return plan, run

    def _require_known(self, plan: ScanPlan) -> None:
        """Refuse an operator for a type that is not looked for: it would be a mistake in a name."""
        unknown = set(self._options.operators) - set(plan.entities)
        if unknown:
            raise UsageError(
                f"--with names {min(unknown)[:64]}, a type that is not looked for.",
                "`vitrail doctor` lists those that are.",
            )

    def _copy(self, plan: ScanPlan, run: ScanRun, options: RedactOptions) -> None:
        done, total = 0, max(1, plan.bytes)

        def tell(size: int) -> None:
            nonlocal done
            if self._cancelled():
                raise Cancelled("The redaction was cancelled; nothing was written.")
            done += size
            share = _SCANNED + (_COPIED - _SCANNED) * min(1.0, done / total)
            self._progress(Progress(round(share * total), total, 0, 0, run.hits, run.seconds))

        for result in self._writer.write(plan.catalog, run, options, tell=tell):
            if isinstance(result, CopiedFile):
                self._files[result.copy] = result
            else:
                self._left_out.append(result)

    def _verify(self) -> tuple[list[Round], list[Remaining], ScanRun]:
        """Scan the copy, replace what is still found, and scan again, a few times at most.

        Given are all scans, what the last one still found, and that scan itself.
        """
        rounds: list[Round] = []
        for operator in (*_AGAIN, None):
            plan, run = self._scan([self._target], None, _COPIED, 1.0)
            self._withdraw(run.unreadable)
            found = _found(run)
            rounds.append(Round(run.hits, len({r.dataset for r in found})))
            if not found or operator is None:
                return rounds, found, run
            self._replace(plan, run, replace(self._options, operator=operator, operators={}))
        raise AssertionError("the last round returns")

    def _withdraw(self, unreadable: Sequence[InputFile]) -> None:
        """Take away each copy that cannot be scanned: nothing says that it is clean."""
        names = {file.name: file.reason for file in unreadable}
        for file in list(self._files.values()):
            name = self._writer.labels.label(file.copy)
            if name in names:
                self._writer.withdraw(file.copy)
                del self._files[file.copy]
                reason = f"The copy of {file.source} could not be scanned again: {names[name]}"
                self._left_out.append(
                    left_out(file.source, reason, "Redact it with another operator (--with).")
                )

    def _replace(self, plan: ScanPlan, run: ScanRun, options: RedactOptions) -> None:
        """Write those files of the copy again in which something is found."""
        for result in self._writer.write(plan.catalog, run, options, in_place=True):
            if isinstance(result, CopiedFile):
                self._files[result.copy] = _both(self._files[result.copy], result)


def _both(first: CopiedFile, second: CopiedFile) -> CopiedFile:
    """A file that was written twice: the first source, the last copy, all that was replaced."""
    later = {table.name: table.tally for table in second.tables}
    for table in first.tables:
        if (tally := later.get(table.name)) is not None:
            table.tally.add(tally)
    return replace(first, copy_sha256=second.copy_sha256, copy_bytes=second.copy_bytes)


def _found(run: ScanRun) -> list[Remaining]:
    """What a scan of the copy found, by column and type."""
    hits = scanning.read_hits(
        Path(run.directory), columns=["dataset", "table", "column", "entity_type"]
    ).to_pylist()
    counted = Counter((h["dataset"], h["table"], h["column"], h["entity_type"]) for h in hits)
    return [Remaining(*place, hits=count) for place, count in sorted(counted.items(), key=str)]

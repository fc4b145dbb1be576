"""Reads the datasets one after the other and cuts them into tasks for the workers.

Reading runs in a thread beside the one that hands out work: a slow format must not hold up a
cancel. The queue between them is short, so what is in memory does not grow with the datasets.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from vitrail.detect.detector import ColumnContext
from vitrail.errors import InputPartlyRead, InputUnreadable
from vitrail.exports.catalog import Catalog
from vitrail.exports.reader import Batch
from vitrail.model import ColumnType, Dataset, InputStatus
from vitrail.scan.kernel import ColumnTask, Place
from vitrail.scan.labels import Labels
from vitrail.scan.sampling import drawn
from vitrail.scan.tasks import End, Item, Task, keep_rows, pieces, without

#: Text bytes of a task: some seconds of work, so that processes end together and little is lost
#: to a kill; large enough that a column's values repeat within it.
BLOCK_BYTES: Final = 4 << 20
#: The first bytes that are read are cut into so many tasks, so that hits are there soon.
_FIRST: Final = 8
#: Seconds that the end of a read is waited for where the rest of a run is given up.
_WAIT: Final = 0.5
#: Small datasets share a task, up to so many.
_ITEMS: Final = 64

Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A dataset to read: under which label, which columns, what share of its rows, which rows a
    former session has done (half-open ranges, in order), and when its file last changed."""

    dataset: Dataset
    place: Place
    columns: Mapping[str, ColumnTask]
    rate: float = 1.0
    done: Ranges = ()
    changed: tuple[int, int] | None = None


class Feed:
    """Tasks in reading order, from a thread of its own."""

    def __init__(
        self,
        catalog: Catalog,
        assignments: Sequence[tuple[int, Assignment]],
        labels: Labels,
        *,
        block_bytes: int = BLOCK_BYTES,
        ahead: int = 2,
    ) -> None:
        """``assignments`` come with the number that gives their parts' place in the order."""
        self._catalog = catalog
        self._assignments = assignments
        self._labels = labels
        self._block_bytes = block_bytes
        self._most = max(1, block_bytes // _FIRST)
        self._queue: queue.Queue[Task | BaseException | None] = queue.Queue(maxsize=ahead)
        self._stopped = threading.Event()
        self.current = ""
        self.finished = False
        self._thread = threading.Thread(target=self._work, name="vitrail-feed", daemon=True)
        self._thread.start()

    def next(self, timeout: float) -> Task | None:
        """The next task; None where none is ready within ``timeout`` seconds or none is left."""
        if self.finished:
            return None
        try:
            task = self._queue.get(timeout=timeout)
        except queue.Empty:
            return None
        if isinstance(task, BaseException):
            raise task
        self.finished = task is None
        return task

    def stop(self) -> None:
        """Read no further. A long read under way is left to end by itself."""
        self._stopped.set()
        self.finished = True
        self._thread.join(_WAIT)

    def _work(self) -> None:
        try:
            for task in self._tasks():
                if not self._put(task):
                    return
            self._put(None)
        except BaseException as error:
            self._put(error)

    def _put(self, task: Task | BaseException | None) -> bool:
        while not self._stopped.is_set():
            try:
                self._queue.put(task, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False

    def _tasks(self) -> Iterator[Task]:
        """Items that follow each other, up to a task's size."""
        items: list[Item] = []
        name, size, last = "", 0, -1
        for index, assignment in self._assignments:
            self.current = assignment.place.dataset
            for item in self._items(assignment):
                if items and not _follows(items[-1], item, index - last):
                    yield Task(name, tuple(items))
                    items, size = [], 0
                if not items:
                    name = f"{index:05d}-{item.first_row:012d}"
                items.append(item)
                size += sum(chunk.values.nbytes for chunk in item.batch.chunks)
                last = index
                if size >= self._most or len(items) >= _ITEMS:
                    yield Task(name, tuple(items))
                    items, size = [], 0
        if items:
            yield Task(name, tuple(items))

    def _items(self, assignment: Assignment) -> Iterator[Item]:
        """The items of one dataset; the last one carries its end."""
        start = assignment.done[0][1] if assignment.done and assignment.done[0][0] == 0 else 0
        rows, last = start, None
        for item in self._batches(assignment, start):
            if isinstance(item, End):
                end = replace(self._checked(item, assignment), rows=rows)
                yield replace(last or _nothing(assignment, rows), end=end)
                return
            rows = max(rows, item.first_row + item.rows)
            for piece in self._pieces(item, assignment):
                if last is not None:
                    yield last
                last = piece

    def _batches(self, assignment: Assignment, start: int) -> Iterator[Item | End]:
        """What the reader gives, then how it ended."""
        status = InputStatus.SAMPLED if assignment.rate < 1 else InputStatus.SCANNED
        begun = time.perf_counter()
        try:
            reader = self._catalog.open(assignment.dataset)
            for batch in reader.batches(target_bytes=self._block_bytes, start_row=start):
                yield self._item(batch, assignment, time.perf_counter() - begun)
                begun = time.perf_counter()
            yield End(status, 0)
        except InputPartlyRead as error:
            yield replace(self._broken(error.message, error.remedy), status=InputStatus.PARTLY)
        except InputUnreadable as error:
            yield self._broken(error.message, error.remedy)
        except Exception as error:
            yield self._broken(
                f"Reading {assignment.place.dataset} met a fault of our own "
                f"({type(error).__name__}).",
                "Please report it with the file's format; the other inputs were scanned.",
            )

    def _broken(self, message: str, remedy: str) -> End:
        sentence = self._labels.in_sentence
        return End(InputStatus.UNREADABLE, 0, None, sentence(message), sentence(remedy) or None)

    def _item(self, batch: Batch, assignment: Assignment, seconds: float) -> Item:
        columns = {chunk.column: self._task(chunk.column, assignment) for chunk in batch.chunks}
        return Item(
            place=assignment.place,
            first_row=batch.first_row,
            rows=batch.rows,
            examined_rows=batch.rows,
            bytes=batch.bytes,
            non_null={},
            batch=batch,
            columns=columns,
            seconds=seconds,
        )

    def _task(self, column: str, assignment: Assignment) -> ColumnTask:
        """The column's task; in JSON a column can turn up that the plan did not see."""
        known = assignment.columns.get(column)
        if known is not None:
            return known
        context = ColumnContext(column, ColumnType.TEXT, dataset=assignment.place.dataset)
        return ColumnTask(self._labels.label(column), context)

    def _pieces(self, item: Item, assignment: Assignment) -> Iterator[Item]:
        """The item without what is done already, and of the rest the rows to look at."""
        left = without(item.batch, assignment.done)
        for batch in chain.from_iterable(pieces(part, self._most) for part in left):
            non_null = {
                item.columns[chunk.column].label: len(chunk.values) - chunk.values.null_count
                for chunk in batch.chunks
            }
            looked_at, examined = batch, batch.rows
            if assignment.rate < 1:
                keep = drawn(batch.first_row, batch.rows, assignment.rate)
                looked_at, examined = keep_rows(batch, keep), int(keep.sum())
            yield replace(
                item,
                first_row=batch.first_row,
                rows=batch.rows,
                examined_rows=examined,
                bytes=batch.bytes,
                non_null=non_null,
                batch=looked_at,
                seconds=item.seconds * batch.rows / max(1, item.rows),
            )
        self._most = self._block_bytes

    def _checked(self, end: End, assignment: Assignment) -> End:
        """The end with its file's SHA-256, or told that the file is not the one it began as."""
        if end.status is InputStatus.UNREADABLE:
            return end
        try:
            sha256 = self._catalog.sha256(assignment.dataset, self._stopped.is_set)
        except InputUnreadable as error:
            return self._broken(error.message, error.remedy)
        if self._catalog.last_change(assignment.dataset) != assignment.changed:
            return self._broken(
                f"{assignment.place.dataset} was written to while it was read.",
                "What was found in it stands, but rows may be missing; scan it again.",
            )
        return replace(end, sha256=sha256)


def _nothing(assignment: Assignment, rows: int) -> Item:
    """An item without rows, for the end of a dataset that gave no more."""
    return Item(assignment.place, rows, 0, 0, 0, {}, Batch(rows, 0, 0, ()), {})


def _follows(item: Item, following: Item, datasets: int) -> bool:
    """Whether nothing lies between two items: no rows that a former session has done, and no
    dataset (``datasets`` on from the first). Only so are parts in the order of their names."""
    last = item.first_row + item.rows
    if datasets == 0:
        return following.first_row == last
    ended = item.end is not None and item.end.rows == last
    return datasets == 1 and ended and following.first_row == 0

"""What a scan would read, look for and cost, before it starts."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from vitrail.database_addresses import shown_address
from vitrail.detect.automaton import cache_folder
from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.detect.first_look import FirstLook
from vitrail.detect.names.budget import TEXTS_A_COLUMN
from vitrail.detect.registry import NONE
from vitrail.detect.titles import spoken_name
from vitrail.errors import Cancelled, InputUnreadable
from vitrail.exports.catalog import Catalog, ReadOptions
from vitrail.exports.looking import unreadable
from vitrail.exports.reader import UNREAD, Batch
from vitrail.keys import Keyring
from vitrail.model import Column, ColumnType, Dataset, InputFile
from vitrail.scan.options import ScanOptions
from vitrail.scan.own_recognizers import read_recognizers
from vitrail.scan.sampling import sample_rate

#: What is read of a dataset to plan with.
_LOOK_BYTES: Final = 128 << 10
_LOOK_VALUES: Final = 2_000
#: Seconds between two questions whether the scan is cancelled.
_ASK: Final = 0.3
#: Seconds before the first value: loading, and the plan of each column.
_START: Final = 3.0
_COLUMN: Final = 0.0115
#: Cells that one core scans a second for patterns, and texts that its models read.
_CELL_RATE: Final = 230e3
_TEXT_RATE: Final = 1_150.0


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A column to be scanned. ``language``: ISO 639-1, None where the text tells none.
    ``context``: what the detector is to know of it, from its name and its first values.
    """

    dataset: str
    table: str | None
    column: str
    type: ColumnType
    language: str | None
    context: ColumnContext = field(repr=False)


@dataclass(frozen=True, slots=True)
class ScanPlan:
    """A scan that has not begun. ``bytes`` of all inputs, ``rows`` as estimated from the first
    rows of each, ``seconds_estimate`` by rates that bench/README.md tells.
    ``unreadable``: inputs that are left out, each with its reason and remedy. ``detecting``: the
    options as the detector has them, own recognisers read. ``places``: as they were named, a
    database without whoever and whatever opens it.
    """

    datasets: tuple[Dataset, ...]
    columns: tuple[PlannedColumn, ...]
    bytes: int
    rows: int
    entities: tuple[str, ...]
    languages: tuple[str, ...]
    seconds_estimate: float
    unreadable: tuple[InputFile, ...]
    options: ScanOptions
    detecting: DetectorOptions = field(repr=False)
    places: tuple[str, ...]
    sizes: tuple[int, ...] = field(repr=False)
    row_estimates: tuple[int, ...] = field(repr=False)
    catalog: Catalog = field(repr=False, compare=False)

    @property
    def jobs(self) -> int:
        """How many processes the scan takes."""
        return self.options.jobs or cores()


def plan(
    places: Sequence[str | Path],
    options: ScanOptions | None = None,
    *,
    root: Path | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ScanPlan:
    """Find the datasets under ``places`` (files, folders, database URLs) and look at the first
    rows of each. An input that cannot be read is told in ``unreadable``; the rest goes on.

    ``cancelled`` is asked at every file and column; where it says so, :class:`Cancelled` is raised.
    """
    options = options or ScanOptions()
    goes_on = _GoesOn(cancelled)
    # The detector first: an entity type that it does not know is told before a file is opened. The
    # keys of a plan sign nothing: it asks for languages and coverage alone.
    detecting = detector_options(options)
    detector = Detector(detecting, Keyring(bytes(32)), cache_folder())
    catalog = Catalog.discover(
        places, root=root, options=ReadOptions(max_cell=options.max_cell), look_up=goes_on.check
    )
    looks = [_look(catalog, dataset, detector, options, goes_on) for dataset in _in_order(catalog)]
    readable = [look for look in looks if look.problem is None]
    coverage = detector.coverage()
    return ScanPlan(
        datasets=tuple(look.dataset for look in readable),
        columns=tuple(column for look in readable for column in look.columns),
        bytes=sum(look.size for look in readable),
        rows=sum(look.rows for look in readable),
        entities=tuple(sorted({kind for kinds in coverage.values() for kind in kinds})),
        languages=tuple(sorted(coverage)),
        seconds_estimate=_seconds(readable, options),
        unreadable=catalog.unreadable + tuple(look.problem for look in looks if look.problem),
        options=options,
        detecting=detecting,
        places=tuple(shown_address(str(place)) for place in places),
        sizes=tuple(look.size for look in readable),
        row_estimates=tuple(look.rows for look in readable),
        catalog=catalog,
    )


def detector_options(options: ScanOptions) -> DetectorOptions:
    """The part of a scan's options that the detector answers for."""
    chosen = DetectorOptions(
        entities=options.entities,
        min_score=options.min_score,
        names=options.names,
        own=NONE if options.recognizers is None else read_recognizers(Path(options.recognizers)),
    )
    return chosen if options.languages == "auto" else replace(chosen, languages=options.languages)


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _in_order(catalog: Catalog) -> list[Dataset]:
    return sorted(catalog.datasets, key=lambda d: (d.name, d.table or ""))


@dataclass(frozen=True, slots=True)
class _Look:
    dataset: Dataset
    size: int
    rows: int = 0
    columns: tuple[PlannedColumn, ...] = ()
    problem: InputFile | None = None


class _GoesOn:
    """Asks now and then whether the scan is cancelled; the answer may cost a database's."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled
        self._asked = time.monotonic()

    def check(self) -> None:
        if time.monotonic() - self._asked < _ASK:
            return
        self._asked = time.monotonic()
        if self._cancelled():
            raise Cancelled("The scan was cancelled before it began.", "Scan again.")


def _look(
    catalog: Catalog, dataset: Dataset, detector: Detector, options: ScanOptions, goes_on: _GoesOn
) -> _Look:
    """A dataset's first rows; those of a dataset broken further on are still worth a scan."""
    goes_on.check()
    try:
        reader = catalog.open(dataset)
        batch = next(reader.batches(target_bytes=_LOOK_BYTES), None)
        size = reader.size
    except InputUnreadable as error:
        problem = replace(unreadable(error, dataset.table, None), name=dataset.name)
        return _Look(dataset, 0, problem=problem)
    rows = _rows(batch, size)
    values = {} if batch is None else {chunk.column: chunk.values for chunk in batch.chunks}
    siblings = tuple(column.name for column in dataset.columns)  # one for all of thousands
    columns = []
    for column in dataset.columns:
        goes_on.check()
        look = values.get(column.name)
        columns.append(_column(dataset, column, siblings, look, rows, detector, options))
    return _Look(dataset, size, rows, tuple(columns))


def _rows(batch: Batch | None, size: int) -> int:
    """The dataset's rows, as the first ones take up its bytes."""
    if batch is None or not batch.rows:
        return 0
    return max(batch.rows, round(size * batch.rows / max(1, batch.bytes)))


def _column(
    dataset: Dataset,
    column: Column,
    siblings: tuple[str, ...],
    values: pa.Array | None,
    rows: int,
    detector: Detector,
    options: ScanOptions,
) -> PlannedColumn:
    """A column with what its first values tell of it as a whole."""
    context = ColumnContext(
        name=spoken_name(column.name, dataset.table or PurePosixPath(dataset.name).stem),
        type=column.type,
        dataset=dataset.label,
        siblings=siblings,
        first_look=FirstLook(),
    )
    first = None if values is None else values.filter(pc.not_equal(values, UNREAD))[:_LOOK_VALUES]
    if first:
        distinct = first.unique()
        context = replace(context, language=_language(distinct, detector, options))
        expected = round(rows * len(distinct) / len(first))
        look = detector.first_look(distinct, context, max(expected, len(distinct)))
        context = replace(context, first_look=look)
    return PlannedColumn(
        dataset.name, dataset.table, column.name, column.type, context.language, context
    )


def _language(values: pa.Array, detector: Detector, options: ScanOptions) -> str | None:
    if isinstance(options.languages, tuple) and len(options.languages) == 1:
        return options.languages[0]
    return detector.language_of(values)


def _seconds(looks: Sequence[_Look], options: ScanOptions) -> float:
    """What of each dataset is read, column by column, from the command to the end."""
    columns = sum(len(look.columns) for look in looks)
    cells = texts = 0.0
    for look in looks:
        rows = look.rows * (sample_rate(look.rows) if options.sample == "quick" else 1.0)
        cells += rows * len(look.columns)
        read = rows if options.names == "all" else min(rows, TEXTS_A_COLUMN)
        texts += read * sum(map(_is_wordy, look.columns)) if options.names != "off" else 0
    work = cells / _CELL_RATE + texts / _TEXT_RATE
    return _START + columns * _COLUMN + work / (options.jobs or cores())


def _is_wordy(column: PlannedColumn) -> bool:
    """Whether the models read of it in search of names."""
    look = column.context.first_look
    return look is not None and look.names != "other"

"""What the exports hold and what a mapping loses of it: hashes, rows, values that are no dates."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import duckdb

from vitrail.errors import InputUnreadable
from vitrail.exports.binding import BoundFeed, zoneless
from vitrail.exports.cursors import at_once
from vitrail.exports.faults import fault
from vitrail.exports.formats.loading import is_loaded, loaded_name, pack
from vitrail.exports.mapping import Exported, Feed
from vitrail.exports.relations import relation
from vitrail.model import Dataset, InputFile, InputStatus

if TYPE_CHECKING:
    from pathlib import Path

    from vitrail.exports.catalog import Catalog

#: How much longer than the file it takes to load, where it lies packed.
_PACKED: Final = {"xlsx": 8}
#: What the engine raises for a fault of the query or of ours; all else, met while an export is
#: read, says that the export is damaged.
NOT_THE_EXPORT: Final = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ParserException,
    duckdb.PermissionException,
    duckdb.OutOfMemoryException,
    duckdb.InterruptException,
    duckdb.ResourceInUseException,
)


@dataclass(frozen=True, slots=True)
class TimesRead:
    """The times of one column of a source: how many values are ``given``, how many of those are
    ``unread`` because they are no time, how many say no zone where none is declared."""

    source: str
    dataset: str
    table: str | None
    column: str
    given: int
    unread: int
    zoneless: int


@dataclass(frozen=True, slots=True)
class Lost:
    """What a feed's values lose on their way, and its ``times``; ``broken`` where its export broke
    while it was read."""

    problems: tuple[InputFile, ...] = ()
    times: tuple[TimesRead, ...] = ()
    broken: bool = False


def lost_values(connection: duckdb.DuckDBPyConnection, feeds: Sequence[BoundFeed]) -> list[Lost]:
    """What is lost of each feed, in one pass over it; in their order. Raises what the engine
    raises where it is not an export's fault."""
    return at_once(connection, _lost_of, feeds)


def _lost_of(cursor: duckdb.DuckDBPyConnection, bound: BoundFeed) -> Lost:
    try:
        problems, times = _lost_values(cursor, bound)
    except NOT_THE_EXPORT:
        raise
    except duckdb.Error:
        return Lost(broken=True)
    return Lost(tuple(problems), tuple(times))


def _lost_values(
    connection: duckdb.DuckDBPyConnection, bound: BoundFeed
) -> tuple[list[InputFile], list[TimesRead]]:
    """What each column's values lose on their way, and its times; raises ``duckdb.Error``."""
    if not bound.checks:
        return [], []
    counts = []
    for check in bound.checks:
        counts.append(f"count(*) FILTER ({check.given})")
        counts.append(f"count(*) FILTER ({check.given} AND NOT ({check.kept}))")
        counts.append(f"count(*) FILTER ({check.zoneless})" if check.zoneless else "0")
    # fetched to the end: an unfinished result would keep the connection from any other work
    figures = connection.execute(f"SELECT {', '.join(counts)} FROM ({bound.rows})").fetchall()[0]
    problems: list[InputFile] = []
    naive: list[str] = []
    times: list[TimesRead] = []
    for index, check in enumerate(bound.checks):
        given, lost, without_zone = figures[3 * index : 3 * index + 3]
        if lost:
            problems.append(_lost(bound, check.column, lost, given, check.words))
        if without_zone:
            naive.append(check.column)
        if check.time:
            bare = given if check.naive else without_zone
            times.append(_times(bound.feed, check.column, given, lost, bare))
    return [*problems, zoneless(bound.feed, naive)] if naive else problems, times


def _times(feed: Feed, column: str, given: int, unread: int, bare: int) -> TimesRead:
    place = feed.dataset
    name = f"{feed.table}.{column}"
    return TimesRead(feed.mapping.name, place.name, place.table, name, given, unread, bare)


def _lost(bound: BoundFeed, column: str, lost: int, given: int, words: str) -> InputFile:
    feed = bound.feed
    choice = feed.columns[column]
    named = f"“{choice.column}”" if isinstance(choice, Exported) else f"derive.{column}"
    reason = f"{lost:,} of {given:,} values of {named} are no {words}; they are left empty."
    remedy = f"Mend them in the export, or the mapping of {column} under {feed.mapping.place}."
    return fault(feed.dataset.name, feed.dataset.table, reason, remedy, read=True)


@dataclass(frozen=True, slots=True)
class Counted:
    """An export's ``rows``, or the ``error`` that it broke with, and the seconds it took."""

    dataset: Dataset
    rows: int | None
    error: InputUnreadable | duckdb.Error | None
    seconds: float


def count_rows(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Counted]:
    """The rows of every export, in the catalog's order. What is not read in place is loaded and
    packed.

    The tables of one file are counted one after the other, the longest files first. Raises what
    the engine raises where it is not an export's fault.
    """
    files: dict[Path | str, list[Dataset]] = {}
    for dataset in catalog.datasets:
        files.setdefault(catalog.location(dataset), []).append(dataset)

    def count_file(cursor: duckdb.DuckDBPyConnection, datasets: list[Dataset]) -> list[Counted]:
        return [_counted(cursor, catalog, dataset) for dataset in datasets]

    def length(datasets: list[Dataset]) -> int:
        return sum(catalog.size(one) * _PACKED.get(one.format, 1) for one in datasets)

    longest = sorted(files.values(), key=length, reverse=True)
    counted = {
        one.dataset: one for file in at_once(connection, count_file, longest) for one in file
    }
    return [counted[dataset] for dataset in catalog.datasets]


def _counted(cursor: duckdb.DuckDBPyConnection, catalog: Catalog, dataset: Dataset) -> Counted:
    started = time.monotonic()
    rows: int | None = None
    failure: InputUnreadable | duckdb.Error | None = None
    try:
        rows = int(relation(cursor, dataset, catalog).aggregate("count(*)").fetchall()[0][0])
        if is_loaded(cursor, name := loaded_name(catalog.table(dataset))):
            pack(cursor, name)
    except NOT_THE_EXPORT:
        raise
    except (InputUnreadable, duckdb.Error) as error:
        failure = error
    return Counted(dataset, rows, failure, time.monotonic() - started)


def hash_files(catalog: Catalog) -> dict[str, tuple[str | None, float]]:
    """SHA-256 of every file and the seconds it took, by dataset name; in threads."""
    files = {d.name: d for d in catalog.datasets}

    def reckon(dataset: Dataset) -> tuple[str | None, float]:
        started = time.monotonic()
        try:
            return catalog.sha256(dataset), time.monotonic() - started
        except (OSError, InputUnreadable):  # gone since; reading it says so better
            return None, time.monotonic() - started

    with ThreadPoolExecutor() as pool:
        return dict(zip(files, pool.map(reckon, files.values()), strict=True))


def as_input(
    catalog: Catalog, dataset: Dataset, sha256: str | None, rows: int, seconds: float
) -> InputFile:
    """The record of a file that was read."""
    return InputFile(
        name=dataset.name,
        table=dataset.table,
        sha256=sha256,
        rows=rows,
        bytes=catalog.size(dataset),
        seconds=round(seconds, 3),
        status=InputStatus.SCANNED,
    )


def broken(dataset: Dataset, error: InputUnreadable | None = None) -> InputFile:
    """A file that could be opened and broke while it was read."""
    if error is not None:
        return fault(dataset.name, dataset.table, error.message, error.remedy)
    reason = f"{dataset.label} broke off while it was read; nothing of it is used."
    return fault(dataset.name, dataset.table, reason, "Export it again and compare the two.")

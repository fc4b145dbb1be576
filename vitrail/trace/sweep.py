"""One pass over every export: what holds an identifier, cell by cell; what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vitrail.errors import InputPartlyRead, InputUnreadable
from vitrail.exports import text_bytes
from vitrail.exports.catalog import Catalog
from vitrail.exports.formats.table import Table
from vitrail.exports.reader import ColumnChunk
from vitrail.exports.records_at import can_be_told, records_at
from vitrail.exports.text_bytes import Bytes
from vitrail.model import Dataset, InputFile, InputStatus
from vitrail.trace.cells import CellHit, hits_in
from vitrail.trace.finder import Finder

#: Told which export is looked through, how many bytes are done and how many there are.
Watch = Callable[[Dataset, int, int], None]


def unwatched(_dataset: Dataset, _done: int, _total: int) -> None:
    """Nobody looks on."""


@dataclass(slots=True)
class Sweep:
    """What a pass found: hits by dataset, in the catalog's order. ``skipped``: datasets whose bytes
    hold nothing, so that no cell was read."""

    hits: list[tuple[Dataset, CellHit]] = field(default_factory=list)
    faults: list[InputFile] = field(default_factory=list)
    read: int = 0
    skipped: int = 0
    bytes: int = 0


def sweep(catalog: Catalog, finder: Finder, watch: Watch = unwatched) -> Sweep:
    """Look at every dataset of the catalog. One that breaks is told, and the rest goes on."""
    found = Sweep(faults=list(catalog.unreadable))
    seen: dict[tuple[Path, str | None], _Seen] = {}
    total = sum(map(catalog.size, catalog.datasets))
    for dataset in catalog.datasets:
        size = catalog.size(dataset)

        def told(read: int, dataset: Dataset = dataset, size: int = size) -> None:
            watch(dataset, found.bytes + min(read, size), total)

        told(0)
        try:
            for chunk, first_row in _chunks(catalog, dataset, finder, seen, found, told):
                found.hits += ((dataset, hit) for hit in hits_in(chunk, first_row, finder))
        except InputUnreadable as error:
            found.faults.append(_fault(dataset, error))
        found.bytes += size
        found.read += 1
        told(0)
    return found


@dataclass(frozen=True, slots=True)
class _Seen:
    """Of a text file: where its bytes hold a literal, and its bytes where it lies plain."""

    places: tuple[int, ...]
    data: Bytes | None = field(repr=False)


def _chunks(
    catalog: Catalog,
    dataset: Dataset,
    finder: Finder,
    seen: dict[tuple[Path, str | None], _Seen],
    found: Sweep,
    told: Callable[[int], None],
) -> Iterator[tuple[ColumnChunk, int]]:
    """The columns worth a look, each with the position of its first row."""
    table = catalog.table(dataset)
    if text_bytes.is_text(table):
        key = (table.origin.path, table.origin.member)
        if key not in seen:
            seen[key] = _look(table, finder, told)
        if not seen[key].places:
            found.skipped += 1
            return
        data = seen[key].data
        if data is not None and can_be_told(table):
            records = records_at(table, data, seen[key].places)
            if records is not None:
                yield from ((chunk, 0) for chunk in records)
                return
    read = 0
    for batch in table.batches():
        told(read)
        read += batch.bytes
        yield from ((chunk, batch.first_row) for chunk in batch.chunks)


def _look(table: Table, finder: Finder, told: Callable[[int], None]) -> _Seen:
    places: list[int] = []
    plain: Bytes | None = None
    for start, data in text_bytes.blocks(table, finder.longest):
        plain = data
        places += (start + one.start for one in finder.find_in_large(data, told))
        told(start + len(data))
    return _Seen(tuple(places), plain if text_bytes.lies_plain(table) and places else None)


def _fault(dataset: Dataset, error: InputUnreadable) -> InputFile:
    partly = isinstance(error, InputPartlyRead)
    return InputFile(
        name=dataset.name,
        table=dataset.table,
        sha256=None,
        rows=None,
        bytes=None,
        seconds=0.0,
        status=InputStatus.PARTLY if partly else InputStatus.UNREADABLE,
        reason=error.message,
        remedy=error.remedy,
    )

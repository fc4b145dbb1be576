"""The files that a scan read, each with its tables, and why some of them are not copied."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vitrail.exports.catalog import Catalog
from vitrail.exports.copies.files import can_copy
from vitrail.exports.formats.table import Table
from vitrail.model import Dataset, InputFile, InputStatus, ScanRun
from vitrail.redaction.hit_ranges import TableKey
from vitrail.scan.labels import Labels


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to copy. ``tables``: those of its tables that are; ``sha256``: when it was scanned."""

    name: str
    path: Path
    tables: tuple[Table, ...]
    sha256: str | None
    rows: dict[TableKey, int | None]

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        return tuple(table.dataset for table in self.tables)


def key_of(dataset: Dataset, labels: Labels) -> TableKey:
    """By what a table is called in a run's hits and documents."""
    table = None if dataset.table is None else labels.label(dataset.table)
    return labels.label(dataset.name), table


def source_files(catalog: Catalog, run: ScanRun, labels: Labels) -> Iterator[SourceFile]:
    """The files of which every row was scanned, in the order of their names.

    Of an archive the members that were; of any other file all of its tables must have been.
    """
    inputs = {(file.name, file.table): file for file in run.inputs}
    unread = {(file.name, file.table) for file in run.unreadable}
    files: dict[Path, list[Table]] = {}
    for dataset in sorted(catalog.datasets, key=lambda d: d.name):
        table = catalog.table(dataset)
        files.setdefault(table.origin.path, []).append(table)
    for path, tables in files.items():
        kept = _scanned(tables, unread, labels)
        if not kept:
            continue
        keys = [key_of(table.dataset, labels) for table in kept]
        files_of = [inputs[key] for key in keys if key in inputs]
        yield SourceFile(
            kept[0].dataset.name,
            path,
            tuple(kept),
            next((file.sha256 for file in files_of), None),
            {(file.name, file.table): file.rows for file in files_of},
        )


def _scanned(tables: list[Table], unread: Collection[TableKey], labels: Labels) -> list[Table]:
    broken = {
        table.origin.member for table in tables if key_of(table.dataset, labels) in unread
    }  # a file that is no archive has one member, None
    return [table for table in tables if table.origin.member not in broken and can_copy(table)]


def left_out(name: str, reason: str, remedy: str, *, like: InputFile | None = None) -> InputFile:
    """A file that was not copied, told as one that could not be read."""
    bare = InputFile(name, None, None, None, None, 0.0, InputStatus.UNREADABLE)
    return replace(like or bare, name=name, reason=reason, remedy=remedy)

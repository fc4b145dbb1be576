"""One pass over scanned files: each written anew with its hits replaced, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vitrail.detect.detector import Detector
from vitrail.errors import InputUnreadable, Unwritable, UsageError
from vitrail.exports.catalog import Catalog
from vitrail.exports.copies.files import copy_file
from vitrail.exports.formats.table import Table
from vitrail.keys import Keyring
from vitrail.model import Dataset, InputFile, ScanRun
from vitrail.redaction.documents import CopiedFile, CopiedTable
from vitrail.redaction.hit_ranges import HitRanges, TableKey
from vitrail.redaction.naming import copy_names, copy_path
from vitrail.redaction.options import RedactOptions
from vitrail.redaction.sources import SourceFile, key_of, left_out, source_files
from vitrail.redaction.table_changes import HitChanges
from vitrail.scan.labels import Labels

_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Writer:
    """Writes copies of what scans read into one folder. It can be asked for several passes."""

    def __init__(self, target: Path, detector: Detector, keys: Keyring) -> None:
        from vitrail.redaction.operators import Operators  # loads the whole of Presidio

        self._target = target
        self._operators = Operators(keys)
        self.labels = Labels(detector, keys)
        self.names = copy_names(detector, keys, self._operators)

    def write(
        self,
        catalog: Catalog,
        run: ScanRun,
        options: RedactOptions,
        *,
        in_place: bool = False,
        tell: Callable[[int], None] = lambda _: None,
    ) -> Iterator[CopiedFile | InputFile]:
        """A copy of each file that ``run`` read, or why there is none.

        ``in_place``: the files are copies themselves; those with hits are replaced, and no others
        are touched. ``tell``: called with the bytes of each file that is done.
        """
        ranges = HitRanges(Path(run.directory))
        job = _Job(self, options, ranges, _verdicts(run))
        for source in source_files(catalog, run, self.labels):
            keys = {key_of(dataset, self.labels) for dataset in source.datasets}
            if in_place and keys.isdisjoint(ranges.tables):
                continue
            size = source.path.stat().st_size
            try:
                yield job.copy(source, self._place(source, in_place=in_place), size)
            except InputUnreadable as error:
                sentence = self.labels.in_sentence
                name = self.labels.label(source.name)
                yield left_out(name, sentence(error.message), sentence(error.remedy))
            tell(size)

    def _place(self, source: SourceFile, *, in_place: bool) -> Path:
        if in_place:
            return source.path
        return self._target / copy_path(source.name, self.names)

    def changes(
        self,
        dataset: Dataset,
        options: RedactOptions,
        ranges: HitRanges,
        verdicts: Mapping[str, str],
    ) -> HitChanges:
        """What changes in one table."""
        hits = ranges.of(key_of(dataset, self.labels))
        return HitChanges(hits, verdicts, options, self._operators, self.labels, self.names)

    def relative(self, path: Path) -> str:
        return path.relative_to(self._target).as_posix()

    def withdraw(self, copy: str) -> None:
        """Take a copy away again."""
        (self._target / copy).unlink()


@dataclass(frozen=True, slots=True)
class _Job:
    """One pass: the hits and the verdicts of one run, under one set of options."""

    writer: Writer
    options: RedactOptions
    ranges: HitRanges
    verdicts: Mapping[TableKey, Mapping[str, str]]

    def copy(self, source: SourceFile, place: Path, size: int) -> CopiedFile:
        """Write one file and put it in its place; nothing is left where that fails."""
        changes: dict[TableKey, HitChanges] = {}

        def changes_of(table: Table) -> HitChanges:
            key = key_of(table.dataset, self.writer.labels)
            if key not in changes:
                verdicts = self.verdicts.get(key, {})
                changes[key] = self.writer.changes(
                    table.dataset, self.options, self.ranges, verdicts
                )
            return changes[key]

        half = place.with_name(f".{hashlib.sha256(place.name.encode()).hexdigest()[:16]}.half")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with half.open("xb") as out:
                rows = copy_file(source.tables, changes_of, out)
                out.flush()
                os.fsync(out.fileno())
            sha256 = _sha256(source.path)
            _require_whole(source, {t.dataset: n for t, n in rows.items()}, sha256, self.writer)
            half.replace(place)
        except OSError as error:
            raise _unwritable(error) from None
        finally:
            half.unlink(missing_ok=True)
        return CopiedFile(
            source=self.writer.labels.label(source.name),
            copy=self.writer.relative(place),
            source_sha256=sha256,
            copy_sha256=_sha256(place),
            source_bytes=size,
            copy_bytes=place.stat().st_size,
            tables=tuple(
                CopiedTable(key[1], rows[table], changes[key].finish())
                for table in source.tables
                for key in (key_of(table.dataset, self.writer.labels),)
            ),
        )


def _verdicts(run: ScanRun) -> dict[TableKey, dict[str, str]]:
    """By table, the type that each column holds as a whole."""
    found: dict[TableKey, dict[str, str]] = {}
    for column in run.columns:
        if column.verdict is not None:
            found.setdefault((column.dataset, column.table), {})[column.column] = column.verdict
    return found


def _require_whole(
    source: SourceFile, rows: Mapping[Dataset, int], sha256: str, writer: Writer
) -> None:
    """Raise where the copy is not of what was scanned: the hits would stand in other cells."""
    same = source.sha256 in {None, sha256}
    for dataset, count in rows.items():
        scanned = source.rows.get(key_of(dataset, writer.labels))
        same = same and scanned in {None, count}
    if not same:
        raise InputUnreadable(
            source.name,
            f"{source.name} is not what it was when it was scanned, or its rows could not be told "
            "apart in the same way; it was not copied.",
            "Let nothing write to it, then redact again.",
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unwritable(error: OSError) -> UsageError:
    if error.errno in _NO_ROOM:
        return Unwritable(
            "The disk is full: the copy could not be written.",
            "Make room for a copy of all that is read, then do it again; nothing was kept.",
        )
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return Unwritable(
        f"A file of the copy could not be written ({reason}).",
        "Name a folder that this user may write to, on a disk that takes such names.",
    )

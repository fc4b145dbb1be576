"""What a finished task leaves on disk: its hits, then a record that makes them count.

A part is its Parquet file in ``hits.parquet/`` and its record in ``journal/``. Both are written
beside their place and renamed into it; the record comes last and is what makes the part count.
A process killed at any moment leaves parts that count and files that do not, nothing between.
Names carry the session that wrote them, so a straggler of a killed run overwrites nothing.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from vitrail.errors import Unwritable
from vitrail.scan.hits import HITS, HITS_SCHEMA

JOURNAL: Final = "journal"
_HALF: Final = ".half"


def write_atomically(path: Path, write: Callable[[Path], object], *, lasting: bool = False) -> None:
    """Let ``write`` fill a file beside ``path``, then rename it into place, or leave nothing.
    ``lasting``: the name too is on disk when this returns, whatever becomes of the power."""
    half = path.with_name(f".{path.name}{_HALF}")
    try:
        write(half)
        with half.open("rb+") as file:
            os.fsync(file.fileno())
        half.replace(path)
        if lasting:
            sync_folder(path.parent)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise unwritable(path, error) from None
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def unwritable(path: Path, error: OSError) -> Unwritable:
    """The sentence for a disk that takes no more, or a folder that may not be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return Unwritable(
            f"The disk is full: {path.name} could not be written.",
            "Free some space, then go on with --resume; the finished parts are kept.",
        )
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return Unwritable(
        f"{path.name} could not be written ({reason}).",
        "Name a folder that this user may write to, or mend its rights.",
    )


def sync_folder(folder: Path) -> None:
    """See to it that the names in a folder are on disk; a rename alone may not be."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_json(path: Path, document: dict[str, Any], *, lasting: bool = False) -> None:
    """Write a document as one step."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    write_atomically(path, lambda half: half.write_text(text + "\n", "utf-8"), lasting=lasting)


class Parts:
    """The parts of one run. ``session``: letters that tell this process's parts from others'."""

    def __init__(self, directory: Path, session: str) -> None:
        self._hits = directory / HITS
        self._journal = directory / JOURNAL
        self.session = session

    def prepare(self, *, keep: bool) -> list[dict[str, Any]]:
        """Make the folders and clear away what does not count: what a killed session left half
        done, and all there is unless ``keep``. The records that count, in reading order."""
        try:
            self._hits.mkdir(parents=True, exist_ok=True)
            self._journal.mkdir(exist_ok=True)
        except OSError as error:
            raise unwritable(self._hits, error) from None
        paths = sorted(self._journal.glob("part-*.json")) if keep else []
        records = {path.stem: record for path in paths if (record := self._whole(path))}
        counted = {stem: records[stem] for stem in _once(records)}
        for folder in (self._hits, self._journal):
            for path in folder.iterdir():
                if path.name.endswith(_HALF) or path.stem not in counted:
                    path.unlink(missing_ok=True)
        return list(counted.values())

    def clear_halves(self) -> None:
        """Clear away what workers were writing when they were ended; only after all have been."""
        for folder in (self._hits, self._journal):
            for path in folder.glob(f".*{_HALF}"):
                path.unlink(missing_ok=True)

    def _whole(self, path: Path) -> dict[str, Any] | None:
        """A record whose hits lie on disk to the last byte; after a loss of power one can be
        there without the other."""
        try:
            record = dict(json.loads(path.read_text("utf-8")))
            hits = self._hits / f"{path.stem}.parquet"
            return (
                record if record["part"] is None or hits.stat().st_size == record["size"] else None
            )
        except (OSError, ValueError, KeyError):
            return None

    def write(self, name: str, hits: pa.Table, record: dict[str, Any]) -> dict[str, Any]:
        """Write a finished task; the record comes back as it counts."""
        stem = self.stem(name)
        record = {**record, "part": stem if len(hits) else None, "size": 0}
        if len(hits):
            record["size"] = self.write_hits(stem, hits)
        write_json(self._journal / f"{stem}.json", record)
        return record

    def write_hits(self, stem: str, hits: pa.Table) -> int:
        """Write hits alone; the bytes that they take."""
        path = self._hits / f"{stem}.parquet"
        write_atomically(path, lambda half: pq.write_table(hits, half, compression="zstd"))
        return path.stat().st_size

    def adopt(self, stem: str, part: Path) -> None:
        """Take another run's part as it is: by a link, or a copy where the disk has none."""
        path = self._hits / f"{stem}.parquet"
        try:
            os.link(part, path)
        except OSError:
            write_atomically(path, lambda half: shutil.copyfile(part, half))

    def stem(self, name: str) -> str:
        """A part's name, with the session in it."""
        return f"part-{name}-{self.session}"

    def finish(self, parts: Iterable[str | None]) -> None:
        """Leave these parts alone, for good; a run without hits leaves one part without rows."""
        kept = {part for part in parts if part}
        for path in self._hits.iterdir():
            if path.stem not in kept:
                path.unlink(missing_ok=True)
        if not kept:
            self.write_hits("part-00000", HITS_SCHEMA.empty_table())
        sync_folder(self._hits)

    def forget_journal(self) -> None:
        """Delete the records, once the run's documents say the same."""
        shutil.rmtree(self._journal, ignore_errors=True)


def _once(records: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    """The records of which no row is in another one. A worker that outlived its killed parent by
    a moment can have finished what the next session then did again."""
    seen: dict[tuple[str, str | None], list[tuple[int, int]]] = {}
    for stem, record in records.items():
        ranges = [
            ((item["dataset"], item["table"]), item["first_row"], item["first_row"] + item["rows"])
            for item in record["items"]
            if item["rows"]
        ]
        if not any(_meets(seen.get(place, []), start, stop) for place, start, stop in ranges):
            for place, start, stop in ranges:
                insort(seen.setdefault(place, []), (start, stop))
            yield stem


def _meets(ranges: Sequence[tuple[int, int]], start: int, stop: int) -> bool:
    """Whether the half-open range shares a row with one of ``ranges``, which share none."""
    after = bisect_left(ranges, (stop, 0))
    return after > 0 and ranges[after - 1][1] > start

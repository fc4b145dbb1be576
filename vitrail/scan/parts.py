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
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from vitrail.errors import Unwritable
from vitrail.scan.hits import HITS, HITS_SCHEMA

JOURNAL: Final = "journal"
_HALF: Final = ".half"


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` fill a file beside ``path``, then rename it into place, or leave nothing."""
    half = path.with_name(f".{path.name}{_HALF}")
    try:
        write(half)
        with half.open("rb+") as file:
            os.fsync(file.fileno())
        half.replace(path)
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


def write_json(path: Path, document: dict[str, Any]) -> None:
    """Write a document as one step."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    write_atomically(path, lambda half: half.write_text(text + "\n", "utf-8"))


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
        counted = {path.stem for path in self._journal.glob("part-*.json")} if keep else set()
        for folder in (self._hits, self._journal):
            for path in folder.iterdir():
                if path.name.endswith(_HALF) or path.stem not in counted:
                    path.unlink(missing_ok=True)
        paths = sorted(self._journal.glob("part-*.json"))
        return [json.loads(path.read_text("utf-8")) for path in paths]

    def write(self, name: str, hits: pa.Table, record: dict[str, Any]) -> dict[str, Any]:
        """Write a finished task; the record comes back as it counts."""
        stem = f"part-{name}-{self.session}"
        record = {**record, "part": stem if len(hits) else None}
        if len(hits):
            write_atomically(
                self._hits / f"{stem}.parquet",
                lambda half: pq.write_table(hits, half, compression="zstd"),
            )
        write_json(self._journal / f"{stem}.json", record)
        return record

    def finish(self, parts: Iterable[str | None]) -> None:
        """Leave these parts alone; a run without hits leaves one part without rows."""
        kept = {part for part in parts if part}
        for path in self._hits.iterdir():
            if path.stem not in kept:
                path.unlink(missing_ok=True)
        if not kept:
            empty = self._hits / "part-00000.parquet"
            write_atomically(empty, lambda half: pq.write_table(HITS_SCHEMA.empty_table(), half))

    def forget_journal(self) -> None:
        """Delete the records, once the run's documents say the same."""
        for path in self._journal.glob("*"):
            path.unlink(missing_ok=True)
        self._journal.rmdir()

"""What came with an import that the last one did not find: files by SHA-256, never by name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from vitrail.model import InputFile
from vitrail.private_files import write_private


@dataclass(frozen=True, slots=True)
class Arrivals:
    """``new`` files are new or changed since the last import, ``gone`` ones are not there any more
    as they were; ``rows`` are how many more there are in all. ``first``: there was no last.
    """

    first: bool
    new: int
    gone: int
    rows: int


def arrivals(inputs: Iterable[InputFile], record: Path) -> Arrivals:
    """Compare what was read with what the last import wrote to ``record``."""
    now = _counted(inputs)
    try:
        before: dict[str, int] = json.loads(record.read_text("ascii"))
    except (FileNotFoundError, ValueError):
        return Arrivals(True, len(now), 0, sum(now.values()))
    return Arrivals(
        first=False,
        new=len(now.keys() - before.keys()),
        gone=len(before.keys() - now.keys()),
        rows=sum(now.values()) - sum(before.values()),
    )


def remember(inputs: Iterable[InputFile], record: Path) -> None:
    """Write what was read, for the next import; whole or not at all."""
    write_private(record, json.dumps(_counted(inputs), sort_keys=True))


def _counted(inputs: Iterable[InputFile]) -> dict[str, int]:
    """Rows by digest; the tables of one file share its digest, and their rows are added."""
    counted: dict[str, int] = {}
    for item in inputs:
        if item.sha256 is not None:
            counted[item.sha256] = counted.get(item.sha256, 0) + (item.rows or 0)
    return counted

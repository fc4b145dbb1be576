"""Where a copy may lie: never in what is copied, never over anything but an earlier copy."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vitrail.database_addresses import is_database
from vitrail.errors import Unwritable, UsageError
from vitrail.exports import held_folders
from vitrail.redaction.documents import REDACTION

_HALF: Final = ".half"


def require_files(places: Sequence[str | Path]) -> None:
    """Refuse databases on servers: a copy is a file."""
    if any(is_database(place) or "://" in str(place) for place in places):
        raise UsageError(
            "A database on a server has no file that could be copied.",
            "Export its tables first, then redact the exports.",
        )


def require_free(out: Path, places: Sequence[str | Path], *, force: bool) -> None:
    """Refuse a place within the source or around it, and one where something lies.

    ``force``: an earlier copy may lie there, and nothing else.
    """
    target = out.resolve()
    for place in map(Path, places):
        source = place.resolve()
        if target == source or target.is_relative_to(source) or source.is_relative_to(target):
            raise UsageError(
                "The copy would lie within what is copied, or around it.",
                "Name a folder of its own with --out.",
            )
    if not os.path.lexists(out):
        return
    if not out.is_dir():
        raise UsageError(f"{out.name} is a file.", "Name a folder with --out.")
    if any(out.iterdir()) and not (force and (out / REDACTION).is_file()):
        raise UsageError(
            f"{out.name} is not empty.",
            "Name a new folder with --out"
            + (
                "; --force replaces an earlier copy alone, and this is none."
                if force
                else ", or replace an earlier copy with --force."
            ),
        )


@dataclass(frozen=True, slots=True)
class Staging:
    """Where a copy is made: ``copy`` itself, and ``scans`` for what the scans write."""

    copy: Path
    scans: Path


@contextmanager
def staged(out: Path) -> Iterator[Staging]:
    """A private folder beside ``out`` whose ``copy`` takes its place at the end, or goes without a
    trace.

    ``out`` is complete or absent at every moment. What a killed process left beside it is removed.
    """
    parent, prefix = out.absolute().parent, f".{out.name}-"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        held_folders.remove_abandoned(parent, prefix, _HALF)
        held = held_folders.make(parent, prefix, _HALF)
    except OSError as error:
        raise Unwritable(
            f"{out.name} cannot be made: {error.strerror}.",
            "Name a folder that this user may write to.",
        ) from None
    copy, scans, former = (held.path / name for name in ("copy", "scans", "former"))
    try:
        copy.mkdir()
        scans.mkdir()
        yield Staging(copy, scans)
        copy.chmod(0o755 & ~_umask())
        if out.is_dir():
            out.rename(former)
        copy.rename(out)
    finally:
        held.remove()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask

"""Where a copy may lie: never in what is copied, never over anything but an earlier copy."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from vitrail.errors import Unwritable, UsageError
from vitrail.redaction.documents import REDACTION


def require_files(places: Sequence[str | Path]) -> None:
    """Refuse databases on servers: a copy is a file."""
    if any("://" in str(place) for place in places):
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


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A private folder beside ``out`` that takes its place at the end, or goes without a trace."""
    parent = out.absolute().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", suffix=".half", dir=parent))
    except OSError as error:
        raise Unwritable(
            f"{out.name} cannot be made: {error.strerror}.",
            "Name a folder that this user may write to.",
        ) from None
    try:
        yield folder
        folder.chmod(0o755 & ~_umask())
        if out.is_dir():
            shutil.rmtree(out)
        folder.rename(out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask

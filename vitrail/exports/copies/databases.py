"""What copies of database files have in common: made as a file, then handed on whole."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from vitrail.exports import scratch
from vitrail.exports.copies.changes import TableChanges
from vitrail.exports.formats.origin import Origin


@contextmanager
def made_beside(origin: Origin, out: IO[bytes]) -> Iterator[Path]:
    """A path in the scratch folder; what is made there is written to ``out`` at the end."""
    with tempfile.TemporaryDirectory(dir=scratch.folder(origin.options.scratch)) as folder:
        path = Path(folder) / "copy"
        yield path
        with path.open("rb") as file:
            shutil.copyfileobj(file, out)


def require_plain_names(origin: Origin, names: Sequence[str], changes: TableChanges) -> None:
    """Raise where a table or a column is called by personal data: views and rules may name it."""
    if changes.learn(names):
        raise origin.unreadable(
            "has a table or a column called by personal data.",
            "Rename it in a copy of the database, then redact that.",
        )


def require_room(*, full: bool) -> None:
    """Raise as the system would where an engine says that the disk is ``full``: no fault of the
    database's."""
    if full:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None

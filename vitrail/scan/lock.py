"""One writer a run's folder: two would clear away each other's parts."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vitrail.errors import UsageError
from vitrail.scan.parts import unwritable


@contextmanager
def sole_writer(directory: Path) -> Iterator[None]:
    """Make the folder and hold it; the hold ends with the process, however that ends."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(directory, os.O_RDONLY)
    except OSError as error:
        raise unwritable(directory, error) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise UsageError(
            f"Another scan is writing into {directory.name}.", "Wait for it, or name another --out."
        ) from None
    finally:
        os.close(descriptor)

"""A run's folder in use: who reads it holds it, so that no purge takes it away meanwhile.

A hold is a lock on the folder itself; it ends with the process, however that ends. Readers share
it; the scan that writes a folder holds it alone.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Keep ``folder`` where it is; one that is being written is kept by its writer."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        yield  # it is not there, and what is read will say so
        return
    try:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def unused(path: Path) -> Iterator[bool]:
    """Whether nobody holds ``path``; while the block lasts, nobody else can."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(descriptor)

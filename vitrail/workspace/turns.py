"""Whose turn it is: what only one process at a time may do to a workspace, by one lock a name.

The locks lie in ``tmp/`` and end with their process, however that ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from vitrail.errors import UsageError

IMPORT: Final = "import"
SCAN: Final = "scan"
PURGE: Final = "purge"
CYCLE: Final = "cycle"
CONFIG: Final = "config"


def in_turn(tmp: Path, work: str) -> FileLock:
    """Wait until nobody else does this work, and do it alone: for what takes a moment."""
    return FileLock(tmp / f"{work}.lock", mode=0o600)


@contextmanager
def alone(
    tmp: Path, work: str, remedy: str = "Wait for it to end, then try again."
) -> Iterator[None]:
    """Do this work alone; while another does it, a :class:`~vitrail.errors.UsageError`."""
    with if_idle(tmp, work) as idle:
        if not idle:
            raise UsageError(f"Another {work} of this workspace is running.", remedy)
        yield


@contextmanager
def if_idle(tmp: Path, work: str) -> Iterator[bool]:
    """Whether nobody does this work; if so, nobody begins it while the block lasts."""
    lock = in_turn(tmp, work)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()

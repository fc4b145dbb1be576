"""A private folder for what must be unpacked to be read; emptied when the process ends."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folders: dict[tuple[int, Path | None], Path] = {}


def folder(parent: Path | None = None) -> Path:
    """This process's folder, mode 0700, under ``parent`` or the system's temporary one."""
    key = (os.getpid(), parent)
    if key not in _folders or not _folders[key].is_dir():
        if parent is not None:
            parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _folders[key] = Path(tempfile.mkdtemp(prefix="vitrail-", dir=parent))  # mkdtemp: 0700
    return _folders[key]


def empty() -> None:
    """Remove what this process unpacked. Tables unpack again when they are read again."""
    for key in [k for k in _folders if k[0] == os.getpid()]:
        shutil.rmtree(_folders.pop(key), ignore_errors=True)


atexit.register(empty)

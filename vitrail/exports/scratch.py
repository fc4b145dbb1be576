"""A private folder for what must be unpacked to be read; emptied when the process ends.

What a killed process left is removed when the next one needs such a folder: it may hold cells.
"""

from __future__ import annotations

import atexit
import os
import tempfile
import threading
from pathlib import Path
from typing import Final

from vitrail.exports import held_folders
from vitrail.exports.held_folders import HeldFolder

_PREFIX: Final = "vitrail-unpacked-"
#: Files are looked at by more than one thread.
_MAKING: Final = threading.Lock()
_folders: dict[tuple[int, Path | None], HeldFolder] = {}


def folder(parent: Path | None = None) -> Path:
    """This process's folder, mode 0700, under ``parent`` or the system's temporary one."""
    with _MAKING:
        return _folder((os.getpid(), parent))


def _folder(key: tuple[int, Path | None]) -> Path:
    parent = key[1]
    if key not in _folders or not _folders[key].path.is_dir():
        if parent is not None:
            parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = parent or Path(tempfile.gettempdir())
        held_folders.remove_abandoned(place, _PREFIX)
        _folders[key] = held_folders.make(place, _PREFIX)
    return _folders[key].path


def empty() -> None:
    """Remove what this process unpacked. Tables unpack again when they are read again."""
    for key in [k for k in _folders if k[0] == os.getpid()]:
        _folders.pop(key).remove()


atexit.register(empty)

"""The files under a place, in a stable order; what is no regular file is never opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vitrail.errors import InputUnreadable
from vitrail.exports.formats.archive import is_junk

#: What SQLite and DuckDB write beside a database that is open; it is read with the database.
_UNWRITTEN: Final = ("-wal", "-shm", "-journal", ".wal")


@dataclass(frozen=True, slots=True)
class Place:
    """A file to look at under its dataset's name, or the reason why it is not opened."""

    name: str
    path: Path
    size: int
    refusal: InputUnreadable | None = None


def root_of(path: Path) -> Path:
    """What names under a place are relative to: a folder itself, of a file its parent."""
    return path if path.is_dir() else path.parent


def files_under(path: Path, root: Path) -> Iterator[Place]:
    """The place itself if it is a file, else every file below it, sorted by name."""
    if not os.path.lexists(path):
        yield _refused(path, root, "is not there.", "Check the path that you gave.")
    elif path.is_dir():
        yield from _below(path, root, path.resolve())
    else:
        yield _file(path, root)


def _below(folder: Path, root: Path, top: Path) -> Iterator[Place]:
    try:
        entries = sorted(os.scandir(folder), key=lambda e: os.fsencode(e.name))
    except OSError:
        yield _refused(
            folder, root, "is a folder that may not be read by this user.",
            "Grant this user read permission, or run as its owner.",
        )  # fmt: skip
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path, root, top)
        elif not is_junk(entry.name) and not _goes_with(entry.name, names):
            yield from _entry(path, root, top)


def _goes_with(name: str, names: set[str]) -> bool:
    """Whether the file is the part of a database beside it that is not yet written into it."""
    return any(name.endswith(part) and name.removesuffix(part) in names for part in _UNWRITTEN)


def _entry(path: Path, root: Path, top: Path) -> Iterator[Place]:
    """A file, or a link to one; a link to a folder inside is read where the folder stands."""
    if path.is_symlink():
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):
            yield _refused(
                path, root, "is a link that leads nowhere or to itself.", "Remove or mend it."
            )
            return
        if not target.is_relative_to(top):
            yield _refused(
                path, root, "is a link that leads outside the folder.",
                "Copy what it leads to into the folder, or name it as a place of its own.",
            )  # fmt: skip
            return
        if target.is_dir():
            return
    yield _file(path, root)


def _file(path: Path, root: Path) -> Place:
    try:
        status = path.stat()
    except PermissionError:
        return _refused(
            path, root, "may not be reached by this user.",
            "Grant this user permission on its folder, or run as its owner.",
        )  # fmt: skip
    except (OSError, RuntimeError):
        return _refused(path, root, "is a link that leads nowhere.", "Remove or mend it.")
    if not stat.S_ISREG(status.st_mode):
        return _refused(
            path, root, f"is {_kind(status.st_mode)}, not a file, and was not opened.",
            "Write its content into a file and name that.",
        )  # fmt: skip
    return Place(name_of(path, root), path, status.st_size)


def _kind(mode: int) -> str:
    kinds = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    return next((words for is_one, words in kinds if is_one(mode)), "a device")


def name_of(path: Path, root: Path) -> str:
    """The path under the root with slashes; bytes that are no UTF-8 as ``\\xNN``."""
    try:
        relative = path.relative_to(root)
    except ValueError:
        relative = Path(path.name)
    relative = relative if relative.parts else Path(path.name)  # the root itself
    return os.fsencode(relative.as_posix()).decode("utf-8", "backslashreplace")


def _refused(path: Path, root: Path, reason: str, remedy: str) -> Place:
    name = name_of(path, root)
    return Place(name, path, 0, InputUnreadable(name, f"{name} {reason}", remedy))

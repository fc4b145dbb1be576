"""Deleting so that a kill in the midst loses no count and leaves nothing half.

What is to go is first moved into one hidden folder beside it (each move is one step of the file
system), then its tombstone is written, then the folder is deleted. A later purge finds such a
folder and finishes: with the tombstone where that is not in the ledger yet, without where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vitrail.errors import Unwritable
from vitrail.workspace.expired import Category, Expired
from vitrail.workspace.use import unused

_FOLDER: Final = re.compile(r"\.purged\.([a-z0-9-]+)\.([a-z]+)")


@dataclass(frozen=True, slots=True)
class Grave:
    """A hidden folder with what one purge took out of one category."""

    folder: Path
    purge: str
    category: str

    @property
    def items(self) -> int:
        return sum(1 for _ in self.folder.iterdir())


def grave(category: Category, purge: str) -> Grave:
    return Grave(category.home / f".purged.{purge}.{category.name}", purge, category.name)


def left_over(home: Path) -> Iterator[Grave]:
    """The folders of purges that did not come to their end."""
    for folder in sorted(home.glob(".purged.*")):
        match = _FOLDER.fullmatch(folder.name)
        if match is not None and folder.is_dir():
            yield Grave(folder, match[1], match[2])


def bury(category: Category, into: Grave) -> int:
    """Move what is past its period and in nobody's use; how many are in use."""
    held = 0
    for one in category.expired:
        try:
            with unused(one.holder) as free:
                held += not free
                if free:
                    into.folder.mkdir(mode=0o700, exist_ok=True)
                    one.path.rename(into.folder / _name(one))
        except FileNotFoundError:  # another purge, or its own process, was first
            continue
        except OSError as error:
            raise Unwritable(
                f"{one.path.name} cannot be deleted ({error.strerror}).",
                "Give this user the right to it, then purge again.",
            ) from None
    return held


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(p.lstat().st_size for p in files if not p.is_dir())


def _name(one: Expired) -> str:
    """Its own name; with the run's before it for what is taken out of one."""
    own = one.path.name
    return own if one.holder == one.path else f"{one.holder.name}.{own}"

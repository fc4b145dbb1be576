"""Epochs that are not in force any more, and which of them nothing builds upon."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from vitrail.gate.erasure import erased_persons, held_in
from vitrail.gate.shelf import Shelf

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore


@dataclass(frozen=True, slots=True)
class OldEpoch:
    """An epoch that may go: its file, and when it was built (UTC)."""

    name: str
    file: Path
    built_at: datetime


def old_epochs(facts_dir: Path) -> tuple[OldEpoch, ...]:
    """Every epoch but the one in force and those from which the next import takes a fact."""
    shelf = Shelf(facts_dir)
    needed = {kept.file for kept in shelf.kept().values()}
    found = []
    for epoch in shelf.epochs():
        file = shelf.file(epoch)
        if epoch != shelf.in_force() and file not in needed:
            found.append(OldEpoch(epoch, file, _built(shelf, epoch)))
    return tuple(found)


def erased_in_facts(store: CanonicalStore, facts_dir: Path) -> tuple[int, int]:
    """How many persons the exports say to be erased, and of how many an epoch still has rows."""
    erased, shelf = erased_persons(store), Shelf(facts_dir)
    left: set[int] = set()
    for epoch in shelf.epochs() if erased else ():
        with suppress(duckdb.IOException):  # damaged: it answers nothing either
            left |= held_in(shelf.file(epoch), erased)
    return len(erased), len(left)


def _built(shelf: Shelf, epoch: str) -> datetime:
    """By its manifest; a damaged epoch is as old as its file."""
    try:
        return shelf.manifest(epoch).built_at
    except (duckdb.Error, ValueError):
        return datetime.fromtimestamp(shelf.file(epoch).stat().st_mtime, UTC)

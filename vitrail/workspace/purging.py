"""Purge: Vitrail keeps its own retention periods and leaves a counted tombstone.

What a running command holds is left for the next time, and the epoch in force is never touched.
The company's exports are only told of: they are read, never changed.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from vitrail import gate
from vitrail.errors import UsageError
from vitrail.workspace.expired import Category, categories, exports_past
from vitrail.workspace.removal import Grave, bury, grave, left_over, size_of

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class Purged:
    """What of one category went, or would go; ``held`` is in use and left for the next time."""

    category: str
    days: int
    items: int
    bytes: int
    held: int


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """What one purge did. ``exports``: how many of the company's own files are past the period
    that ``[retention]`` gives for them, None where it gives none; nothing was done to them."""

    id: str
    at: datetime
    dry_run: bool
    categories: tuple[Purged, ...]
    exports: int | None

    @property
    def items(self) -> int:
        return sum(one.items for one in self.categories)


def purge(
    workspace: OpenWorkspace, *, dry_run: bool = False, now: datetime | None = None
) -> PurgeReport:
    """Delete what is past its period on ``now`` (UTC); with ``dry_run`` only say what it is."""
    at = now or datetime.now(UTC)
    name = f"purge-{at:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    try:
        with FileLock(workspace.layout.tmp / "purge.lock").acquire(timeout=0):
            looked = categories(workspace.layout, workspace.settings.retention, at)
            done = [
                *(_looked(one) if dry_run else _deleted(workspace, one, name) for one in looked),
                _cases(workspace, name, at, dry_run=dry_run),
            ]
    except Timeout:
        raise UsageError(
            "Another purge of this workspace is running.", "Wait for it to end."
        ) from None
    told = exports_past(workspace.layout, workspace.settings.retention, at)
    return PurgeReport(name, at, dry_run, tuple(done), told)


def _looked(category: Category) -> Purged:
    """What would go, and what an earlier purge has left half done."""
    left = [one for one in left_over(category.home) if one.category == category.name]
    items = len(category.expired) + sum(one.items for one in left)
    size = sum(size_of(p) for p in (*(e.path for e in category.expired),
                                    *(one.folder for one in left)))  # fmt: skip
    return Purged(category.name, category.days, items, size, 0)


def _deleted(workspace: OpenWorkspace, category: Category, name: str) -> Purged:
    held = len(category.expired)
    with _idle(workspace, category) as idle:
        if idle:
            held = bury(category, grave(category, name))
    items = size = 0
    for one in left_over(category.home):
        if one.category == category.name:
            counted, untold = _finished(workspace, category, one)
            items += untold
            size += counted
    return Purged(category.name, category.days, items, size, held)


def _finished(workspace: OpenWorkspace, category: Category, one: Grave) -> tuple[int, int]:
    """Write what is not written yet and delete; the bytes freed, the items newly told."""
    items = one.items
    told = items == 0 or workspace.ledger.forgetting.told(one.purge, category.name)
    size = size_of(one.folder)
    if not told:
        payload = {"purge": one.purge, "category": category.name, "days": category.days}
        workspace.ledger.append(
            "purged", workspace.actor.name, {**payload, "items": items, "bytes": size}
        )
    shutil.rmtree(one.folder, ignore_errors=True)
    return size, 0 if told else items


def _cases(workspace: OpenWorkspace, name: str, at: datetime, *, dry_run: bool) -> Purged:
    days, forgetting = workspace.settings.retention.cases, workspace.ledger.forgetting
    items = (
        forgetting.past(days=days, now=at)
        if dry_run
        else forgetting.purge(name, workspace.actor.name, days=days, now=at)
    )
    return Purged("cases", days, items, 0, 0)


@contextmanager
def _idle(workspace: OpenWorkspace, category: Category) -> Iterator[bool]:
    """Whether no command that works on the whole category runs; none begins meanwhile."""
    layout = workspace.layout
    if category.name == "facts":
        with gate.import_held_off(layout.facts) as idle:
            yield idle
    elif category.name in ("runs", "hits"):  # a scan takes over what earlier ones found
        lock = FileLock(layout.tmp / "scan.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()
    else:
        yield True

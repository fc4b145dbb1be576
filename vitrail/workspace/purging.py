"""Purge: Vitrail keeps its own retention periods and leaves a counted tombstone.

What a running command holds is left for the next time, and the epoch in force is never touched.
The company's exports are only told of: they are read, never changed.
"""

from __future__ import annotations

import secrets
import shutil
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from vitrail.workspace import turns
from vitrail.workspace.annotations import AnnotationStore
from vitrail.workspace.expired import Category, categories, exports_past
from vitrail.workspace.removal import Grave, bury, grave, left_over, size_of
from vitrail.workspace.views import ViewStore

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace


#: A scan takes over what earlier ones found.
_WORKED_ON_BY: Final = {"facts": turns.IMPORT, "runs": turns.SCAN, "hits": turns.SCAN}


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
    with turns.alone(workspace.layout.tmp, turns.PURGE):
        looked = categories(workspace.layout, workspace.settings.retention, at)
        done = [
            *(_looked(one) if dry_run else _deleted(workspace, one, name) for one in looked),
            _cases(workspace, name, at, dry_run=dry_run),
            _notes(workspace, name, at, dry_run=dry_run),
        ]
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


def _notes(workspace: OpenWorkspace, name: str, at: datetime, *, dry_run: bool) -> Purged:
    """Saved views and notes on days; each file's tombstone is written before it is."""
    days, layout = workspace.settings.retention.notes, workspace.layout
    stores = (ViewStore(layout.views, workspace.keys),
              AnnotationStore(layout.annotations, workspace.keys))  # fmt: skip
    before = at - timedelta(days=days)

    def tell(items: int) -> None:
        told = {"purge": name, "category": "notes", "days": days, "items": items, "bytes": 0}
        workspace.ledger.append("purged", workspace.actor.name, told)

    items = sum(store.past(before) if dry_run else store.forget(before, tell) for store in stores)
    return Purged("notes", days, items, 0, 0)


def _idle(workspace: OpenWorkspace, category: Category) -> AbstractContextManager[bool]:
    """Whether no command that works on the whole category runs; none begins meanwhile."""
    work = _WORKED_ON_BY.get(category.name)
    return nullcontext(True) if work is None else turns.if_idle(workspace.layout.tmp, work)

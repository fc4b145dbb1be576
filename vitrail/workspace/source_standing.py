"""Where the data comes from: systems without an export first, exports by age, what is mapped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vitrail.exports.mapping import Feed
from vitrail.model import Dataset, InputFile
from vitrail.workspace.importing import open_store

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore
    from vitrail.workspace.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class SystemStanding:
    """A system that holds personal data: its exports, and when the newest was written."""

    name: str
    title: str
    exports: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class ExportStanding:
    """One dataset as it lies here. ``feeds``: canonical tables; ``columns``: each exported column
    with the canonical ones that are made of it, none where it is scanned only."""

    dataset: Dataset
    systems: tuple[str, ...]
    feeds: tuple[str, ...]
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    written: datetime | None
    bytes: int | None

    @property
    def mapped(self) -> int:
        return sum(bool(canonical) for _, canonical in self.columns)


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """Systems, those without an export first; exports, the oldest first; what could not be read."""

    folder: str
    systems: tuple[SystemStanding, ...]
    exports: tuple[ExportStanding, ...]
    faults: tuple[InputFile, ...]


def standing(workspace: OpenWorkspace) -> SourceStanding:
    """Look at the exports' heads, their files' ages, and the mapping over them."""
    with open_store(workspace) as store:
        exports = [_export(workspace, store, dataset) for dataset in store.catalog.datasets]
        faults = store.faults
    exports.sort(key=lambda e: (e.written or datetime.min.replace(tzinfo=UTC), e.dataset.label))
    systems = [_system(n, t, exports) for n, t in workspace.settings.systems.items()]
    systems.sort(key=lambda s: (s.exports > 0, s.newest or datetime.min.replace(tzinfo=UTC)))
    return SourceStanding(
        workspace.layout.exports.name, tuple(systems), tuple(exports), tuple(faults)
    )


def _system(name: str, title: str, exports: list[ExportStanding]) -> SystemStanding:
    own = [export for export in exports if name in export.systems]
    newest = max((e.written for e in own if e.written), default=None)
    return SystemStanding(name, title, len(own), newest)


def _export(workspace: OpenWorkspace, store: CanonicalStore, dataset: Dataset) -> ExportStanding:
    own = [
        f for f in store.feeds if (f.dataset.name, f.dataset.table) == (dataset.name, dataset.table)
    ]
    file = workspace.layout.exports / dataset.name
    state = file.stat() if file.is_file() else None
    return ExportStanding(
        dataset,
        tuple(dict.fromkeys(feed.mapping.system for feed in own if feed.mapping.system)),
        tuple(dict.fromkeys(feed.table for feed in own)),
        tuple((column.name, _canonical(own, column.name)) for column in dataset.columns),
        state and datetime.fromtimestamp(state.st_mtime, UTC),
        state and state.st_size,
    )


def _canonical(feeds: list[Feed], column: str) -> tuple[str, ...]:
    made = (
        f"{feed.table}.{canonical}"
        for feed in feeds
        for exported, canonical in feed.exported()
        if exported == column
    )
    return tuple(dict.fromkeys(made))

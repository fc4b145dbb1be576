"""Which exports are meant, and a proposal for each of them that nothing maps yet."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from vitrail.database_addresses import database_name, is_database, plain_address
from vitrail.did_you_mean import did_you_mean
from vitrail.errors import InputUnreadable, UsageError
from vitrail.exports.faults import fault
from vitrail.exports.matching import is_inside
from vitrail.exports.store import CanonicalStore
from vitrail.model import Dataset, InputFile
from vitrail.proposal import Answers, Place, Proposal, profiles_of, propose
from vitrail.workspace.importing import open_store
from vitrail.workspace.mapping.report import MappedExport, Standing

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace

_NUMBERS: Final = re.compile(r"\d+([-_.]?\d+)*")


@dataclass(frozen=True, slots=True)
class Draft:
    """Proposals not tried yet; ``unreadable`` are files under the path that could not be read.

    ``database``: the address that was given, where it was one.
    """

    exports: tuple[MappedExport, ...]
    unreadable: tuple[InputFile, ...]
    database: str | None = field(default=None, repr=False)


def draft(
    workspace: OpenWorkspace,
    path: str | Path,
    answers: Answers,
    each: Mapping[str, Answers],
    inside: str | None = None,
) -> Draft:
    """Look at a file or a folder of the exports, or at the database of an address.

    ``inside``: a glob over the tables, sheets or members there; ``each`` answers for one export, by
    its label. Raises :class:`~vitrail.errors.UsageError` where the path is none of the exports, or
    nothing inside is so named.
    """
    database = path if isinstance(path, str) and is_database(path) else None
    place = _inside_exports(workspace, Path(path)) if database is None else database_name(database)
    with open_store(workspace, database) as store:
        broken = tuple(
            f for f in store.catalog.unreadable if _is_below(workspace.layout.exports, f, place)
        )
        groups = _chosen(list(_groups(store, place)), inside)
        if len(groups) > 1 and (answers.columns or answers.table or answers.preset):
            raise UsageError(
                "A table, a preset or a column is said of one export, and here are several.",
                "Name one file, and with --inside one table of it.",
            )
        return _Drafting(workspace, store, answers, each, broken, database).over(groups)


def _chosen(groups: list[list[Dataset]], inside: str | None) -> list[list[Dataset]]:
    """The groups whose table, sheet or member is meant."""
    if inside is None:
        return groups
    chosen = [g for g in groups if is_inside(g[0].table or g[0].name, inside)]
    if groups and not chosen:
        names = [group[0].table or group[0].name for group in groups]
        raise UsageError(
            f"Nothing inside is called {inside}.{did_you_mean(inside, names)}",
            "Name a table, sheet or member with --inside, or leave it out for all.",
        )
    return chosen


class _Drafting:
    """Proposals one after the other: no two sources of one name, no table guessed at twice."""

    def __init__(
        self,
        workspace: OpenWorkspace,
        store: CanonicalStore,
        answers: Answers,
        each: Mapping[str, Answers],
        unreadable: tuple[InputFile, ...],
        database: str | None,
    ) -> None:
        self._workspace = workspace
        self._store = store
        self._answers = answers
        self._each = each
        self._unreadable = list(unreadable)
        self._database = database
        self._taken = set(workspace.settings.sources)
        self._fed = set(store.tables)
        self._entries: list[Mapping[str, object]] = []

    def over(self, groups: Sequence[Sequence[Dataset]]) -> Draft:
        found = [self._one(group) for group in groups]
        told = tuple(e for e in found if e is not None)
        return Draft(told, tuple(self._unreadable), self._database)

    def _one(self, group: Sequence[Dataset]) -> MappedExport | None:
        first = group[0]
        file = self._glob(group)
        bare = MappedExport(first, file, len(group), Standing.UNKNOWN, Proposal(first))
        feeds = [feed for feed in self._store.feeds if feed.dataset in group]
        try:
            profiles = profiles_of(self._store.catalog.open(first))
        except InputUnreadable as error:
            self._unreadable.append(fault(first.name, first.table, error.message, error.remedy))
            return None
        if feeds:
            unused = {name for dataset, name in self._store.unmapped if dataset == first}
            left = tuple(profile for profile in profiles if profile.name in unused)
            return replace(
                bare,
                standing=Standing.MAPPED,
                proposal=Proposal(first, left=left),
                mapped_by=tuple(dict.fromkeys(feed.mapping.name for feed in feeds)),
                fed=tuple(dict.fromkeys(feed.table for feed in feeds)),
            )
        answers = self._each.get(bare.label, self._answers)
        place = self._place(file, first)
        proposal = propose(first, profiles, place, answers, self._fed)
        if not proposal.sources:
            return replace(bare, proposal=proposal)
        proposal = self._without_repeats(proposal)
        self._taken |= {source.name for source in proposal.sources}
        self._fed |= {source.table for source in proposal.sources}
        return replace(bare, standing=Standing.PROPOSED, proposal=proposal)

    def _place(self, file: str, first: Dataset) -> Place:
        taken = frozenset(self._taken)
        if self._database is None:
            return Place(file, first.table, self._system(first), _names(first), taken)
        table = first.table or first.name
        url = plain_address(self._database)
        names = (table.rpartition(".")[2], first.name)
        return Place(None, glob.escape(table), None, names, taken, url)

    def _without_repeats(self, proposal: Proposal) -> Proposal:
        """One source reads all members of an archive that its preset knows."""
        fresh = tuple(s for s in proposal.sources if dict(s.entries) not in self._entries)
        self._entries += [dict(s.entries) for s in fresh]
        return replace(proposal, sources=fresh)

    def _glob(self, group: Sequence[Dataset]) -> str:
        if self._database is not None:
            return database_name(self._database)
        location = Path(self._store.catalog.location(group[0])).resolve()
        relative = location.relative_to(self._workspace.layout.exports.resolve())
        folder = PurePosixPath(self._workspace.settings.exports) / relative.parent.as_posix()
        if len(group) == 1:
            return str(folder / glob.escape(relative.name))
        return str(folder / _shape(relative.name))

    def _system(self, dataset: Dataset) -> str | None:
        """The folder below the exports is most often called like the system."""
        parts = PurePosixPath(dataset.name).parts
        return parts[0] if len(parts) > 1 else None


def _inside_exports(workspace: OpenWorkspace, path: Path) -> Path:
    exports = workspace.layout.exports.resolve()
    choices = (path, workspace.layout.root / path, workspace.layout.exports / path)
    place = next((c.resolve() for c in choices if c.exists()), None)
    if place is None:
        names = tuple(p.name for p in exports.rglob("*") if p.is_file())
        raise UsageError(
            f"There is no {path.name}." + did_you_mean(path.name, names),
            f"Name a file or folder below {workspace.settings.exports}.",
        )
    if not place.is_relative_to(exports):
        raise UsageError(
            f"{path.name} lies outside {workspace.settings.exports}, where exports are read from.",
            f"Copy it into {workspace.settings.exports}, then map it there.",
        )
    return place


def _is_below(exports: Path, unread: InputFile, place: str | Path) -> bool:
    """Whether it lies in a place; a database is its own."""
    if isinstance(place, str):
        return unread.name == place
    return (exports.resolve() / unread.name).is_relative_to(place)


def _groups(store: CanonicalStore, place: str | Path) -> Iterator[list[Dataset]]:
    """Datasets below the place, or in the database of that name; files of one shape, whose names
    differ by numbers, together.

    Where a source reads some of them, the others stay each by itself: a pattern for them would
    bring the rows of the first ones twice.
    """
    mapped = {(feed.dataset.name, feed.dataset.table) for feed in store.feeds}
    found: dict[object, list[Dataset]] = {}
    for dataset in store.catalog.datasets:
        location = store.catalog.location(dataset)
        if isinstance(place, str):
            if location == place:
                yield [dataset]
        elif isinstance(location, Path) and location.resolve().is_relative_to(place):
            shape = (_shape(dataset.name), dataset.table, dataset.columns)
            found.setdefault(shape, []).append(dataset)
    for group in found.values():
        read = [d for d in group if (d.name, d.table) in mapped]
        new = [d for d in group if (d.name, d.table) not in mapped]
        yield from [group] if not (read and new) else [read, *([d] for d in new)]


def _shape(name: str) -> str:
    folder, slash, own = name.rpartition("/")
    parts = [glob.escape(part) for part in _NUMBERS.sub("\0", own).split("\0")]
    return folder + slash + "*".join(parts)


def _names(dataset: Dataset) -> tuple[str, ...]:
    """What speaks for the table, the nearest first: the sheet, the file, its folder."""
    path = PurePosixPath(dataset.name)
    stem = _NUMBERS.sub("", path.name.partition(".")[0]).strip("-_. ")
    inside = PurePosixPath(dataset.table).stem if dataset.table else ""
    return tuple(name for name in (inside, stem, path.parent.name) if name) or ("export",)

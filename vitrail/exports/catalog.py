"""What there is to read: every file, table, sheet and archive member, or why it is not read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from vitrail.database_addresses import is_database
from vitrail.errors import InputUnreadable
from vitrail.exports.cursors import AT_ONCE
from vitrail.exports.formats import postgres
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.table import Table
from vitrail.exports.looking import Found, kept, look, unreadable, written_beside
from vitrail.exports.options import ReadOptions
from vitrail.exports.places import Place, files_under, root_of
from vitrail.exports.reader import TableReader
from vitrail.model import Dataset, InputFile

__all__ = ["Catalog", "ReadOptions"]


class Catalog:
    """The datasets found under some places, in a stable order, and what was quarantined.

    Holds paths and dialects only; it can be pickled to another process.
    """

    def __init__(
        self, tables: Sequence[Table], unreadable: Sequence[InputFile], options: ReadOptions
    ) -> None:
        self.options = options
        self.unreadable: tuple[InputFile, ...] = tuple(unreadable)
        self.datasets: tuple[Dataset, ...] = tuple(t.dataset for t in tables)
        self._tables: dict[tuple[str, str | None], Table] = {
            (t.dataset.name, t.dataset.table): t for t in tables
        }
        self._hashes: dict[Path, str] = {}

    @classmethod
    def discover(
        cls,
        places: Sequence[str | Path],
        *,
        root: Path | None = None,
        options: ReadOptions | None = None,
        look_up: Callable[[], None] = lambda: None,
    ) -> Catalog:
        """Look at files, folders and database URLs; nothing is read but their beginnings.

        ``root``: what names are relative to; None: each folder itself, of a file its parent.
        A place that is not there is quarantined like a file that cannot be read. ``look_up`` is
        called before each file; what it raises ends the search.
        """
        found = _Findings(options or ReadOptions())
        for place in places:
            if isinstance(place, str) and is_database(place):
                found.add_database(place)
                continue
            if isinstance(place, str) and "://" in place:
                found.refuse_url(place)
                continue
            path = Path(place).absolute()
            top = root or root_of(path)
            for item in files_under(path, top):
                found.add(item, top)
        found.look(look_up)
        return cls(found.tables, found.unreadable, found.options)

    def table(self, dataset: Dataset) -> Table:
        """The dataset's table, for reading as cells or as a relation."""
        try:
            return self._tables[dataset.name, dataset.table]
        except KeyError:
            raise InputUnreadable(
                dataset.name, f"{dataset.label} is not in the catalog.", "Look at the exports anew."
            ) from None

    def open(self, dataset: Dataset) -> TableReader:
        """A reader of the dataset's cells."""
        return self.table(dataset)

    def size(self, dataset: Dataset) -> int:
        """Bytes as stored; of a table among several in one file, an estimate of its share."""
        return self.table(dataset).size

    def details(self, dataset: Dataset) -> Mapping[str, str]:
        """How the dataset is read: encoding, delimiter and the like."""
        return self.table(dataset).details

    def location(self, dataset: Dataset) -> Path | str:
        """The file that holds the dataset; of a database its name, without credentials."""
        table = self.table(dataset)
        return table.origin.path if table.origin.path.parts else table.origin.name

    @cached_property
    def resolved(self) -> Mapping[Path, tuple[Dataset, ...]]:
        """Each file, links followed, with the datasets that it holds."""
        found: dict[Path, list[Dataset]] = {}
        for dataset in self.datasets:
            location = self.location(dataset)
            if isinstance(location, Path):
                found.setdefault(location.resolve(), []).append(dataset)
        return {path: tuple(datasets) for path, datasets in found.items()}

    def sha256(self, dataset: Dataset, stopped: Callable[[], bool] = lambda: False) -> str | None:
        """Of the whole file that holds the dataset, reckoned once; None for a database, and where
        ``stopped`` said so on the way."""
        origin = self.table(dataset).origin
        if not origin.path.parts:
            return None
        if origin.path not in self._hashes:
            try:
                found = _sha256(origin.path, stopped)
            except OSError as error:
                raise origin.refusal(error) from None
            if found is None:
                return None
            self._hashes[origin.path] = found
        return self._hashes[origin.path]

    def last_change(self, dataset: Dataset) -> tuple[int, int] | None:
        """The size of the file that holds the dataset, and when it, or what a database engine
        keeps beside it, was last written (nanoseconds); None for a database or a lost file."""
        path = self.table(dataset).origin.path
        try:
            status = path.stat()
            beside = [p.stat().st_mtime_ns for p in written_beside(path)]
        except OSError:
            return None
        return (status.st_size, max([status.st_mtime_ns, *beside])) if path.parts else None

    def is_whole(self, dataset: Dataset) -> bool:
        """Whether the file alone holds the dataset's rows; then its SHA-256 stands for them."""
        path = self.table(dataset).origin.path
        return bool(path.parts) and not any(p.stat().st_size for p in written_beside(path))


def _sha256(path: Path, stopped: Callable[[], bool]) -> str | None:
    whole, block = hashlib.sha256(), memoryview(bytearray(1 << 20))
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(block):
            if stopped():
                return None
            whole.update(block[:size])
    return whole.hexdigest()


class _Findings:
    """Collects tables and quarantined files while the places are looked through.

    Files are looked at two at a time, for to parse a long workbook takes as long as all else, and
    are kept in the order in which they were added.
    """

    def __init__(self, options: ReadOptions) -> None:
        self.options = options
        self.tables: list[Table] = []
        self.unreadable: list[InputFile] = []
        self._paths: dict[str, Path] = {}
        self._seen: set[Path] = set()
        self._added: list[Origin | Found] = []

    def add(self, item: Place, top: Path) -> None:
        """One file, once; of two places' files of one name, the later with its folder's name."""
        if self._paths.get(item.name, item.path) != item.path:
            item = replace(item, name=f"{top.name}/{item.name}")
        if item.path in self._seen:
            return
        self._seen.add(item.path)
        self._paths[item.name] = item.path
        if item.refusal is not None:
            self._quarantine(item.refusal)
            return
        self._added.append(Origin(item.name, item.path, item.size, options=self.options))

    def look(self, look_up: Callable[[], None]) -> None:
        """Look at every file that was added; ``look_up`` is called before each."""
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="looking") as pool:
            looks = [pool.submit(look, o) for o in self._added if isinstance(o, Origin)]
            coming = iter(looks)
            try:
                for one in self._added:
                    look_up()
                    found = next(coming).result() if isinstance(one, Origin) else one
                    self.tables += found.tables
                    self.unreadable += found.unreadable
            finally:  # of one that was ended, too
                for waiting in looks:
                    waiting.cancel()

    def add_database(self, url: str) -> None:
        origin = postgres.origin_of(url, self.options)
        try:
            self._added.append(kept(postgres.tables(url, origin)))
        except InputUnreadable as error:
            self._quarantine(error)

    def refuse_url(self, url: str) -> None:
        """A URL of another kind; it is told by its scheme alone, for it may hold a password."""
        scheme = url.partition("://")[0][:32]
        name = f"{scheme}://"
        reason = f"{name} names a kind of database or server that is not read."
        remedy = "Name a postgresql:// URL, or export its tables to files and name those."
        self._quarantine(InputUnreadable(name, reason, remedy))

    def _quarantine(self, error: InputUnreadable) -> None:
        self._added.append(Found((), (unreadable(error, None, None),)))


def walk(catalog: Catalog) -> Iterator[tuple[Dataset, TableReader]]:
    """Every dataset with its reader."""
    for dataset in catalog.datasets:
        yield dataset, catalog.open(dataset)

"""Canonical views made when they are first asked for, and kept right as exports turn out broken."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final

import duckdb

from vitrail.errors import InputUnreadable
from vitrail.exports import survey, views
from vitrail.exports.binding import EMAIL, GUARDIAN, BoundFeed, bind, source_view
from vitrail.exports.canonical import CANONICAL, CONTACT_TABLE
from vitrail.exports.formats.loading import quote_name
from vitrail.exports.held_rows import HeldRows
from vitrail.exports.mapping import Feed
from vitrail.exports.people import People
from vitrail.model import Dataset, InputFile

if TYPE_CHECKING:
    from vitrail.exports.catalog import Catalog


#: Exports of a table that are no larger are read once for all queries of a process.
_HELD_BYTES: Final = 32_000_000
#: How much larger than the file its rows are in memory, where it is packed by columns.
_PACKED: Final = {"parquet": 16}
#: So many files, none of them longer on average, are dearer to plan than to read.
_MANY: Final = 8
_SHORT_BYTES: Final = 4_000_000


class _View(Enum):
    """What the view of a table gives: no key columns, all columns, or the rows that are held."""

    LEAN = "lean"
    WHOLE = "whole"
    HELD = "held"


class Tables:
    """The views of one connection. ``faults`` grows as exports are opened and read, ``times`` as
    they are surveyed. ``held``: whose rows are read once and kept."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        catalog: Catalog,
        feeds: Sequence[Feed],
        people: People,
    ) -> None:
        self._connection = connection
        self._catalog = catalog
        self._people = people
        self._feeds = dict(enumerate(feeds))
        self._bound: dict[int, BoundFeed] = {}
        self._held_rows: dict[str, str] = {}
        self._views: dict[str, _View] = {}
        self._learned: set[str] = set()
        self.held = HeldRows(connection)
        self._yielded: set[str] = set()
        self._directory = False
        self.faults: list[InputFile] = []
        self.unfit: set[tuple[str, str]] = set()
        self.times: list[survey.TimesRead] = []

    def live_feeds(self) -> tuple[Feed, ...]:
        """The feeds that are not known to be broken."""
        return tuple(self._feeds.values())

    def yield_name(self, name: str) -> None:
        """Leave a canonical name to a registered table."""
        if name in self._views:
            self._connection.execute(f"DROP VIEW IF EXISTS {quote_name(name)}")
        self._yielded.add(name)

    def prepare(
        self,
        names: Collection[str],
        *,
        keys: Collection[str],
        words: frozenset[str] | None = None,
    ) -> None:
        """Have the views of these tables stand, those of ``keys`` with their key columns.

        ``words``: all names in the query, so that held rows may do; None where they may not.
        """
        for name in sorted(names):
            if name in self._yielded:
                continue
            wanted = _View.WHOLE if name in keys else _View.LEAN
            if words is not None and self.held.can_answer(name, words) and self._hold(name):
                wanted = _View.HELD
            if self._views.get(name) is not wanted:
                self._create(name, wanted)

    def set_broken_aside(self, names: Collection[str]) -> bool:
        """Read the exports of these tables to their end; those that break feed nothing more."""
        broken = False
        for number in self._numbers(names):
            bound = self._bound.get(number)
            if bound is None:
                continue
            try:
                # a count would be answered from the file's footer, and nothing runs unfetched
                every = f"SELECT bit_xor(hash(COLUMNS(*))) FROM ({bound.rows})"
                self._connection.execute(every).fetchall()
            except survey.NOT_THE_EXPORT:
                raise
            except duckdb.Error:
                self._drop(number, survey.broken(bound.feed.dataset))
                broken = True
        return broken

    def count_exports(self) -> tuple[InputFile, ...]:
        """The record of every export that can be read: hash, rows, bytes, seconds."""
        hashed = survey.hash_files(self._catalog)
        records = []
        for counted in survey.count_rows(self._connection, self._catalog):
            dataset, error = counted.dataset, counted.error
            if counted.rows is None:
                told = error if isinstance(error, InputUnreadable) else None
                self._drop_dataset(dataset, survey.broken(dataset, told))
                continue
            sha256, spent = hashed[dataset.name]
            spent += counted.seconds
            records.append(survey.as_input(self._catalog, dataset, sha256, counted.rows, spent))
        return tuple(records)

    def survey_exports(self) -> tuple[InputFile, ...]:
        """What is lost of the values of each feed, in one pass over it."""
        bound = {n: one for n in list(self._feeds) if (one := self._bind(n)) is not None}
        problems: list[InputFile] = []
        found = survey.lost_values(self._connection, tuple(bound.values()))
        for number, lost in zip(bound, found, strict=True):
            if lost.broken:
                self._drop(number, survey.broken(bound[number].feed.dataset))
            problems += lost.problems
            self.times += lost.times
        return tuple(problems)

    # --- one table --------------------------------------------------------------------------

    def _numbers(self, names: Collection[str]) -> list[int]:
        return [number for number, feed in self._feeds.items() if feed.table in names]

    def _bind(self, number: int) -> BoundFeed | None:
        if number not in self._bound:
            feed = self._feeds[number]
            try:
                bound = bind(self._connection, self._catalog, feed, source_view(number))
            except InputUnreadable as error:
                self._drop(number, survey.broken(feed.dataset, error))
                return None
            except survey.NOT_THE_EXPORT:
                raise
            except duckdb.Error:
                self._drop(number, survey.broken(feed.dataset))
                return None
            self.faults += bound.faults
            self.unfit |= {(feed.mapping.name, c) for c in feed.columns if c not in bound.fed}
            self._bound[number] = bound
        return self._bound[number]

    def _drop_dataset(self, dataset: Dataset, problem: InputFile) -> None:
        for number in [n for n, feed in self._feeds.items() if feed.dataset == dataset]:
            self._drop(number, problem)
        self.faults.append(problem)

    def _drop(self, number: int, problem: InputFile) -> None:
        feed = self._feeds.pop(number)
        self._bound.pop(number, None)
        self._views.pop(feed.table, None)
        self._learned.discard(feed.table)
        self.held.let_go(feed.table)
        self.faults.append(problem)

    def _bind_table(self, name: str) -> list[BoundFeed]:
        bound = [self._bind(number) for number in self._numbers([name])]
        return [one for one in bound if one is not None]

    def _create(self, name: str, wanted: _View) -> None:
        if wanted is _View.HELD:
            select = self.held.select(name)
        elif wanted is _View.LEAN:
            select = views.lean(CANONICAL[name], self._all(name, self._bind_table(name)))
        else:
            select = self._whole(name, self._bind_table(name))
        self._connection.execute(f"CREATE OR REPLACE VIEW {quote_name(name)} AS {select}")
        self._views[name] = wanted

    def _hold(self, name: str) -> bool:
        """Read the rows that are to be held, unless they are; False where they are not held."""
        if name in self.held.there:
            return True
        bound = self._bind_table(name)
        dear = self._are_many(bound) or self.held.is_worth(name, bound)
        if self._are_small(bound) or not dear:
            self.held.let_go(name)
            return False
        try:
            self.held.take(name, self._whole(name, bound))
        except survey.NOT_THE_EXPORT:
            raise
        except duckdb.Error:  # whoever asks meets it, too, and sets the export aside
            return False
        return True

    def _all(self, name: str, bound: Sequence[BoundFeed]) -> str:
        """The view of all feeds of a table, made anew."""
        source = quote_name(f"_all_{name}")
        self._connection.execute(f"CREATE OR REPLACE VIEW {source} AS {self._held(name, bound)}")
        return source

    def _whole(self, name: str, bound: Sequence[BoundFeed]) -> str:
        """The SELECT of all columns; whom its rows are about is learned the first time."""
        table, source = CANONICAL[name], self._all(name, bound)
        hidden, accounts = views.fed_hidden(bound), views.joins_accounts(table, bound)
        devices = any("user_pseudo_id" in one.fed for one in bound)
        if table.identifiable:
            self._learn_directory()
        if name not in self._learned:
            self._learn(source, hidden, accounts, devices)
            self._learned.add(name)
        return views.whole(table, source, hidden, accounts, devices)

    def _held(self, name: str, bound: Sequence[BoundFeed]) -> str:
        """All rows of a table: read once and held where its exports are small, else at each query.

        To plan what reads a small export takes far longer than the reading.
        """
        select = views.union(CANONICAL[name], bound)
        if not self._are_small(bound):
            return select
        held = quote_name(f"_held_{name}")
        if self._held_rows.get(name) != select:
            try:
                self._connection.execute(f"CREATE OR REPLACE TABLE {held} AS {select}")
            except survey.NOT_THE_EXPORT:
                raise
            except duckdb.Error:  # an export breaks; the query meets it and sets it aside
                return select
            self._held_rows[name] = select
        return f"SELECT * FROM {held}"

    def _are_small(self, bound: Sequence[BoundFeed]) -> bool:
        exports = [one.feed.dataset for one in bound]
        size = sum(self._catalog.size(one) * _PACKED.get(one.format, 1) for one in exports)
        return bool(bound) and size <= _HELD_BYTES

    def _are_many(self, bound: Sequence[BoundFeed]) -> bool:
        """Whether to plan the reading of so many files takes longer than the reading."""
        size = sum(self._catalog.size(one.feed.dataset) for one in bound)
        return len(bound) >= _MANY and size <= len(bound) * _SHORT_BYTES

    def _learn(
        self, source: str, hidden: Collection[str], accounts: str | None, devices: bool
    ) -> None:
        for column in (EMAIL, GUARDIAN):
            if column in hidden:
                self._people.learn_emails(f"SELECT {column} AS email FROM {source}")
        if accounts == "account_id":
            self._people.learn_accounts(f"SELECT account_id FROM {source}")
        if devices:
            self._people.learn_devices(f"SELECT user_pseudo_id AS device FROM {source}")

    def _learn_directory(self) -> None:
        """Which address is whose account: by the accounts, else by their contact data."""
        if self._directory:
            return
        self._directory = True
        for name in ("accounts", CONTACT_TABLE):
            bound = self._bind_table(name)
            if any({"account_id", "email"} <= one.fed for one in bound):
                union = views.union(CANONICAL[name], bound)
                self._people.learn_directory(f"SELECT account_id, {EMAIL} AS email FROM ({union})")
                return

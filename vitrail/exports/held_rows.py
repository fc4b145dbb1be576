"""Canonical rows that are read once and kept while a process runs, for those who ask again.

A check asks a few hundred questions of the same tables. What is text in the export is parsed,
joined to persons and typed again by each, unless its rows are held. They lie packed in memory, and
with the engine's spilled rows in the workspace's ``tmp`` where memory is short; they end with it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import duckdb

from vitrail.exports.binding import BoundFeed
from vitrail.exports.canonical import CANONICAL, PROVENANCE
from vitrail.exports.expressions import Expression
from vitrail.exports.formats.loading import quote_name

_SCHEMA: Final = "_held"
#: Read in place as fast as held rows, and without taking memory.
_TYPED: Final = frozenset({"parquet", "duckdb"})


class HeldRows:
    """``wanted``: of each table the columns to hold. ``there``: the tables whose rows are held."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._wanted: dict[str, frozenset[str]] = {}
        self.there: set[str] = set()

    def want(self, columns: Mapping[str, Collection[str]]) -> None:
        """Hold these columns of these tables when they are next asked for."""
        for name, asked in columns.items():
            self.let_go(name)
            there = CANONICAL[name].view_columns
            self._wanted[name] = frozenset(asked).intersection(there) | frozenset(PROVENANCE)

    def can_answer(self, name: str, words: frozenset[str]) -> bool:
        """Whether a query that names no more than ``words`` needs no other column."""
        wanted = self._wanted.get(name)
        return wanted is not None and words.intersection(CANONICAL[name].view_columns) <= wanted

    def is_worth(self, name: str, bound: Sequence[BoundFeed]) -> bool:
        """Whether reading the exports again would take longer than reading what is held."""
        return any(
            one.feed.dataset.format not in _TYPED
            or any(isinstance(one.feed.columns.get(c), Expression) for c in self._wanted[name])
            for one in bound
        )

    def take(self, name: str, select: str) -> None:
        """Read the rows and hold them."""
        if not self.there:
            self._connection.execute(f"ATTACH IF NOT EXISTS ':memory:' AS {_SCHEMA} (COMPRESS)")
        kept = (c for c in CANONICAL[name].view_columns if c in self._wanted[name])
        columns = ", ".join(map(quote_name, kept))
        self._connection.execute(
            f"CREATE OR REPLACE TABLE {_SCHEMA}.{quote_name(name)} AS SELECT {columns} "
            f"FROM ({select})"
        )
        self._connection.execute(f"FORCE CHECKPOINT {_SCHEMA}")  # which packs them, to a tenth
        self.there.add(name)

    def select(self, name: str) -> str:
        """The held rows, for a view."""
        return f"FROM {_SCHEMA}.{quote_name(name)}"

    def let_go(self, name: str) -> None:
        """Hold no rows of a table: it is not worth it, or an export of it turned out broken."""
        self._wanted.pop(name, None)
        if name in self.there:
            self._connection.execute(f"DROP TABLE {_SCHEMA}.{quote_name(name)}")
            self.there.discard(name)

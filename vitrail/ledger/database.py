"""What every database of a ledger has in common: two ways to use it, and one sentence a fault."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Final
from weakref import WeakSet

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from vitrail.errors import VitrailError


class Database(ABC):
    """A place for one ledger. ``home`` is the workspace, where runs lie."""

    #: What SQLAlchemy is told of a connection that reads, and of one that writes.
    _reads: ClassVar[Mapping[str, Any]]
    _writes: ClassVar[Mapping[str, Any]]

    def __init__(self, engine: Engine, home: Path) -> None:
        self.home = home
        self._engine = engine
        _OPEN.add(self)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot that later writes do not touch."""
        with self._begun(self._reads) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All or nothing, one writer at a time; waits for its turn up to ``wait`` seconds."""
        with self._begun(self._writes) as connection:
            self._take_turn(connection)
            yield connection

    @contextmanager
    def _begun(self, options: Mapping[str, Any]) -> Iterator[Connection]:
        try:
            with (
                self._engine.connect().execution_options(**options) as connection,
                connection.begin(),
            ):
                yield connection
        except DBAPIError as error:
            raise self._explained(error) from None

    @abstractmethod
    def _take_turn(self, connection: Connection) -> None:
        """Wait until no other process writes."""

    @abstractmethod
    def _explained(self, error: DBAPIError) -> VitrailError:
        """The error to raise in its place."""

    def close(self) -> None:
        """Close what is open; the next use opens anew."""
        self._engine.dispose()


_OPEN: Final[WeakSet[Database]] = WeakSet()


def _close_all() -> None:
    for database in list(_OPEN):
        database.close()


# SQLite's locks do not cross a fork, yet the child would believe that it holds them; of a server's
# connection two processes would read each other's answers
os.register_at_fork(before=_close_all)

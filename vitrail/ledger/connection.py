"""Connections to the ledger's SQLite file, each with the settings that its promises rest on.

A write begins with ``BEGIN IMMEDIATE``: a transaction that reads first and asks for the write
lock later fails at once when another has written in between, however long it would have waited.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from vitrail.errors import ConfigError, Unwritable
from vitrail.ledger.faults import explain

_PRAGMAS: Final = (
    "recursive_triggers=ON",  # else INSERT OR REPLACE deletes without firing the delete trigger
    "synchronous=FULL",  # an answered write survives a power cut
    "secure_delete=ON",  # a purged reason leaves no bytes behind
)


class Database:
    """One SQLite file and the two ways to use it: :meth:`reading` and :meth:`writing`."""

    def __init__(self, place: Path | str, wait: float) -> None:
        self.path = _path_of(place)
        self.home = self.path.parent
        self._wait = wait
        _make_private(self.path)
        self._engine = create_engine(
            URL.create("sqlite", database=str(self.path)),
            hide_parameters=True,
            connect_args={"timeout": wait},
        )
        _prepare(self._engine)
        _OPEN.add(self)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot that later writes do not touch."""
        with self._guarded() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All or nothing, one writer at a time; waits for its turn up to ``wait`` seconds."""
        with self._guarded(immediate=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def _guarded(self, **options: Any) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(**options) as connection:
                yield connection
        except DBAPIError as error:
            raise explain(error, self.path) from None

    def close(self) -> None:
        """Close what is open; the next use opens anew."""
        self._engine.dispose()


_OPEN: Final[WeakSet[Database]] = WeakSet()


def _close_all() -> None:
    for database in list(_OPEN):
        database.close()


# SQLite's locks do not cross a fork, yet the child would believe that it holds them.
os.register_at_fork(before=_close_all)


def _path_of(place: Path | str) -> Path:
    text = str(place)
    if "://" not in text:
        return Path(text).absolute()
    scheme, _, rest = text.partition(":///")
    if scheme != "sqlite" or not rest:
        raise ConfigError(
            "The ledger is kept in an SQLite file or on PostgreSQL; no other database will do.",
            "Give a path, sqlite:///path, or postgresql://user@host/database.",
        )
    return Path(rest).absolute()


def _make_private(path: Path) -> None:
    """Create the file for its owner alone; SQLite gives its companions the same rights.

    A file that is there is not opened: to close any descriptor of it would give up every lock
    that this process has on it, and another process could then take away the log of its writes.
    """
    try:
        if not path.exists():
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        pass  # another process was faster
    except OSError as error:
        raise _unwritable(path, error.strerror) from None
    if not path.is_file():
        raise _unwritable(path, "it is no file")
    if not os.access(path, os.W_OK):
        raise _unwritable(path, "this user may not")


def _unwritable(path: Path, reason: str | None) -> Unwritable:
    return Unwritable(
        f"The ledger {path.name} cannot be opened for writing ({reason}).",
        f"See that {path.parent} exists and that this user may write in it.",
    )


def _prepare(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def settle(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode=WAL")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

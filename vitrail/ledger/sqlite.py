"""Connections to the ledger's SQLite file, each with the settings that its promises rest on.

A write begins with ``BEGIN IMMEDIATE``: a transaction that reads first and asks for the write
lock later fails at once when another has written in between, however long it would have waited.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from vitrail.errors import ConfigError, Unwritable, VitrailError
from vitrail.ledger.database import Database
from vitrail.ledger.faults import explain

_PRAGMAS: Final = (
    "recursive_triggers=ON",  # else INSERT OR REPLACE deletes without firing the delete trigger
    "synchronous=FULL",  # an answered write survives a power cut
    "secure_delete=ON",  # a purged reason leaves no bytes behind
)


class SqliteDatabase(Database):
    """One SQLite file. ``wait``: how many seconds a write waits its turn."""

    _reads = MappingProxyType({})
    _writes = MappingProxyType({"immediate": True})

    def __init__(self, place: Path | str, wait: float) -> None:
        self.path = _path_of(place)
        _make_private(self.path)
        self._file = _identity(self.path)
        engine = create_engine(
            URL.create("sqlite", database=str(self.path)),
            hide_parameters=True,
            connect_args={"timeout": wait},
        )
        _prepare(engine)
        event.listen(engine, "checkout", self._require_same_file)
        super().__init__(engine, self.path.parent)

    def _take_turn(self, connection: Connection) -> None:
        """``BEGIN IMMEDIATE`` has waited already."""

    def _explained(self, error: DBAPIError) -> VitrailError:
        return explain(error, self.path)

    def _require_same_file(self, *_connection: object) -> None:
        """A connection holds on to its file wherever that is moved, even once it is deleted: what
        is written then would be in no ledger that anyone opens again."""
        if _identity(self.path) != self._file:
            raise Unwritable(
                f"The ledger {self.path.name} was moved, removed or replaced while it was open; "
                "nothing more was written.",
                f"Put it back into {self.path.parent}, or open the workspace again: reload the "
                "page, begin the command anew.",
            )


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file this is, whatever its name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


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
        if hasattr(os, "statvfs") and os.statvfs(path).f_flag & os.ST_RDONLY:
            raise Unwritable(
                f"The ledger {path.name} cannot be opened for writing: its disk is read-only.",
                f"Make the disk of {path.parent} writable again; without the ledger, nothing is "
                "shown and nothing done.",
            )
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

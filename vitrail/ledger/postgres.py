"""The ledger on a PostgreSQL server, for teams: the same two ways to use it as an SQLite file.

A write takes an advisory lock first: one writer at a time in this schema, on whichever machine.
What it reads after that is what the last writer left, for each statement sees what is committed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from vitrail.database_addresses import without_secrets
from vitrail.errors import ConfigError
from vitrail.ledger.faults import explain_server

_LOCK: Final = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('vitrail ledger ' || current_schema(), 0))"
)


class PostgresDatabase:
    """One schema of a server: :meth:`reading` and :meth:`writing`.

    ``home`` is the workspace, where runs lie. The password may stand in the address, in
    ``PGPASSWORD`` or in ``PGPASSFILE``; no message repeats it.
    """

    def __init__(self, address: str, wait: float, home: Path) -> None:
        from psycopg.conninfo import conninfo_to_dict  # a fifth of a second that files do not need

        self.home = home
        self._wait = max(1, round(wait * 1000))
        if not without_secrets(address):
            raise ConfigError(
                "ledger_url in vitrail.toml is no address of a database.",
                "Write postgresql://user@host/database; in a password @, / and : are %40, %2F "
                "and %3A.",
            )
        self._engine = create_engine(
            "postgresql+psycopg://",
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, **conninfo_to_dict(address)},
        )
        _OPEN.add(self)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot that later writes do not touch."""
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._guarded(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All or nothing, one writer at a time; waits for its turn up to ``wait`` seconds."""
        with self._guarded() as connection, connection.begin():
            connection.execute(text(f"SET LOCAL lock_timeout = {self._wait}"))
            connection.execute(_LOCK)
            yield connection

    @contextmanager
    def _guarded(self, **options: Any) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(**options) as connection:
                yield connection
        except DBAPIError as error:
            raise explain_server(error) from None

    def close(self) -> None:
        """Close what is open; the next use opens anew."""
        self._engine.dispose()


_OPEN: Final[WeakSet[PostgresDatabase]] = WeakSet()


def _close_all() -> None:
    for database in list(_OPEN):
        database.close()


# two processes on one connection would read each other's answers
os.register_at_fork(before=_close_all)

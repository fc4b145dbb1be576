"""The ledger on a PostgreSQL server, for teams: the same two ways to use it as an SQLite file.

A write takes an advisory lock first: one writer at a time in this schema, on whichever machine.
What it reads after that is what the last writer left, for each statement sees what is committed.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from vitrail.database_addresses import without_secrets
from vitrail.errors import ConfigError, VitrailError
from vitrail.ledger.database import Database
from vitrail.ledger.faults import explain_server

_LOCK: Final = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('vitrail ledger ' || current_schema(), 0))"
)


class PostgresDatabase(Database):
    """One schema of a server. The password may stand in the address, in ``PGPASSWORD`` or in
    ``PGPASSFILE``; no message repeats it."""

    _reads = MappingProxyType({"isolation_level": "REPEATABLE READ", "postgresql_readonly": True})
    _writes = MappingProxyType({})

    def __init__(self, address: str, wait: float, home: Path) -> None:
        from psycopg.conninfo import conninfo_to_dict  # a fifth of a second that files do not need

        self._wait = max(1, round(wait * 1000))
        if not without_secrets(address):
            raise ConfigError(
                "ledger_url in vitrail.toml is no address of a database.",
                "Write postgresql://user@host/database; in a password @, / and : are %40, %2F "
                "and %3A.",
            )
        engine = create_engine(
            "postgresql+psycopg://",
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, **conninfo_to_dict(address)},
        )
        super().__init__(engine, home)

    def _take_turn(self, connection: Connection) -> None:
        connection.execute(text(f"SET LOCAL lock_timeout = {self._wait}"))
        connection.execute(_LOCK)

    def _explained(self, error: DBAPIError) -> VitrailError:
        return explain_server(error)

"""``INSERT … ON CONFLICT`` in the words of either database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(connection: Connection, table: Table) -> Any:
    """An insert that can say what to do where the row is there; both speak it alike."""
    of_server = connection.dialect.name == "postgresql"
    return postgresql.insert(table) if of_server else sqlite.insert(table)

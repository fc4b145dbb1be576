"""The triggers that make ``events`` append-only, whoever holds the connection.

``REPLACE`` and upserts pass an UPDATE or DELETE trigger on a connection without
``recursive_triggers``; so the insert itself is guarded too: it must carry the next number and
the last line's hash. A BEFORE INSERT trigger fires whatever the conflict clause.

Alembic's batch mode rebuilds a table and drops its triggers without a word. Hence every migration
step ends with :func:`recreate`, called by ``migrations/env.py`` so that none can forget it.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from vitrail.ledger import postgres_guards
from vitrail.ledger.tables import GENESIS

#: What the seal of a ledger that was moved says.
MOVED: Final = postgres_guards.MOVED
TRIGGERS: Final[dict[str, str]] = {
    "events_not_updated": """
        CREATE TRIGGER events_not_updated BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'ledger: a line cannot be changed'); END""",
    "events_not_deleted": """
        CREATE TRIGGER events_not_deleted BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'ledger: a line cannot be removed'); END""",
    "events_only_appended": f"""
        CREATE TRIGGER events_only_appended BEFORE INSERT ON events
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events)
          OR NEW.prev_hash IS NOT coalesce(
               (SELECT hash FROM events ORDER BY seq DESC LIMIT 1), '{GENESIS}')
        BEGIN SELECT RAISE(ABORT, 'ledger: a line must follow the last one'); END""",
}


def recreate(connection: Connection) -> None:
    """Put every trigger in place, in its present wording."""
    if connection.dialect.name == "postgresql":
        postgres_guards.recreate(connection)
        return
    for name, statement in TRIGGERS.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(statement)


def seal(connection: Connection) -> None:
    """Let a ledger that was moved take no more lines; it stays readable, and its chain sound."""
    if connection.dialect.name == "postgresql":
        postgres_guards.seal(connection)
        return
    connection.exec_driver_sql(
        "CREATE TRIGGER IF NOT EXISTS events_moved BEFORE INSERT ON events "
        f"BEGIN SELECT RAISE(ABORT, '{MOVED}'); END"
    )


def missing(connection: Connection) -> tuple[str, ...]:
    """The triggers that are not there, or not in the words that we gave them."""
    if connection.dialect.name == "postgresql":
        return postgres_guards.missing(connection)
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    standing = {name: _words(statement) for name, statement in rows}
    return tuple(name for name, text in TRIGGERS.items() if standing.get(name) != _words(text))


def _words(statement: str) -> str:
    return " ".join(statement.split())

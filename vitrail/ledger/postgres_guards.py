"""What makes ``events`` append-only on PostgreSQL, in the server's own language.

``ENABLE ALWAYS`` fires them also where a session calls itself a replica, which passes ordinary
triggers by; ``TRUNCATE`` passes row triggers by and has its own. Whoever owns the table can take
them off: :func:`missing` says so, and the chain itself shows what was done.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from vitrail.ledger.tables import GENESIS

_KEPT: Final = "BEGIN RAISE EXCEPTION 'ledger: a line cannot be changed or removed'; END"
_FOLLOWS: Final = f"""
DECLARE last record;
BEGIN
  SELECT seq, hash INTO last FROM events ORDER BY seq DESC LIMIT 1;
  IF NEW.seq IS DISTINCT FROM coalesce(last.seq, 0) + 1
     OR NEW.prev_hash IS DISTINCT FROM coalesce(last.hash, '{GENESIS}') THEN
    RAISE EXCEPTION 'ledger: a line must follow the last one';
  END IF;
  RETURN NEW;
END
"""

#: Trigger: its function, the function's words, when it fires.
GUARDS: Final = {
    "events_not_changed": ("events_kept", _KEPT, "BEFORE UPDATE OR DELETE ON events FOR EACH ROW"),
    "events_not_emptied": ("events_kept", _KEPT, "BEFORE TRUNCATE ON events FOR EACH STATEMENT"),
    "events_only_appended": ("events_follow", _FOLLOWS, "BEFORE INSERT ON events FOR EACH ROW"),
}
_ALWAYS: Final = "A"

#: What the seal of a ledger that was moved says, and under which of SQL's codes.
MOVED: Final = "ledger: it was moved to another database"
MOVED_CODE: Final = "VL001"
_SEAL: Final = f"BEGIN RAISE EXCEPTION '{MOVED}' USING ERRCODE = '{MOVED_CODE}'; END"


def recreate(connection: Connection) -> None:
    """Put every trigger in place, in its present wording."""
    for name, (function, words, when) in GUARDS.items():
        _stand(connection, name, function, words, when)


def _stand(connection: Connection, name: str, function: str, words: str, when: str) -> None:
    for statement in (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $guard${words}$guard$",
        f"DROP TRIGGER IF EXISTS {name} ON events",
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {function}()",
        f"ALTER TABLE events ENABLE ALWAYS TRIGGER {name}",
    ):
        connection.exec_driver_sql(statement)


def seal(connection: Connection) -> None:
    """Let a ledger that was moved take no more lines."""
    _stand(connection, "events_moved", "events_sealed", _SEAL, "BEFORE INSERT ON events")


def missing(connection: Connection) -> tuple[str, ...]:
    """The triggers that are not there, not awake, or not in the words that we gave them."""
    rows = connection.exec_driver_sql(
        "SELECT t.tgname, t.tgenabled::text, p.prosrc FROM pg_trigger t "
        "JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE t.tgrelid = 'events'::regclass AND NOT t.tgisinternal"
    )
    standing = {name: words for name, state, words in rows if state == _ALWAYS}
    return tuple(name for name, (_, words, _) in GUARDS.items() if standing.get(name) != words)

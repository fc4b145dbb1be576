"""Lines are appended, numbered, chained, and cannot be touched afterwards."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from vitrail.errors import KeyMismatch, VitrailError
from vitrail.ledger import Ledger

KEY = "5ca1ab1e5ca1ab1e"


@pytest.fixture
def address(place: Path) -> Path:
    """What is said here is of SQLite's file; ``test_postgres.py`` says the like of a server."""
    return place


@pytest.fixture
def raw(filled: Ledger, place: Path) -> Iterator[sqlite3.Connection]:
    """Another program's connection, with SQLite's own defaults: recursive triggers are off."""
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        yield connection


def test_the_first_line_holds_the_keys_check_value(ledger: Ledger) -> None:
    (first,) = ledger.events()
    assert (first.seq, first.kind, first.prev_hash) == (1, "ledger_created", "0" * 64)
    assert first.payload == {"key_check": KEY}


def test_each_line_carries_the_hash_of_the_one_before(filled: Ledger) -> None:
    events = filled.events()
    assert [e.seq for e in events] == list(range(1, 11))
    assert [e.prev_hash for e in events[1:]] == [e.hash for e in events[:-1]]


def test_a_lines_hash_is_sha256_of_its_canonical_json(filled: Ledger) -> None:
    """Anyone can check a line with nothing but this recipe."""
    line = filled.events()[4]
    payload = json.dumps(line.payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    at = line.at.isoformat(timespec="microseconds")
    parts = [line.seq, at, line.kind, line.actor, payload, line.prev_hash]
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert line.hash == sha256(text.encode()).hexdigest()


def test_events_can_be_asked_by_kind_from_a_line_on_and_from_the_end(filled: Ledger) -> None:
    assert [e.seq for e in filled.events(kinds={"ledger_created"})] == [1]
    assert [e.seq for e in filled.events(after=7)] == [8, 9, 10]
    assert [e.seq for e in filled.events(after=2, limit=2)] == [3, 4]
    assert [e.seq for e in filled.events(limit=2, newest_first=True)] == [10, 9]
    assert filled.events(kinds=()) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'x' WHERE seq = 3",
        "UPDATE OR IGNORE events SET actor = 'x'",
        "DELETE FROM events WHERE seq = 10",
        "DELETE FROM events",
        "REPLACE INTO events SELECT seq, at, kind, 'x', payload, prev_hash, hash "
        "FROM events WHERE seq = 3",
        "INSERT OR REPLACE INTO events SELECT seq, at, kind, 'x', payload, prev_hash, hash "
        "FROM events WHERE seq = 10",
        "INSERT INTO events SELECT seq, at, kind, 'x', payload, prev_hash, hash FROM events "
        "WHERE seq = 10 ON CONFLICT (seq) DO UPDATE SET actor = 'x'",
        "INSERT INTO events SELECT 12, at, kind, actor, payload, hash, hash FROM events "
        "WHERE seq = 10",
        "INSERT INTO events SELECT 11, at, kind, actor, payload, prev_hash, hash FROM events "
        "WHERE seq = 10",
        "INSERT INTO events (at, kind, actor, payload, prev_hash, hash) "
        "SELECT at, kind, actor, payload, hash, hash FROM events WHERE seq = 10",
    ],
)
def test_no_statement_of_any_program_changes_removes_or_forges_a_line(
    raw: sqlite3.Connection, filled: Ledger, statement: str
) -> None:
    before = filled.events()
    with pytest.raises(sqlite3.IntegrityError, match="ledger: a line"):
        raw.execute(statement)
    assert filled.events() == before
    assert filled.verify().ok


def test_our_own_connections_fire_triggers_within_replace(ledger: Ledger) -> None:
    with ledger._database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA recursive_triggers").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_another_key_is_refused_and_the_message_says_how_to_restore_it(
    filled: Ledger, place: Path
) -> None:
    before = filled.events()
    with pytest.raises(KeyMismatch, match="Restore the file `key` from the backup") as caught:
        Ledger.open(place, "0123456789abcdef")
    assert caught.value.exit_code == 2
    assert filled.events() == before


def test_a_ledger_opened_again_goes_on_where_it_stopped(filled: Ledger, place: Path) -> None:
    filled.close()
    with Ledger.open(f"sqlite:///{place}", KEY) as again:
        assert again.append("denied", "amelie", {"action": "ask"}).seq == 11
        assert again.verify().ok


def test_the_file_is_for_its_owner_alone(filled: Ledger, place: Path) -> None:
    for file in place.parent.iterdir():
        assert file.stat().st_mode & 0o077 == 0


def test_who_acts_must_be_named(ledger: Ledger) -> None:
    for name in ("", "a\nb", "x" * 201):
        with pytest.raises(VitrailError, match="name of who acts"):
            ledger.append("denied", name, {"action": "ask"})
    assert len(ledger.events()) == 1

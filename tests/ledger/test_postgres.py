"""The ledger on a real PostgreSQL server: guarded as in a file, and plain about its faults."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from vitrail.errors import KeyMismatch, Unwritable, UsageError
from vitrail.ledger import Ledger, schema
from vitrail.ledger.tables import METADATA

KEY = "5ca1ab1e5ca1ab1e"
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("address", ["postgres"], indirect=True),
]


@pytest.fixture
def raw(filled: Ledger, address: str) -> Iterator[psycopg.Connection]:
    """Another program's connection, of the very user who owns the tables."""
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'x' WHERE seq = 3",
        "DELETE FROM events WHERE seq = 10",
        "DELETE FROM events",
        "TRUNCATE events",
        "TRUNCATE events, reasons CASCADE",
        "SET session_replication_role = replica; UPDATE events SET actor = 'x'",
        "INSERT INTO events SELECT seq, at, kind, 'x', payload, prev_hash, hash FROM events "
        "WHERE seq = 10 ON CONFLICT (seq) DO UPDATE SET actor = 'x'",
        "INSERT INTO events SELECT 12, at, kind, actor, payload, hash, hash FROM events "
        "WHERE seq = 10",
        "INSERT INTO events SELECT 11, at, kind, actor, payload, prev_hash, hash FROM events "
        "WHERE seq = 10",
        "MERGE INTO events e USING (SELECT 3 AS seq) s ON e.seq = s.seq "
        "WHEN MATCHED THEN UPDATE SET actor = 'x'",
        "COPY events FROM PROGRAM 'echo 99,a,b,c,d,e,f' WITH (FORMAT csv)",
    ],
)
def test_no_statement_of_any_program_changes_removes_or_forges_a_line(
    raw: psycopg.Connection, filled: Ledger, statement: str
) -> None:
    before = filled.events()
    with pytest.raises(psycopg.errors.RaiseException, match="ledger: a line"):
        raw.execute(statement)
    assert filled.events() == before
    assert filled.verify().ok


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE events DISABLE TRIGGER events_not_changed",
        "ALTER TABLE events ENABLE REPLICA TRIGGER events_not_changed",
        "DROP TRIGGER events_not_changed ON events",
        "CREATE OR REPLACE FUNCTION events_kept() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NEW; END'",
    ],
)
def test_a_guard_taken_off_put_to_sleep_or_hollowed_out_is_told(
    raw: psycopg.Connection, filled: Ledger, statement: str
) -> None:
    raw.execute(statement)
    problem = filled.verify().problem
    assert problem is not None
    assert "the guard events_not_changed" in problem


def test_the_migrations_and_the_tables_agree(ledger: Ledger) -> None:
    with ledger._database.reading() as connection:
        assert schema.revision(connection) == schema.HEAD
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_another_key_is_refused(filled: Ledger, address: str) -> None:
    with pytest.raises(KeyMismatch, match="Restore the file `key`"):
        Ledger.open(address, "0123456789abcdef")


def test_a_newer_ledger_is_refused_unchanged(
    raw: psycopg.Connection, filled: Ledger, address: str
) -> None:
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UsageError, match="newer version"):
        Ledger.open(address, KEY)
    assert len(filled.events()) == 10


def test_a_writer_waits_its_turn_and_is_told_when_it_does_not_come(
    filled: Ledger, address: str
) -> None:
    with Ledger.open(address, KEY, wait=0.2) as waiting:
        with filled._database.writing():
            with pytest.raises(Unwritable, match="held by another program"):
                waiting.append("denied", "amelie", {"action": "ask"})
            assert len(waiting.events()) == 10, "readers never wait"
        assert waiting.append("denied", "amelie", {"action": "ask"}).seq == 11


def test_what_is_read_is_one_moment_whatever_is_written_meanwhile(
    filled: Ledger, address: str
) -> None:
    with filled._database.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM events").scalar()
        other = threading.Thread(target=filled.append, args=("denied", "b", {"action": "ask"}))
        other.start()
        other.join()
        assert connection.exec_driver_sql("SELECT count(*) FROM events").scalar() == before
    assert len(filled.events()) == 11


def test_two_schemas_of_one_server_are_two_ledgers(
    ledger: Ledger, address: str, postgres: str
) -> None:
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS beside")
    with Ledger.open(f"{postgres}?options=-csearch_path%3Dbeside", "0123456789abcdef") as other:
        with ledger._database.writing():
            other.append("denied", "amelie", {"action": "ask"})  # not held up by the other's lock
        assert len(ledger.events()) == 1


def test_an_address_may_be_written_in_words(ledger: Ledger, address: str) -> None:
    before = ledger.append("denied", "amelie", {"action": "ask"})
    with Ledger.open(_in_words(address), KEY) as again:
        assert again.events()[-1] == before
        assert "a-secret-word" not in repr(vars(again._database)["_engine"])


def _in_words(address: str) -> str:
    parts = psycopg.conninfo.conninfo_to_dict(address)
    return " ".join(f"{name}='{value}'" for name, value in parts.items())


@pytest.mark.parametrize(
    "change",
    [("/postgres?", "/nowhere?"), ("127.0.0.1:", "127.0.0.1:1"), ("auditor:", "nobody-here:")],
)
def test_a_server_that_does_not_open_is_told_without_its_password(
    address: str, change: tuple[str, str]
) -> None:
    with pytest.raises(Unwritable, match="cannot be reached, or does not let") as caught:
        Ledger.open(address.replace(*change), KEY)
    shown = f"{caught.value!r} {caught.value} {caught.value.__cause__}"
    assert "a-secret-word" not in shown
    assert "127.0.0.1" not in shown


def test_a_workspace_keeps_its_ledger_where_its_settings_say(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import vitrail

    (tmp_path / "vitrail.toml").write_text("")
    monkeypatch.setenv("VITRAIL_SET_LEDGER_URL", address)
    with vitrail.open(tmp_path) as workspace:
        run = workspace.layout.runs / "scan-1"
        workspace.ledger.start_run("scan-1", run, 1, "amelie", "scan")
        assert workspace.runs()[0].directory == str(run)
        assert workspace.verify_ledger().ok
        assert "a-secret-word" not in str(workspace.settings_shown())
    assert not (tmp_path / "ledger.db").exists()

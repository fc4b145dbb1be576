"""A ledger is brought to the present shape when it is opened, and never loses its guard."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import vitrail.ledger
from vitrail.errors import UsageError
from vitrail.ledger import Ledger, schema, triggers
from vitrail.ledger.sqlite import SqliteDatabase
from vitrail.ledger.tables import METADATA

KEY = "5ca1ab1e5ca1ab1e"


@pytest.fixture
def address(place: Path) -> Path:
    """What is said here is of SQLite's file; ``test_postgres.py`` says the like of a server."""
    return place


CARELESS = '''
"""A migration in batch mode, which rebuilds the table and drops its triggers without a word."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"

def upgrade():
    with op.batch_alter_table("events", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.Text))
'''


def script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("path_separator", "newline")
    folder = Path(vitrail.ledger.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    return ScriptDirectory.from_config(config)


def test_the_head_that_the_code_expects_is_the_last_migration() -> None:
    assert script().get_heads() == [schema.HEAD]


@pytest.mark.parametrize("revision", [r.revision for r in script().walk_revisions()])
def test_after_every_migration_the_triggers_stand(place: Path, revision: str) -> None:
    with SqliteDatabase(place, 5).writing() as connection:
        schema.upgrade(connection, to=revision)
        assert triggers.missing(connection) == ()


def test_a_migration_that_forgets_the_triggers_cannot_lose_them(
    filled: Ledger, place: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "versions"
    folder.mkdir()
    (folder / "r9999_careless.py").write_text(CARELESS.format(head=schema.HEAD))
    before = filled.events()
    with SqliteDatabase(place, 5).writing() as connection:
        schema.upgrade(connection, versions=folder)
        assert schema.revision(connection) == "9999"
        assert triggers.missing(connection) == ()
    with closing(sqlite3.connect(place)) as raw:
        raw.execute("SELECT note FROM events")
        with pytest.raises(sqlite3.IntegrityError, match="cannot be removed"):
            raw.execute("DELETE FROM events")
    assert filled.events() == before
    assert filled.verify().ok


def test_the_migrations_and_the_tables_agree(ledger: Ledger) -> None:
    with ledger._database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_a_ledger_of_a_newer_version_is_refused_unchanged(filled: Ledger, place: Path) -> None:
    with closing(sqlite3.connect(place, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UsageError, match="newer version"):
        Ledger.open(place, KEY)
    assert len(filled.events()) == 10


def test_a_ledger_whose_making_was_cut_short_is_made_whole(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All steps and the first line are one transaction: there is no half-made ledger."""

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("vitrail.ledger.chain.append", cut)
    with pytest.raises(KeyboardInterrupt):
        Ledger.open(place, KEY)
    monkeypatch.undo()
    with closing(sqlite3.connect(place)) as raw:
        assert raw.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    with Ledger.open(place, KEY) as ledger:
        assert len(ledger.events()) == 1


def test_a_path_with_a_percent_sign_is_no_trap(tmp_path: Path) -> None:
    folder = tmp_path / "100% sure [x] é"
    folder.mkdir()
    with Ledger.open(folder / "ledger.db", KEY) as ledger:
        assert ledger.verify().ok

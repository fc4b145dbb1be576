"""A ledger moved to a real PostgreSQL and back: every line as it was, none written beside."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select
from typer.testing import CliRunner

import vitrail
from vitrail.access import local_actor
from vitrail.cli.commands import application
from vitrail.errors import Forbidden, UsageError
from vitrail.ledger import Ledger
from vitrail.ledger.tables import METADATA
from vitrail.model import Actor, Decision, Disposition, Finding, Progress, Role

KEY = "5ca1ab1e5ca1ab1e"
#: Comments, a table and a setting, each where the user put it.
SETTINGS = '# ours\nexports = "exports"  # as ever\n\n[systems]  # all of them\nshop = "Shop"\n'
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("address", ["postgres"], indirect=True),
]


@pytest.fixture
def server(address: str) -> str:
    """The same address as people write it: its password is elsewhere."""
    return address.replace(":a-secret-word@", "@")


@pytest.fixture
def lived(place: Path, finding: Callable[..., Finding]) -> Ledger:
    """A ledger in a file with something in most of its tables."""
    ledger = Ledger.open(place, KEY)
    ledger.start_run("scan-1", place.parent / "runs", os.getpid(), "amelie", "scan")
    ledger.beat("scan-1", Progress(1, 3, 10, 20, 0, 0.1))
    ledger.record_findings("scan-1", [finding("f1", score=0.1 + 0.2), finding("f2")])
    f1 = next(f for f in ledger.findings() if f.id == "f1")
    words = "Zoë's — “quoted” \U0001f512"
    ledger.dispose(Disposition(f1.id, Decision.CONFIRM, words, "amelie", datetime.now(UTC)))
    ledger.begin_session("0123456789abcdef", "amelie", [Role.AUDITOR])
    return ledger


def content(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with ledger._database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in METADATA.sorted_tables
        }


def test_every_row_arrives_and_the_chain_has_the_head_that_was_noted(
    lived: Ledger, place: Path, server: str
) -> None:
    before, noted = content(lived), lived.verify()
    assert lived.carry_over(server, home=place.parent) == noted
    with Ledger.open(server, KEY, home=place.parent) as moved:
        assert content(moved) == before
        assert moved.verify(noted.head) == noted
        moved.rebuild_state()
        assert content(moved) == before
        head = moved.append("denied", "amelie", {"action": "ask"}).hash
        back = place.with_name("back.db")
        assert moved.carry_over(back, home=place.parent).head == head
        with Ledger.open(back, KEY) as home:
            assert home.verify(noted.head).ok
            assert home.append("denied", "amelie", {"action": "ask"}).prev_hash == head
        with pytest.raises(UsageError, match="moved to another database"):
            moved.append("denied", "amelie", {"action": "ask"})


def test_what_still_has_the_old_ledger_open_writes_no_line_to_it(
    lived: Ledger, place: Path, server: str
) -> None:
    with Ledger.open(place, KEY) as elsewhere:
        noted = elsewhere.verify()
        lived.carry_over(server, home=place.parent)
        with pytest.raises(UsageError, match=r"takes no more lines.*ledger_url"):
            elsewhere.append("denied", "amelie", {"action": "ask"})
        assert elsewhere.verify() == noted, "the old one stays a sound copy"


def test_a_database_with_entries_of_its_own_is_refused_and_left_as_it_is(
    lived: Ledger, place: Path, server: str
) -> None:
    with Ledger.open(server, KEY) as other:
        other.append("denied", "somebody", {"action": "ask"})
        before = content(other)
        with pytest.raises(UsageError, match="already holds the entries of another"):
            lived.carry_over(server, home=place.parent)
        assert content(other) == before
    assert lived.append("denied", "amelie", {"action": "ask"}).seq > 1, "the old one is in force"


def test_a_broken_chain_is_not_moved(lived: Ledger, place: Path, server: str) -> None:
    lived.close()
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("DROP TRIGGER events_not_updated")
        other.execute("UPDATE events SET actor = 'x' WHERE seq = 2")
    with pytest.raises(UsageError, match="not whole is not moved: Line 2 was changed"):
        lived.carry_over(server, home=place.parent)
    assert not tables(server)


def test_a_move_that_is_cut_short_leaves_nothing_and_is_gone_on_with(
    lived: Ledger, place: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vitrail.ledger import moving

    noted = lived.verify()
    with monkeypatch.context() as cut:
        cut.setattr(moving, "verify", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            lived.carry_over(server, home=place.parent)
    assert not tables(server)
    with monkeypatch.context() as cut:
        cut.setattr(moving, "seal", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            lived.carry_over(server, home=place.parent)
    assert tables(server), "the copy stands, the old one is not sealed yet"
    assert lived.carry_over(server, home=place.parent) == noted
    assert lived.carry_over(server, home=place.parent) == noted, "once more changes nothing"


def tables(server: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server) as connection:
        return connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        ).fetchall()


def test_a_workspace_is_moved_there_and_back_with_its_settings(server: str, tmp_path: Path) -> None:
    config = tmp_path / "vitrail.toml"
    config.write_text(SETTINGS)
    with vitrail.open(tmp_path) as workspace:
        workspace.propose_settings()
        noted = workspace.move_ledger(server)
    assert config.read_text().replace(f'ledger_url = "{server}"\n', "") == SETTINGS
    with vitrail.open(tmp_path) as workspace:
        assert workspace.verify_ledger() == noted
        assert not workspace.settings_standing().approved, "the settings are others now"
        later = workspace.propose_settings()
        with pytest.raises(UsageError, match="already holds the entries"):
            workspace.move_ledger("ledger.db")
        (tmp_path / "ledger.db").rename(tmp_path / "before.db")
        workspace.move_ledger("ledger.db")
    assert config.read_text() == SETTINGS
    with vitrail.open(tmp_path) as workspace:
        assert workspace.verify_ledger(noted.head).length > noted.length
        assert workspace.settings_standing().digest != later.digest


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("{address}", "password into vitrail.toml"),
        ("mysql://host/db", "PostgreSQL database, or back into its own file"),
        ("elsewhere.db", "PostgreSQL database, or back into its own file"),
        ("ledger.db", "there already"),
    ],
)
def test_an_address_that_would_not_do_is_refused_before_anything_is_done(
    to: str, why: str, address: str, tmp_path: Path
) -> None:
    (tmp_path / "vitrail.toml").write_text(SETTINGS)
    with vitrail.open(tmp_path) as workspace:
        with pytest.raises(UsageError, match=why) as refused:
            workspace.move_ledger(to.format(address=address))
        assert "a-secret-word" not in str(refused.value)
        workspace.propose_settings()
    assert (tmp_path / "vitrail.toml").read_text() == SETTINGS


def test_only_an_admin_moves_the_ledger(server: str, tmp_path: Path) -> None:
    (tmp_path / "vitrail.toml").write_text(SETTINGS)
    assert Role.ADMIN in local_actor().roles
    auditor = Actor("amelie", frozenset({Role.AUDITOR, Role.INVESTIGATOR, Role.ANALYST}))
    with vitrail.open(tmp_path, auditor) as workspace, pytest.raises(Forbidden, match="admin"):
        workspace.move_ledger(server)


def test_the_command_says_what_it_moved_and_what_is_still_to_do(
    server: str, tmp_path: Path
) -> None:
    (tmp_path / "vitrail.toml").write_text(SETTINGS)
    with vitrail.open(tmp_path) as workspace:
        noted = workspace.verify_ledger()
    run = CliRunner().invoke
    done = run(application, ["ledger", "move", "--to", server, "-C", str(tmp_path)])
    assert f"The head is as it was: {noted.head}" in " ".join(done.output.split())
    assert "vitrail settings propose" in done.output
    walked = run(application, ["ledger", "verify", "--head", noted.head, "-C", str(tmp_path)])
    assert walked.exit_code == 0
    assert "is whole" in walked.output

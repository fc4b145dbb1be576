"""What the tests of the ledger share: a fresh one, findings to put in, and a hand in its file."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from vitrail.ledger import Ledger
from vitrail.ledger.postgres_guards import GUARDS
from vitrail.model import Finding, FindingStatus, Severity

KEY = "5ca1ab1e5ca1ab1e"

MADE = Finding(
    id="f0",
    dataset="support.json",
    table=None,
    column="body",
    entity_type="EMAIL_ADDRESS",
    severity=Severity.MEDIUM,
    cells=12,
    values=9,
    score=0.9,
    recognizer="EmailRecognizer",
    explanation="The pattern of an e-mail address.",
    samples=("j•••@•••.fr",),
    expected=False,
    status=FindingStatus.OPEN,
    run="r1",
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, place: Path) -> Path | str:
    """Where a ledger may be kept: a file, or a schema of its own on a real server."""
    if request.param == "sqlite":
        return place
    server = request.getfixturevalue("postgres")
    schema = f"ledger_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    return f"{server}?options=-csearch_path%3D{schema}"


@pytest.fixture
def ledger(address: Path | str, place: Path) -> Iterator[Ledger]:
    with Ledger.open(address, KEY, home=place.parent) as opened:
        yield opened


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Ten lines: the first, and nine refusals to nine rooms."""
    for number in range(9):
        ledger.append("denied", "amelie", {"action": f"room{number}"})
    return ledger


@pytest.fixture
def tamper(address: Path | str) -> Callable[..., None]:
    """Run statements as someone who holds the database could: the triggers taken off first."""

    def on_server(*statements: str) -> None:
        with psycopg.connect(str(address), autocommit=True) as connection:
            connection.execute("ALTER TABLE events DISABLE TRIGGER USER")
            for statement in statements:
                connection.execute(statement)
            for name in GUARDS:
                connection.execute(f"ALTER TABLE events ENABLE ALWAYS TRIGGER {name}")

    def run(*statements: str) -> None:
        if isinstance(address, str):
            on_server(*statements)
            return
        with closing(sqlite3.connect(address, isolation_level=None)) as connection:
            kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'")
            triggers = kept.fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                connection.execute(statement)
            for _, statement in triggers:
                connection.execute(statement)

    return run


@pytest.fixture(scope="session")
def finding() -> Callable[..., Finding]:
    return lambda name, **changes: replace(MADE, id=name, **changes)


@pytest.fixture(scope="session")
def state_of() -> Callable[[Path], dict[str, list[str]]]:
    """All that the events add up to, as it stands in a ledger's file."""

    def read(place: Path) -> dict[str, list[str]]:
        with closing(sqlite3.connect(place)) as connection:
            return {
                table: sorted(map(repr, connection.execute(f"SELECT * FROM {table}")))
                for table in ("runs", "standings", "findings", "reasons", "finding_history")
            }

    return read

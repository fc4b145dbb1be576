"""A database that nothing maps yet: the same proposal, lines and readiness as of a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import adbc_driver_postgresql.dbapi
import pytest

from tests.cli.map.clients import Mapped, document, sources
from vitrail.config import load
from vitrail.exports.store import discover

SECRET = "a-secret-word"


@pytest.fixture
def shop(postgres: str) -> Iterator[str]:
    """The address of a database with a schema of clients and of orders of theirs."""
    clients = ", ".join(
        f"('{n}', 'zzqraw{n}@mail.example.org', '2025-0{n % 9 + 1}-11 10:00+00', "
        f"{'NULL' if n % 5 else repr('2026-05-01 10:00+00')})" for n in range(30)
    )  # fmt: skip
    orders = ", ".join(f"('o{n}', '{n % 30}', '2026-03-0{n % 9 + 1} 10:00+00')" for n in range(60))
    with adbc_driver_postgresql.dbapi.connect(postgres, autocommit=True) as c, c.cursor() as cursor:
        cursor.execute("CREATE SCHEMA shop")
        cursor.execute(
            "CREATE TABLE shop.clients"
            " (account_id text, email text, created_at timestamptz, closed_at timestamptz)"
        )
        cursor.execute(f"INSERT INTO shop.clients VALUES {clients}")
        cursor.execute(
            "CREATE TABLE shop.orders (order_id text, account_id text, created_at timestamptz)"
        )
        cursor.execute(f"INSERT INTO shop.orders VALUES {orders}")
    yield postgres
    with adbc_driver_postgresql.dbapi.connect(postgres, autocommit=True) as c, c.cursor() as cursor:
        cursor.execute("DROP SCHEMA shop CASCADE")


@pytest.mark.postgres
def test_a_table_of_a_database_is_proposed_written_and_read(
    mapped: Mapped, place: Path, shop: str
) -> None:
    code, out, err = mapped(shop, "--inside", "shop.orders", "--write")
    assert code == 0, err
    assert SECRET not in out + err
    assert "The password was not written" in err
    (written,) = sources(place).values()
    assert (written["table"], written["inside"]) == ("orders", "shop.orders")
    assert written["columns"]["account_id"] == "account_id"
    assert SECRET not in (place / "vitrail.toml").read_text()
    catalog = discover(place, load(place / "vitrail.toml"))
    assert "shop.orders" in {dataset.table for dataset in catalog.datasets}
    code, out, err = mapped(shop, "--inside", "shop.orders")
    assert "is mapped already" in err


@pytest.mark.postgres
def test_it_tells_what_becomes_testable_and_whose_rows_they_are(mapped: Mapped, shop: str) -> None:
    answer = document(mapped, shop, "--inside", "shop.*")
    told = {export["export"]: export for export in answer["exports"]}
    assert set(told) == {"postgres · shop.clients", "postgres · shop.orders"}
    assert {s["table"] for e in told.values() for s in e["sources"]} == {"accounts", "orders"}
    orders = told["postgres · shop.orders"]
    assert (orders["rows"], orders["unlinked"], orders["known_accounts"]) == (60, 0, 60)
    waits = {m["column"]: m["opens_with_others"] for m in answer["controls"]["missing"]}
    assert "RET-01" in waits["accounts.status"]
    assert SECRET not in repr(answer)


@pytest.mark.postgres
def test_what_is_not_there_is_told_without_the_address(mapped: Mapped, shop: str) -> None:
    code, _, err = mapped(shop, "--inside", "shop.order")
    assert (code, "Did you mean shop.orders?" in err) == (2, True), err
    code, _, err = mapped(shop.replace("/postgres", "/no_such_database"))
    assert code == 3
    assert "could not be reached" in err or "no_such_database" in err
    assert SECRET not in err

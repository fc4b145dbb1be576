"""SQLite, DuckDB and a real PostgreSQL: every table, read-only, in a stable order."""

from __future__ import annotations

import pickle
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import adbc_driver_postgresql.dbapi
import duckdb
import pytest
from psycopg.conninfo import conninfo_to_dict

from vitrail.exports.reader import UNREAD

# --- SQLite -----------------------------------------------------------------------------------


def _sqlite(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    return path


def test_a_sqlite_column_may_mix_types(exports: Any) -> None:
    """The driver types a column by its first batch; 3,000 nulls made it one of integers."""
    path = _sqlite(
        exports.folder / "a.sqlite",
        "CREATE TABLE t (mixed, late TEXT, r REAL, b BLOB)",
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i < 2999) "
        "INSERT INTO t SELECT i, NULL, NULL, NULL FROM n",
        "INSERT INTO t VALUES ('x', 'here', 4242424242424242.0, x'636166c3a9')",
        "INSERT INTO t VALUES (1.10, NULL, 1.5, x'ff40')",
    )
    look = exports.look(path)
    cells = look.cells("t")
    assert look.failure is None
    assert cells["mixed"][2999:] == [(2999, (), "2999"), (3000, (), "x"), (3001, (), "1.1")]
    assert cells["late"] == [(3000, (), "here")]
    assert cells["r"] == [(3000, (), "4242424242424242"), (3001, (), "1.5")]
    assert cells["b"] == [(3000, (), "café"), (3001, (), UNREAD)]
    assert look.cells("t", start_row=3001, columns=["r"]) == {"r": [(3001, (), "1.5")]}
    assert look.sql("SELECT mixed FROM t WHERE _row = 3000") == [{"mixed": "x"}]


def test_a_sqlite_index_does_not_change_the_order_of_rows(exports: Any) -> None:
    path = _sqlite(
        exports.folder / "a.sqlite",
        "CREATE TABLE t (name TEXT, note TEXT)",
        "INSERT INTO t VALUES ('z', 'first'), ('a', 'second')",
        "CREATE INDEX by_name ON t (name)",
    )
    assert exports.look(path).cells("t", columns=["name"]) == {"name": [(0, (), "z"), (1, (), "a")]}


def test_odd_names_empty_tables_and_views_of_sqlite(exports: Any) -> None:
    path = _sqlite(
        exports.folder / "a.sqlite",
        'CREATE TABLE "odd ""name""" ("a b" TEXT)',
        'INSERT INTO "odd ""name""" VALUES (\'x\')',
        "CREATE TABLE nobody (id INTEGER)",
        "CREATE VIEW v AS SELECT 1 AS one",
    )
    look = exports.look(path)
    assert look.tables == ["nobody", 'odd "name"']
    assert look.texts('odd "name"') == {"a b": ["x"]}
    assert look.cells("nobody") == {}


def test_rows_still_in_a_write_ahead_log_are_read_and_nothing_is_written_beside(
    exports: Any, tmp_path: Path
) -> None:
    source = tmp_path / "live.sqlite"
    writer = sqlite3.connect(source)
    try:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE t (a)")
        writer.execute("INSERT INTO t VALUES ('in the log')")
        writer.commit()
        for suffix in ("", "-wal"):
            exports.write(f"copy.sqlite{suffix}", Path(f"{source}{suffix}").read_bytes())
    finally:
        writer.close()
    before = sorted((p.name, p.read_bytes()) for p in exports.folder.iterdir())
    look = exports.look(exports.folder / "copy.sqlite")
    assert look.texts("t") == {"a": ["in the log"]}
    assert sorted((p.name, p.read_bytes()) for p in exports.folder.iterdir()) == before


def test_a_damaged_sqlite_file_is_quarantined_or_named_where_it_breaks(exports: Any) -> None:
    path = _sqlite(
        exports.folder / "a.sqlite",
        "CREATE TABLE t (a TEXT)",
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i < 20000) "
        "INSERT INTO t SELECT 'value ' || i FROM n",
    )
    whole = path.read_bytes()
    look = exports.of("cut.sqlite", whole[:50])
    assert "cut.sqlite is SQLite that breaks off" in look.reasons[0]
    look = exports.of("bad.sqlite", whole[: len(whole) // 2] + b"\xff" * (len(whole) // 2))
    look.cells("t")
    assert "bad.sqlite is damaged in table t" in look.failure.message


# --- DuckDB -----------------------------------------------------------------------------------


@pytest.fixture
def shop(exports: Any) -> Path:
    path: Path = exports.folder / "shop.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute(
            "CREATE TABLE t AS SELECT i AS n, {'mail': 'm' || i, 'tags': [i]} AS who, "
            "1.10::DECIMAL(5,2) AS price, TIMESTAMPTZ '2024-01-02 03:00:00+00' AS ts "
            "FROM range(3) r(i)"
        )
        database.execute("CREATE SCHEMA crm; CREATE TABLE crm.u (a INTEGER)")
        database.execute("CREATE VIEW leak AS SELECT * FROM read_csv('/etc/passwd')")
    return path


def test_duckdb_tables_are_read_with_types_and_views_are_left_alone(
    exports: Any, shop: Path
) -> None:
    look = exports.look(shop)
    assert look.tables == ["crm.u", "t"]
    cells = look.cells("t")
    assert cells["who.mail"] == [(0, (), "m0"), (1, (), "m1"), (2, (), "m2")]
    assert cells["who.tags[]"][1] == (1, (0,), "1")
    assert cells["price"][0][2] == "1.10"
    assert cells["ts"][0][2] == "2024-01-02 03:00:00Z"
    assert look.cells("t", start_row=2, columns=["n"]) == {"n": [(2, (), "2")]}
    assert look.sql("SELECT n + 1 AS m, who.mail AS w FROM t WHERE _row = 1", "t") == [
        {"m": 2, "w": "m1"}
    ]


def test_a_duckdb_file_held_by_a_writer_is_quarantined_with_the_remedy(
    exports: Any, shop: Path
) -> None:
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(shop)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"held\n"
        look = exports.look(shop)
        writer.communicate(b"\n")
    assert "shop.duckdb is DuckDB that cannot be opened" in look.reasons[0]
    assert "Close the program" in look.reasons[0]


# --- PostgreSQL -------------------------------------------------------------------------------


@pytest.fixture
def billing(postgres: str) -> str:
    with adbc_driver_postgresql.dbapi.connect(postgres, autocommit=True) as c, c.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS crm CASCADE")
        cursor.execute("DROP TABLE IF EXISTS customers, visits CASCADE")
        cursor.execute("DROP TYPE IF EXISTS plan")
        cursor.execute("CREATE TYPE plan AS ENUM ('free', 'paid')")
        cursor.execute(
            "CREATE TABLE customers (id int, mail text, paid numeric(10,2), at timestamptz, "
            "born date, extra jsonb, ip inet, tags text[], raw bytea, score float8, ok boolean, "
            "plan plan)"
        )
        cursor.execute(
            "INSERT INTO customers VALUES (1, 'zoé@example.org', 1.10, '2024-01-02 04:00+01', "
            "'1990-03-04', '{\"a\": 1.10}', '192.0.2.7', '{x,y}', '\\x6162ff', 1.0, true, 'paid'), "
            "(2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)"
        )
        cursor.execute("CREATE VIEW broken AS SELECT 1 / (id - 1) AS x FROM customers")
        cursor.execute("CREATE SCHEMA crm")
        cursor.execute('CREATE TABLE crm."Odd Name" ("a b" text, n int)')
        cursor.execute("CREATE TABLE visits (id int) PARTITION BY RANGE (id)")
        cursor.execute("CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM (0) TO (10)")
        cursor.execute("INSERT INTO visits SELECT generate_series(0, 9)")
    return postgres


@pytest.mark.postgres
def test_postgres_tables_are_read_as_their_server_writes_them(exports: Any, billing: str) -> None:
    look = exports.look(billing)
    assert look.tables == ["crm.Odd Name", "customers", "visits"]
    assert look.dataset("customers").name == "postgres"
    assert look.texts("customers") == {
        "id": ["1", "2"],
        "mail": ["zoé@example.org"],
        "paid": ["1.10"],
        "at": ["2024-01-02 03:00:00+00"],
        "born": ["1990-03-04"],
        "extra": ['{"a": 1.10}'],
        "ip": ["192.0.2.7"],
        "tags": ["{x,y}"],
        "raw": [UNREAD],
        "score": ["1"],
        "ok": ["true"],
        "plan": ["paid"],
    }
    assert [c[0] for c in look.cells("visits", start_row=4)["id"]] == [4, 5, 6, 7, 8, 9]


@pytest.mark.postgres
def test_sql_sees_postgres_types_even_of_an_empty_table(exports: Any, billing: str) -> None:
    look = exports.look(billing)
    query = 'SELECT "at", born, score + 1 AS s, paid::DECIMAL(10,2) * 2 AS p FROM t WHERE _row = 0'
    (row,) = look.sql(query, "customers")
    assert row["at"] == datetime(2024, 1, 2, 3, tzinfo=UTC)
    assert row["born"] == date(1990, 3, 4)
    assert (row["s"], str(row["p"])) == (2.0, "2.20")
    assert look.sql("SELECT typeof(n) AS k FROM (SELECT max(n) AS n FROM t)", "crm.Odd Name") == [
        {"k": "INTEGER"}
    ]


@pytest.mark.postgres
def test_neither_password_nor_host_is_in_anything_that_is_shown(exports: Any, billing: str) -> None:
    look = exports.look(billing, billing.replace("/postgres", "/no_such_database"))
    shown = repr(look.catalog.datasets) + repr(look.catalog.unreadable) + "".join(look.reasons)
    shown += "".join(repr(look.catalog.open(d)) for d in look.catalog.datasets)
    shown += "".join(str(look.catalog.location(d)) for d in look.catalog.datasets)
    assert "a-secret-word" not in shown
    assert "127.0.0.1" not in shown
    assert "no_such_database could not be reached, or refused the user." in look.reasons[0]


@pytest.mark.postgres
def test_an_address_in_words_reads_the_same_tables(exports: Any, billing: str) -> None:
    words = " ".join(f"{k}='{v}'" for k, v in conninfo_to_dict(billing).items())
    assert exports.look(words).tables == exports.look(billing).tables


@pytest.mark.postgres
def test_a_postgres_table_can_be_read_by_another_process(exports: Any, billing: str) -> None:
    look = exports.look(billing)
    again = pickle.loads(pickle.dumps(look.catalog))
    reader = again.open(look.dataset("visits"))
    assert sum(batch.rows for batch in reader.batches()) == 10


def test_what_an_open_database_has_beside_it_is_read_with_it_and_not_by_itself(
    exports: Any,
) -> None:
    path = exports.folder / "open.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE people (mail)")
        database.execute("INSERT INTO people VALUES ('zoe@example.org')")
        database.commit()
        exports.write("lonely.db-wal", bytes(64))
        assert path.with_name("open.db-wal").exists()
        look = exports.look()
        assert [d.name for d in look.catalog.datasets] == ["open.db"]
        assert [i.name for i in look.catalog.unreadable] == ["lonely.db-wal"]

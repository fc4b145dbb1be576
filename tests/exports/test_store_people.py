"""Who a row is about: one key for one person, wherever and however it is written."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from vitrail.config import Settings
from vitrail.exports.store import CanonicalStore
from vitrail.keys import Keyring

KEYS = Keyring(bytes(range(32)))
ANN = KEYS.subject_key("ann@example.org")

SOURCES = {
    "accounts": {
        "file": "exports/shop.sqlite",
        "inside": "accounts",
        "table": "accounts",
        "columns": {"account_id": "id", "email": "mail"},
    },
    "profiles": {
        "file": "exports/crm.xlsx",
        "inside": "Clients",
        "table": "profiles",
        "columns": {"account_id": "N° client", "email": "E-mail", "name": "Nom"},
    },
    "sends": {
        "file": "exports/sends.csv",
        "table": "marketing_sends",
        "columns": {"send_id": "id", "email": "Email Address"},
    },
    "orders": {
        "file": "exports/shop.sqlite",
        "inside": "orders",
        "table": "orders",
        "columns": {"order_id": "id", "account_id": "account"},
    },
    "guardians": {
        "file": "exports/guardians.csv",
        "table": "guardian_authorisations",
        "columns": {"account_id": "account", "guardian_email": "guardian"},
    },
    "ga4": {
        "file": "exports/ga4.parquet",
        "table": "ga4_events",
        "columns": {"user_id": "user_id", "user_pseudo_id": "user_pseudo_id"},
    },
}


@pytest.fixture
def company(tmp_path: Path) -> Path:
    exports = tmp_path / "exports"
    exports.mkdir()
    with closing(sqlite3.connect(exports / "shop.sqlite")) as database:
        database.execute("CREATE TABLE accounts (id INTEGER, mail TEXT)")
        database.execute("INSERT INTO accounts VALUES (1, 'Ann@Example.org'), (2, NULL)")
        database.execute("CREATE TABLE orders (id TEXT, account INTEGER)")
        database.execute("INSERT INTO orders VALUES ('o1', 1), ('o2', 2), ('o3', 99)")
        database.commit()
    with xlsxwriter.Workbook(exports / "crm.xlsx") as book:
        sheet = book.add_worksheet("Clients")
        for row, cells in enumerate(
            [("N° client", "E-mail", "Nom"), (1, "ANN@EXAMPLE.ORG", "Ann")]
        ):
            sheet.write_row(row, 0, cells)
    with (exports / "sends.csv").open("w", newline="") as file:
        csv.writer(file).writerows(
            [
                ("id", "Email Address"),
                ("s1", " ann@example.ORG "),
                ("s2", "zoe@example.org"),
                ("s3", "Zoé? no address"),
                ("s4", "mailto:zoe@example.org"),
            ]
        )
    (exports / "guardians.csv").write_text("account,guardian\n2,Ann@Example.org\n")
    ga4 = {"user_id": ["1", "77", None], "user_pseudo_id": ["d1", "d2", "d3"]}
    pq.write_table(pa.table(ga4), exports / "ga4.parquet")
    return tmp_path


Opener = Callable[..., CanonicalStore]


@pytest.fixture
def open_store(company: Path) -> Opener:
    def opener(keys: Keyring = KEYS) -> CanonicalStore:
        return CanonicalStore.open(company, Settings(sources=SOURCES), keys)

    return opener


def column(store: CanonicalStore, sql: str) -> list[object]:
    values: list[object] = store.query(sql).column(0).to_pylist()
    return values


def test_one_person_in_a_database_a_workbook_and_a_csv_has_one_key(open_store: Opener) -> None:
    with open_store() as store:
        for sql in (
            "SELECT subject_key FROM accounts WHERE account_id = '1'",
            "SELECT subject_key FROM profiles",
            "SELECT subject_key FROM marketing_sends WHERE send_id = 's1'",
            "SELECT subject_key FROM orders WHERE order_id = 'o1'",
            "SELECT guardian_key FROM guardian_authorisations",
        ):
            assert column(store, sql) == [ANN], sql


def test_a_person_is_an_account_where_one_is_known(open_store: Opener) -> None:
    ann, zoe = KEYS.person_key("1"), KEYS.person_key(KEYS.subject_key("zoe@example.org") or "")
    with open_store() as store:
        assert column(store, "SELECT person_key FROM profiles") == [ann]
        assert column(store, "SELECT person_key FROM marketing_sends ORDER BY send_id") == [
            ann,
            zoe,
            None,  # no address, no person
            zoe,
        ]
        assert column(store, "SELECT account_id FROM marketing_sends ORDER BY send_id") == [
            "1",
            None,
            None,
            None,
        ]
        # an account that the register does not know is a person all the same
        assert column(store, "SELECT person_key FROM orders ORDER BY order_id") == [
            ann,
            KEYS.person_key("2"),
            KEYS.person_key("99"),
        ]


def test_a_device_is_its_own_person_unless_an_account_is_signed_in(open_store: Opener) -> None:
    with open_store() as store:
        column(store, "SELECT person_key FROM orders")  # 99 is met there, but is no known account
        found = column(store, "SELECT person_key FROM ga4_events ORDER BY user_pseudo_id")
    assert found == [KEYS.person_key("1"), KEYS.person_key("d2"), KEYS.person_key("d3")]


def test_the_same_key_gives_the_same_pseudonyms_and_another_key_others(open_store: Opener) -> None:
    sql = (
        "SELECT subject_key, person_key FROM marketing_sends WHERE send_id <> 's3' ORDER BY send_id"
    )
    with open_store() as first, open_store() as second:
        assert first.query(sql).equals(second.query(sql))
    with open_store() as first, open_store(Keyring(bytes(32))) as other:
        ours, theirs = first.query(sql), other.query(sql)
    for name in ("subject_key", "person_key"):
        assert set(ours[name].to_pylist()).isdisjoint(theirs[name].to_pylist())


def test_contact_data_stays_in_profiles(open_store: Opener) -> None:
    with open_store() as store:
        for name in store.tables:
            found = store.query(f"SELECT * FROM {name}")
            if name == "profiles":
                assert found["email"].to_pylist() == ["ANN@EXAMPLE.ORG"]
            else:
                assert "example.org" not in str(found.to_pylist()).casefold(), name


def test_fed_columns_include_the_keys_that_can_be_made(open_store: Opener) -> None:
    with open_store() as store:
        assert store.tables["orders"].columns == {"order_id", "account_id", "subject_key"}
        assert store.tables["marketing_sends"].columns == {"send_id", "account_id", "subject_key"}
        assert "has_pii" in store.tables["accounts"].columns
        assert column(store, "SELECT has_pii FROM accounts ORDER BY account_id") == [True, False]


def test_a_query_without_keys_does_not_make_them(open_store: Opener) -> None:
    with open_store() as store:
        assert column(store, "SELECT count(*) FROM marketing_sends") == [4]
        assert column(store, "SELECT count(*) FROM _emails") == [0]
        assert column(store, "SELECT count(DISTINCT person_key) FROM marketing_sends") == [2]
        # asked for in a way that is only seen when the engine binds it
        assert column(store, "SELECT min(m.PERSON_KEY) IS NOT NULL FROM marketing_sends m") == [
            True
        ]


def test_a_key_that_is_asked_of_one_table_is_not_made_for_another(open_store: Opener) -> None:
    with open_store() as store:
        sql = "SELECT count(*) FROM marketing_sends AS m CROSS JOIN accounts AS a WHERE "
        assert column(store, f"{sql} a.account_id = '1'") == [4]
        assert column(store, "SELECT list(email) FROM _emails") == [["Ann@Example.org"]]
        assert column(store, f"{sql} a.account_id = '1' AND m.account_id = '1'") == [1]


def test_a_key_without_a_table_s_name_is_of_the_table_beside_it(open_store: Opener) -> None:
    inner = "SELECT 1 FROM marketing_sends WHERE account_id = '1' AND a.status IS NULL"
    with open_store() as store:
        sql = f"SELECT count(a.account_id) FROM accounts AS a WHERE EXISTS ({inner})"
        assert column(store, sql) == [2]


def test_a_key_may_be_asked_for_in_words(company: Path) -> None:
    written = {"subject_key": 'hmac(normalise_email("Email Address"))'}
    mapped = {"columns": {"send_id": "id"}, "derive": written}
    source = {"file": "exports/sends.csv", "table": "marketing_sends", **mapped}
    with CanonicalStore.open(company, Settings(sources={"sends": source}), KEYS) as store:
        assert store.faults == ()
        assert column(store, "SELECT subject_key FROM marketing_sends WHERE send_id = 's1'") == [
            ANN
        ]
        assert store.declared["sends.csv", None, "Email Address"] == "marketing_sends.email"


@pytest.mark.postgres
def test_a_database_feeds_tables_by_its_url(company: Path, postgres: str) -> None:
    import adbc_driver_postgresql.dbapi

    with adbc_driver_postgresql.dbapi.connect(postgres, autocommit=True) as c, c.cursor() as cursor:
        cursor.execute("CREATE TABLE tickets (id int, mail text, since timestamptz)")
        cursor.execute("INSERT INTO tickets VALUES (7, 'ANN@example.org', '2026-07-01 10:00+02')")
    try:
        source = {
            "url": postgres,
            "inside": "tickets",
            "table": "dsar_requests",
            "columns": {"request_id": "id", "email": "mail", "received_at": "since"},
        }
        sources = {"tickets": source, "accounts": SOURCES["accounts"]}
        with CanonicalStore.open(company, Settings(sources=sources), KEYS) as store:
            row = store.query("SELECT * FROM dsar_requests").to_pylist()[0]
            assert store.problems == ()
            assert "a-secret-word" not in str((store.inputs, store.declared, store.unmapped))
    finally:
        with adbc_driver_postgresql.dbapi.connect(postgres, autocommit=True) as c:
            c.cursor().execute("DROP TABLE tickets")
    assert (row["request_id"], row["subject_key"], row["account_id"]) == ("7", ANN, "1")
    assert row["received_at"].isoformat() == "2026-07-01T08:00:00+00:00"


def test_a_database_that_cannot_be_reached_is_told_without_its_password(company: Path) -> None:
    url = "postgresql://auditor:a-secret-word@127.0.0.1:1/gone"
    source = {"url": url, "table": "orders", "columns": {"order_id": "id"}}
    with CanonicalStore.open(company, Settings(sources={"o": source}), KEYS) as store:
        told = [p for p in store.problems if p.name == "gone"]
    assert len(told) == 1
    assert "a-secret-word" not in str(told)

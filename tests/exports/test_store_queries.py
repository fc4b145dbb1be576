"""The canonical tables as queries see them, and what may and may not be done with them."""

from __future__ import annotations

import os
import stat
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitrail.config import Settings
from vitrail.errors import ConfigError, InputUnreadable, VitrailError
from vitrail.exports.canonical import CANONICAL
from vitrail.exports.catalog import Catalog
from vitrail.exports.store import CanonicalStore
from vitrail.keys import Keyring

KEYS = Keyring(bytes(range(32)))
PLANTED = "zoe.planted-in-an-export@example.org"


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    (tmp_path / "exports").mkdir()
    return tmp_path / "exports"


def store_of(exports: Path, **sources: dict[str, Any]) -> CanonicalStore:
    return CanonicalStore.open(exports.parent, Settings(sources=sources), KEYS)


def events(file: str = "events_*.csv", **more: Any) -> dict[str, Any]:
    columns = {"event_id": "id", "ts": "at", "name": "what"}
    return {"file": f"exports/{file}", "table": "events", "columns": columns, **more}


# --- shape ----------------------------------------------------------------------------------


def test_every_canonical_table_is_there_with_all_its_columns(exports: Path) -> None:
    (exports / "events_1.csv").write_text("id,at,what\ne1,2026-01-01,open\n")
    with store_of(exports, events=events()) as store:
        assert set(store.tables) == {"events"}
        for name, table in CANONICAL.items():
            described = store.query(f"DESCRIBE SELECT * FROM {name}").to_pylist()
            types = {row["column_name"]: row["column_type"] for row in described}
            wanted = {
                c: "TIMESTAMP WITH TIME ZONE" if k == "TIMESTAMPTZ" else k
                for c, k in table.view_columns.items()
            }
            assert types == wanted, name


def test_a_glob_unites_files_by_name_and_rows_keep_their_place(exports: Path) -> None:
    (exports / "events_1.csv").write_text("id,at,what\ne1,2026-01-01,open\ne2,2026-01-02,click\n")
    (exports / "events_2.csv").write_text("what,id,at,new\nbuy,e3,2026-02-01,x\n")
    with store_of(exports, events=events()) as store:
        rows = store.query(
            "SELECT event_id, name, _dataset, _table, _row FROM events ORDER BY event_id"
        ).to_pylist()
        assert store.problems == ()
        assert [(i.name, i.rows) for i in store.inputs] == [
            ("events_1.csv", 2),
            ("events_2.csv", 1),
        ]
    assert [tuple(r.values()) for r in rows] == [
        ("e1", "open", "events_1.csv", None, 0),
        ("e2", "click", "events_1.csv", None, 1),
        ("e3", "buy", "events_2.csv", None, 0),
    ]


def test_rows_of_files_that_are_read_alike_keep_their_file_and_their_order(exports: Path) -> None:
    at, later = pa.array([datetime(2026, 1, 1)]), pa.array(["2026-02-01T00:00:00Z"])
    for name, column, own in (
        ("1", at, {"more": ["a"]}),
        ("2", at, {"more": ["b"]}),
        ("3", later, {"more": ["c"]}),  # the same columns of another type
        ("4", at, {"more": ["d"]}),
        ("5", at, {"__dataset": ["e"]}),
        ("6", at, {"__dataset": ["f"]}),
    ):
        table = pa.table({"id": [f"e{name}"], "at": column, "what": ["x"], **own})
        pq.write_table(table, exports / f"events_{name}.parquet")
    pq.write_table(pa.table({"id": ["e7"], "what": ["x"]}), exports / "events_7.parquet")
    with store_of(exports, events=events("events_*")) as store:
        rows = store.query("SELECT event_id, ts, _dataset, _table, _row FROM events").to_pylist()
        only = store.query("SELECT event_id FROM events WHERE _dataset = 'events_2.parquet'")
    first, second = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    times = [first, first, second, first, first, first, None]
    assert [tuple(r.values()) for r in rows] == [
        (f"e{n}", at, f"events_{n}.parquet", None, 0) for n, at in enumerate(times, 1)
    ]
    assert only["event_id"].to_pylist() == ["e2"]


def test_row_numbers_are_those_that_readers_give(exports: Path) -> None:
    (exports / "events_1.csv").write_text(
        "id,at,what\n" + "".join(f'e{i},2026-01-01,"a\nb"\n' for i in range(5000))
    )
    many = {"id": [f"p{i}" for i in range(3000)], "at": ["2026-01-01"] * 3000, "what": ["x"] * 3000}
    pq.write_table(pa.table(many), exports / "events_2.parquet", row_group_size=700)
    with store_of(exports, events=events("events_*")) as store:
        for dataset in store.catalog.datasets:
            first = 0
            read: dict[int, str] = {}
            for batch in store.catalog.open(dataset).batches(columns=["id"]):
                first = batch.first_row
                values = batch.chunks[0].values.to_pylist()
                read |= {first + i: value for i, value in enumerate(values)}
            seen = store.query(
                "SELECT _row, event_id FROM events WHERE _dataset = $name", {"name": dataset.name}
            ).to_pylist()
            assert {r["_row"]: r["event_id"] for r in seen} == read


def test_where_takes_some_rows_and_keeps_their_numbers(exports: Path) -> None:
    (exports / "events_1.csv").write_text("id,at,what\na,,x\nb,,y\nc,,y\n")
    with store_of(exports, events=events(where="what = 'y' -- only these")) as store:
        found = store.query("SELECT event_id, _row FROM events ORDER BY _row").to_pylist()
        assert [i.rows for i in store.inputs] == [3]
    assert [tuple(r.values()) for r in found] == [("b", 1), ("c", 2)]


def test_names_with_quotes_blanks_and_accents_are_safe(exports: Path) -> None:
    header = '"Nom d\'""usage""","a; DROP TABLE x --",Âge déclaré'
    (exports / "p.csv").write_text(f"{header}\nZoé,1,17\n", "utf-8")
    source = {
        "file": "exports/p.csv",
        "table": "profiles",
        "columns": {
            "name": 'Nom d\'"usage"',
            "account_id": "a; DROP TABLE x --",
            "declared_age": "âge DÉCLARÉ ",
        },
        "derive": {"city": 'concat("Nom d\'""usage""", \'!\')'},
    }
    with store_of(exports, p=source) as store:
        row = store.query("SELECT name, account_id, declared_age, city FROM profiles").to_pylist()
        assert store.faults == ()
    assert row == [{"name": "Zoé", "account_id": "1", "declared_age": 17, "city": "Zoé!"}]


def test_a_derived_column_may_use_canonical_names_and_nested_paths(exports: Path) -> None:
    (exports / "t.ndjson").write_text('{"u": {"first": "A", "mail": "a@b.example"}, "n": 2}\n')
    source = {
        "file": "exports/t.ndjson",
        "table": "profiles",
        "columns": {"email": "u.mail"},
        "derive": {"name": "u.first || '.'", "city": "upper(email)", "account_id": "'x' || n"},
    }
    with store_of(exports, t=source) as store:
        row = store.query("SELECT name, city, account_id FROM profiles").to_pylist()
        assert store.faults == ()
    assert row == [{"name": "A.", "city": "A@B.EXAMPLE", "account_id": "x2"}]


# --- rows that are held ----------------------------------------------------------------------


def test_rows_that_are_held_are_read_once_and_answer_as_the_exports_do(
    exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vitrail.exports.tables._HELD_BYTES", 0)  # as if the file were large
    file = exports / "events_1.csv"
    file.write_text("id,at,what\ne1,2026-01-01,open\ne2,no time,buy\n")
    asked = "SELECT event_id, ts, person_key, _row FROM events ORDER BY event_id"
    with store_of(exports, events=events()) as store:
        told = store.query(asked).to_pylist()
    with store_of(exports, events=events()) as store:
        store.hold({"events": ("event_id", "ts", "person_key")})
        assert store.query(asked).to_pylist() == told
        kept = "SELECT estimated_size FROM duckdb_tables() WHERE database_name = '_held'"
        assert store.query(kept)["estimated_size"].to_pylist() == [2]
        others = store.query("SELECT name FROM events ORDER BY name")["name"].to_pylist()
        assert others == ["buy", "open"]  # a column that is not held is read from the export
        assert store.query(asked).to_pylist() == told
        every = store.query("SELECT * FROM events")
        assert set(every.column_names) == set(CANONICAL["events"].view_columns)


# --- broken exports -------------------------------------------------------------------------


@pytest.mark.parametrize("held", [(), ("event_id", "session_id")])
def test_an_export_that_breaks_is_set_aside_and_the_rest_goes_on(
    exports: Path, held: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    if held:
        monkeypatch.setattr("vitrail.exports.tables._HELD_BYTES", 0)
    good = pa.table({"id": ["a"], "at": ["2026-01-01"], "what": ["x"]})
    many = pa.table(
        {"id": [str(i) for i in range(60_000)], "at": [""] * 60_000, "what": ["y"] * 60_000}
    )
    pq.write_table(good, exports / "events_1.parquet")
    pq.write_table(many, exports / "events_2.parquet")
    whole = (exports / "events_2.parquet").read_bytes()
    (exports / "events_2.parquet").write_bytes(whole[:4] + b"\xff" * 40_000 + whole[40_004:])
    (exports / "events_3.parquet").write_bytes(whole[:-500])
    mapped = events("events_*.parquet", derive={"session_id": "upper(id)"})
    with store_of(exports, events=mapped) as store:
        store.hold({"events": held} if held else {})
        assert store.query("SELECT count(event_id) AS n FROM events")["n"].to_pylist() == [1]
        problems = {p.name: p for p in store.problems}
        assert set(problems) == {"events_2.parquet", "events_3.parquet"}
        assert all(p.reason and p.remedy for p in problems.values())
        assert {d.name for d in store.tables["events"].datasets} == {"events_1.parquet"}


# --- what queries may not do ----------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY (SELECT 1) TO 'out.csv'",
        "LOAD httpfs",
        "SET enable_external_access = true",
    ],
)
def test_sql_reaches_nothing_but_the_exports(
    exports: Path, sql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(exports.parent)
    (exports / "events_1.csv").write_text("id,at,what\n")
    with store_of(exports, events=events()) as store:
        with pytest.raises(VitrailError):
            store.query(sql)
        access = "SELECT value FROM duckdb_settings() WHERE name = 'enable_external_access'"
        assert store.query(access)["value"].to_pylist() == ["false"]
    assert not (exports.parent / "out.csv").exists()


def test_the_engine_loads_no_extension_by_itself_and_reckons_in_utc(exports: Path) -> None:
    (exports / "events_1.csv").write_text("id,at,what\n")
    with store_of(exports, events=events()) as store:
        names = "'autoinstall_known_extensions', 'autoload_known_extensions', 'TimeZone'"
        found = store.query(
            f"SELECT name, value FROM duckdb_settings() WHERE name IN ({names}) ORDER BY name"
        ).to_pylist()
    assert {r["name"]: r["value"] for r in found} == {
        "TimeZone": "UTC",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }


def test_a_wrong_query_is_told_without_a_value(exports: Path) -> None:
    (exports / "events_1.csv").write_text(f"id,at,what\n{PLANTED},,x\n")
    with store_of(exports, events=events()) as store:
        with pytest.raises(ConfigError):
            store.query("SELECT no_such_column FROM events")
        with pytest.raises(InputUnreadable) as failed:
            store.query("SELECT CAST(event_id AS INTEGER) FROM events")
    assert PLANTED not in str(failed.value)
    assert failed.value.__cause__ is None


# --- the engine's traps ---------------------------------------------------------------------


def test_thirty_days_and_one_month_are_not_merged_in_the_form_that_controls_use(
    exports: Path,
) -> None:
    (exports / "r.csv").write_text("id,at\nr1,2026-01-31\nr2,2026-07-01\n")
    source = {
        "file": "exports/r.csv",
        "table": "dsar_requests",
        "columns": {"request_id": "id", "received_at": "at"},
        "timezone": "UTC",
    }
    with store_of(exports, r=source) as store:
        found = store.query(
            "SELECT (received_at::DATE + 30)::TIMESTAMP AS days, "
            "received_at::TIMESTAMP + INTERVAL 1 MONTH AS month, "
            "LEAST((received_at::DATE + 30)::TIMESTAMP, "
            "received_at::TIMESTAMP + INTERVAL 1 MONTH) AS earlier "
            "FROM dsar_requests ORDER BY request_id"
        ).to_pylist()
    assert [tuple(v.date() for v in r.values()) for r in found] == [
        (date(2026, 3, 2), date(2026, 2, 28), date(2026, 2, 28)),
        (date(2026, 7, 31), date(2026, 8, 1), date(2026, 7, 31)),
    ]


def test_the_trap_itself_two_intervals_of_one_date_become_one_value() -> None:
    """Once DuckDB mends this, the detour in the controls may go."""
    both = duckdb.connect().execute(
        "SELECT d + INTERVAL 30 DAY AS days, d + INTERVAL 1 MONTH AS month "
        "FROM (VALUES (DATE '2026-01-31')) AS t(d)"
    )
    days, month = both.fetchall()[0]
    assert (days, month) == (datetime(2026, 3, 2), datetime(2026, 3, 2))


# --- registered and materialised tables -----------------------------------------------------


def test_a_registered_table_is_seen_and_stands_in_for_a_canonical_one(exports: Path) -> None:
    (exports / "events_1.csv").write_text("id,at,what\ne1,,x\n")
    with store_of(exports, events=events()) as store:
        assert store.query("SELECT count(*) AS n FROM minor_findings")["n"].to_pylist() == [0]
        store.register("minor_findings", pa.table({"level": ["likely"]}))
        store.register("scan_hits", pa.table({"dataset": ["events_1.csv"], "row": [0]}))
        joined = store.query(
            "SELECT event_id, level FROM events "
            "JOIN scan_hits ON _dataset = dataset AND _row = row CROSS JOIN minor_findings"
        ).to_pylist()
    assert joined == [{"event_id": "e1", "level": "likely"}]


def test_materialised_tables_appear_in_a_new_file_whole(exports: Path) -> None:
    (exports / "events_1.csv").write_text("id,at,what\ne1,2026-01-01,x\ne2,2026-01-02,y\n")
    target = exports.parent / "facts" / "one.duckdb"
    with store_of(exports, events=events(timezone="UTC")) as store:
        rows = store.materialise(
            target,
            {"activity": "SELECT name, ts FROM events", "none": "SELECT 1 AS x WHERE false"},
        )
        assert rows == {"activity": 2, "none": 0}
        with pytest.raises(ConfigError, match="already"):
            store.materialise(target, {})
        with pytest.raises(ConfigError):
            store.materialise(target.with_name("two.duckdb"), {"x": "SELECT nothing FROM events"})
    assert [p.name for p in target.parent.iterdir()] == ["one.duckdb"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with duckdb.connect(str(target), read_only=True) as database:
        database.execute("SET TimeZone = 'UTC'")
        found = database.sql("SELECT name, ts FROM activity ORDER BY ts").to_arrow_table()
    assert found["ts"].to_pylist()[0] == datetime(2026, 1, 1, tzinfo=UTC)


def test_nothing_raw_is_written_into_the_workspace(exports: Path) -> None:
    (exports / "accounts.csv").write_text(
        "id,mail\n" + "".join(f"acc-{i},{i}{PLANTED}\n" for i in range(2000))
    )
    (exports / "sends.csv").write_bytes(
        ("id;mail\n" + "".join(f"s{i};{i}{PLANTED}\n" for i in range(2000)) + "é;\n").encode(
            "cp1252"
        )
    )
    sources = {
        "a": {"file": "exports/accounts.csv", "table": "accounts",
              "columns": {"account_id": "id", "email": "mail"}},
        "s": {"file": "exports/sends.csv", "table": "marketing_sends",
              "columns": {"send_id": "id", "email": "mail"}},
    }  # fmt: skip
    workspace = exports.parent
    with store_of(exports, **sources) as store:
        assert len(store.inputs) == 2
        sent = store.query("SELECT count(DISTINCT person_key) AS n FROM marketing_sends")
        assert sent["n"].to_pylist() == [2000]
        store.materialise(
            workspace / "facts" / "f.duckdb",
            {"sends": "SELECT person_key, subject_key FROM marketing_sends"},
        )
        assert stat.S_IMODE((workspace / "tmp").stat().st_mode) == 0o700
        _assert_nothing_planted(workspace)
    _assert_nothing_planted(workspace)
    assert list((workspace / "tmp").glob("engine-*")) == []


def _assert_nothing_planted(workspace: Path) -> None:
    looked_at = 0
    for folder, _, names in os.walk(workspace):
        if Path(folder).name == "exports":
            continue
        for name in names:
            looked_at += 1
            assert b"planted-in-an-export" not in (Path(folder) / name).read_bytes(), name
    assert looked_at >= 1


def test_opening_reads_no_row_and_a_catalog_can_be_handed_in(exports: Path) -> None:
    (exports / "events_1.csv").write_text("id,at,what\ne1,,x\n")
    catalog = Catalog.discover([exports], root=exports)
    settings = Settings(sources={"events": events()})
    with CanonicalStore.open(exports.parent, settings, KEYS, catalog=catalog) as store:
        assert store.catalog is catalog
        assert store.query("SELECT count(*) AS n FROM events")["n"].to_pylist() == [1]


def test_sources_outside_the_exports_folder_are_found(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "backups.csv").write_text("id,enc\nb1,yes\n")
    source = {
        "file": "registers/*.csv",
        "table": "backups",
        "columns": {"backup_id": "id", "encrypted": "enc"},
    }
    with store_of(tmp_path / "exports", b=source) as store:
        row = store.query("SELECT backup_id, encrypted FROM backups").to_pylist()
    assert row == [{"backup_id": "b1", "encrypted": True}]

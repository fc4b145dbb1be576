"""Facts from a company's exports: frozen by closed periods, swapped in whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitrail.config import Settings, Source
from vitrail.errors import ConfigError, Refused, UsageError, VitrailError
from vitrail.exports.store import CanonicalStore
from vitrail.gate import FactStore, answer, build_facts, parse_sql
from vitrail.gate.facts import load_fact, load_facts
from vitrail.gate.store import EpochReader
from vitrail.house import carried
from vitrail.keys import Keyring
from vitrail.model import Measure, MeasureKind, Query

FACTS = carried("queries", "facts")
START = datetime(2026, 1, 5, 12, tzinfo=UTC)
SUNDAY = date(2026, 3, 1)  # the last day of a week of the exports
WEEKLY = "SELECT week, count(DISTINCT person), count(*) FROM activity GROUP BY week"
COUNTRIES = "SELECT country, count(DISTINCT person) FROM activity GROUP BY country"

SETTINGS = Settings(
    sources={
        "accounts": Source(
            file="exports/accounts.parquet",
            table="accounts",
            columns={"account_id": "id", "country": "land", "account_type": "plan"},
        ),
        "events": Source(
            file="exports/events.parquet",
            table="events",
            columns={"account_id": "who", "name": "what", "ts": "at", "device": "device"},
        ),
    }
)


def write_exports(workspace: Path, last: date, *, persons: int = 240, late: int = 0) -> None:
    """Exports up to the end of ``last``; ``late`` more persons, all on the first days."""
    rng = np.random.default_rng(3)
    ids = [f"acc-{i}" for i in range(persons + late)]
    days = (date(2026, 4, 30) - START.date()).days
    who, at = [], []
    for i in range(persons):
        for day in sorted(rng.integers(0, days, 30)):
            if START.date() + timedelta(days=int(day)) <= last:
                who.append(ids[i])
                at.append(START + timedelta(days=int(day), minutes=i % 600))
    who += ids[persons:]
    at += [START] * late
    (workspace / "exports").mkdir(parents=True, exist_ok=True)
    pq.write_table(
        pa.table({"id": ids, "land": [("FR", "DE", "ES")[i % 3] for i in range(len(ids))],
                  "plan": ["free"] * len(ids)}),
        workspace / "exports" / "accounts.parquet",
    )  # fmt: skip
    pq.write_table(
        pa.table(
            {
                "who": who,
                "what": ["login" if i % 2 else "search" for i in range(len(who))],
                "at": pa.array(at, pa.timestamp("us", "UTC")),
                "device": ["desktop" if i % 3 else "mobile" for i in range(len(who))],
            }
        ),
        workspace / "exports" / "events.parquet",
    )


def build(workspace: Path, keys: Keyring, **options):
    with CanonicalStore.open(workspace, SETTINGS, keys) as store:
        return build_facts(store, FACTS, workspace / "facts", keys, **options)


def ask(workspace: Path, keys: Keyring, question: str | Query, epoch: str | None = None):
    store = FactStore.open(workspace / "facts", FACTS, epoch=epoch)
    query = parse_sql(question, store) if isinstance(question, str) else question
    return answer(query, store, keys)


@pytest.fixture
def workspace(tmp_path: Path, keys: Keyring) -> Path:
    write_exports(tmp_path, SUNDAY + timedelta(days=2))
    build(tmp_path, keys)
    return tmp_path


def test_an_import_builds_what_the_exports_can_feed_and_says_what_the_rest_lacks(tmp_path, keys):
    write_exports(tmp_path, SUNDAY + timedelta(days=2))
    report = build(tmp_path, keys)
    assert report.changed
    assert [name for name, _ in report.facts] == ["activity"]
    assert report.last == SUNDAY
    assert "orders" in dict(report.missing)
    assert any("marketing_sends" in lack for lack in dict(report.missing)["campaigns"])
    [fact] = FactStore.open(tmp_path / "facts", FACTS).facts()
    assert fact.last == SUNDAY
    assert fact.dimension("country").values == ("DE", "ES", "FR")
    assert fact.dimension("region").values == ("EEA",)


def test_the_numbers_are_those_of_the_exports_within_their_noise(workspace, keys):
    release = ask(workspace, keys, WEEKLY)
    assert len(release.rows) == 8
    truth = duckdb.sql(
        "SELECT CAST(date_trunc('week', \"at\") AS DATE)::VARCHAR, count(DISTINCT who), count(*) "
        f"FROM '{workspace}/exports/events.parquet' GROUP BY 1 ORDER BY 1"
    ).fetchall()[:8]
    for row, (week, persons, rows) in zip(release.rows, truth, strict=True):
        assert row.labels == (week,)
        assert row.cells[0].value == pytest.approx(persons, abs=2.5 * row.cells[0].privacy)
        assert row.cells[1].value == pytest.approx(rows, abs=2.5 * row.cells[1].privacy)


def test_a_second_import_of_the_same_exports_changes_nothing(workspace, keys):
    before = sorted((p.name, p.stat().st_mtime_ns) for p in (workspace / "facts").glob("*.duckdb"))
    report = build(workspace, keys)
    assert not report.changed
    assert before == sorted(
        (p.name, p.stat().st_mtime_ns) for p in (workspace / "facts").glob("*.duckdb")
    )


def test_two_daily_imports_with_one_joiner_between_them_answer_alike(workspace, keys):
    first = ask(workspace, keys, COUNTRIES)
    write_exports(workspace, SUNDAY + timedelta(days=3), late=1)
    assert not build(workspace, keys).changed
    assert ask(workspace, keys, COUNTRIES) == first


def test_a_week_that_closes_makes_an_epoch_and_leaves_the_old_one_as_it_was(workspace, keys):
    old_epoch = FactStore.open(workspace / "facts", FACTS).epoch
    old_file = workspace / "facts" / f"{old_epoch}.duckdb"
    bytes_before = old_file.read_bytes()
    answers = {text: ask(workspace, keys, text) for text in (WEEKLY, COUNTRIES)}
    write_exports(workspace, SUNDAY + timedelta(days=9), late=30)
    report = build(workspace, keys)
    assert report.changed
    assert report.epoch != old_epoch
    assert report.last == SUNDAY + timedelta(days=7)
    assert old_file.read_bytes() == bytes_before
    for text, expected in answers.items():
        assert ask(workspace, keys, text, old_epoch) == expected
    by_query = Query("activity", ("country",), epoch=old_epoch)
    assert ask(workspace, keys, by_query).rows == answers[COUNTRIES].rows


def test_a_closed_period_whose_rows_did_not_change_keeps_its_answer_in_later_epochs(
    workspace, keys
):
    """Fresh noise in every epoch could be averaged away."""
    january = "SELECT country, count(DISTINCT person) FROM activity WHERE month = '2026-01' "
    before = ask(workspace, keys, january + "GROUP BY country")
    write_exports(workspace, SUNDAY + timedelta(days=9))
    assert build(workspace, keys).changed
    after = ask(workspace, keys, january + "GROUP BY country")
    assert after.epoch != before.epoch
    assert after.rows == before.rows


def test_a_corrected_export_enters_by_a_rebuild_under_a_new_name(workspace, keys):
    old = FactStore.open(workspace / "facts", FACTS).epoch
    write_exports(workspace, SUNDAY + timedelta(days=2), persons=400)
    report = build(workspace, keys, correct=True)
    assert report.changed
    assert report.epoch != old
    assert not build(workspace, keys).changed


def test_the_day_of_the_export_is_not_complete_and_so_not_closed(tmp_path, keys):
    write_exports(tmp_path, SUNDAY + timedelta(days=9))
    assert build(tmp_path, keys, as_of=SUNDAY).last == date(2026, 2, 28)
    assert build(tmp_path, keys, as_of=SUNDAY + timedelta(days=1)).last == SUNDAY


def test_open_readers_follow_when_current_names_another_epoch(workspace, keys):
    store = FactStore.open(workspace / "facts", FACTS)
    old = store.epoch
    before = answer(parse_sql(WEEKLY, store), store, keys)
    write_exports(workspace, SUNDAY + timedelta(days=9))
    build(workspace, keys)
    assert store.epoch != old
    after = answer(parse_sql(WEEKLY, store), store, keys)
    assert len(after.rows) == len(before.rows) + 1


def test_readers_in_other_threads_see_the_old_epoch_or_the_new_one_and_nothing_else(
    workspace, keys
):
    store = FactStore.open(workspace / "facts", FACTS)
    query = Query("activity", ("week",))
    seen, faults, stop = {}, [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                release = answer(query, store, keys)
                assert seen.setdefault(release.epoch, release) == release
            except Exception as fault:
                faults.append(fault)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for weeks in (1, 2, 3):
        write_exports(workspace, SUNDAY + timedelta(days=7 * weeks + 2))
        build(workspace, keys)
        time.sleep(0.2)
    stop.set()
    for thread in threads:
        thread.join()
    assert not faults
    assert len(seen) == 4


KILLED = """
    import sys, time
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    import vitrail.gate.epochs as epochs
    from test_gate_epochs import build
    from vitrail.keys import Keyring

    {where} = lambda *_, **__: (print("here", flush=True), time.sleep(60))
    build(Path({workspace!r}), Keyring(bytes(range(32))))
"""


@pytest.mark.parametrize(
    "where",
    [
        pytest.param("epochs.FactBuilder.build", marks=pytest.mark.attack),  # its file begun
        "epochs.FactBuilder.write",  # all facts written, the manifest not
        pytest.param("epochs.Shelf.put_in_force", marks=pytest.mark.attack),  # not yet named
        "Path.replace",  # the file named, CURRENT not yet
    ],
)
def test_a_kill_in_the_middle_leaves_the_old_epoch_in_force(workspace, keys, where):
    old = FactStore.open(workspace / "facts", FACTS).epoch
    before = ask(workspace, keys, WEEKLY)
    write_exports(workspace, SUNDAY + timedelta(days=9))
    code = KILLED.format(where=where, tests=str(Path(__file__).parent), workspace=str(workspace))
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert FactStore.open(workspace / "facts", FACTS).epoch == old
    assert ask(workspace, keys, WEEKLY) == before
    report = build(workspace, keys)
    assert report.changed
    assert len(ask(workspace, keys, WEEKLY).rows) == len(before.rows) + 1
    left = {p.name for p in (workspace / "facts").iterdir()}
    assert not {name for name in left if name.startswith((".staging", ".building", ".CURRENT"))}


def test_a_fact_file_changed_since_the_import_is_named_and_its_old_form_still_answers(
    workspace, keys, tmp_path_factory
):
    files = tmp_path_factory.mktemp("queries")
    for path in FACTS.glob("*.sql"):
        (files / path.name).write_text(path.read_text("utf-8"), "utf-8")
    store = FactStore.open(workspace / "facts", files)
    assert store.outdated() == ()
    before = answer(parse_sql(WEEKLY, store), store, keys)
    changed = (files / "activity.sql").read_text("utf-8").replace("lower(device)", "device")
    (files / "activity.sql").write_text(changed, "utf-8")
    assert store.outdated() == ("activity",)
    assert answer(parse_sql(WEEKLY, store), store, keys) == before


def test_a_place_without_facts_says_how_to_get_them(tmp_path):
    with pytest.raises(UsageError, match="vitrail import"):
        FactStore.open(tmp_path, FACTS)


def test_a_damaged_epoch_is_told_in_our_words(workspace, keys):
    store = FactStore.open(workspace / "facts", FACTS)
    (workspace / "facts" / "20300101-00000000.duckdb").write_bytes(b"not a database at all")
    with pytest.raises(VitrailError) as fault:
        store.facts("20300101-00000000")
    assert "vitrail import" in str(fault.value)
    with pytest.raises(Refused):
        store.facts("20300102-00000000")


def test_the_engine_behind_the_gate_reads_no_file_and_takes_no_setting(workspace):
    store = FactStore.open(workspace / "facts", FACTS)
    reader = EpochReader(workspace / "facts" / f"{store.epoch}.duckdb")
    for statement in (
        "SELECT * FROM read_text('/etc/hostname')",
        f"SELECT * FROM '{workspace}/exports/events.parquet'",
        f"ATTACH '{workspace}/x.duckdb'",
        f"COPY activity TO '{workspace}/x.csv'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "INSTALL httpfs",
        "DELETE FROM activity",
        "CREATE TABLE t AS SELECT 1",
    ):
        with pytest.raises(duckdb.Error):
            reader.fetch(statement, [])
    assert not (workspace / "x.csv").exists()


def test_an_epoch_holds_pseudonyms_and_no_identifier_of_the_exports(workspace):
    content = b"".join(p.read_bytes() for p in (workspace / "facts").glob("*.duckdb"))
    assert b"acc-" not in content
    reader = FactStore.open(workspace / "facts", FACTS).reader()
    types = dict(
        reader.fetch("SELECT column_name, data_type FROM duckdb_columns() "
                     "WHERE table_name = 'activity'", [])
    )  # fmt: skip
    assert types["person"] == "BIGINT"
    assert types["country"].startswith("ENUM")


def test_the_facts_of_the_house_are_sound():
    facts = {fact.name: fact for fact in load_facts(FACTS)}
    assert set(facts) == {
        "accounts", "activity", "campaigns", "feedback", "orders", "support", "web",
    }  # fmt: skip
    assert not facts["campaigns"].measures["opened"].enabled
    assert Measure(MeasureKind.OUTCOME, "ordered") in facts["campaigns"].askable
    assert facts["campaigns"].measures["ordered"].closes_after == 30


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("---\ntitle", "title", "front matter"),
        ("rows_per_person: 5", "rows_per_person: 0", "rows_per_person"),
        ("threshold: 10", "threshold: 3", "threshold"),
        ("high: 120000", "high: 0", "bounds"),
        ("kind: person, title: Country", "kind: somebody, title: Country", "dimensions.country"),
        ("parent: region", "parent: planet", "parent"),
        ("title: Orders", "title: [", "YAML"),
        ("grain: week", "grain: month", "week"),
        ("  amount:\n", "  person:\n", "person"),
    ],
)
def test_a_wrong_fact_file_is_told_by_its_place(tmp_path, old, new, said):
    text = (FACTS / "orders.sql").read_text("utf-8")
    assert old in text
    path = tmp_path / "orders.sql"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigError, match=said):
        load_fact(path)

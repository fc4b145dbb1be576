"""An epoch goes on from the one before: closed days are never counted again, new ones are added."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from vitrail.errors import ConfigError

START = date(2026, 1, 5)
SUNDAY = date(2026, 3, 1)
WEEK = timedelta(days=7)
CLOSED = "period BETWEEN '2026-01-05' AND '2026-03-01'"
QUESTIONS = (
    f"SELECT week, count(DISTINCT person), count(*) FROM activity WHERE {CLOSED} GROUP BY week",
    "SELECT country, count(DISTINCT person) FROM activity WHERE week = '2026-W06' GROUP BY country",
    f"SELECT device, week, count(*) FROM activity WHERE {CLOSED} GROUP BY device, week",
    "SELECT country, count(DISTINCT person) FROM activity WHERE month = '2026-01' GROUP BY country",
)


def at(day: date, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(minutes=minute)


def accounts(persons: int = 300) -> pa.Table:
    ids = [f"acc-{i}" for i in range(persons)]
    return pa.table(
        {"account_id": ids, "country": [("FR", "DE", "ES")[i % 3] for i in range(persons)]}
    )


def events(until: date, persons: int = 240, seed: int = 3) -> pa.Table:
    """Each person does something on about every fourth day from START on."""
    rng = np.random.default_rng(seed)
    rows = [
        (f"acc-{i}", "login" if (i + day) % 2 else "search", at(START + timedelta(days=int(day))),
         "desktop" if i % 3 else "mobile", f"e-{i}-{day}")
        for i in range(persons)
        for day in sorted(set(rng.integers(0, 120, 30)))
        if START + timedelta(days=int(day)) <= until
    ]  # fmt: skip
    return as_events(rows)


def as_events(rows: list[tuple]) -> pa.Table:
    names = ("account_id", "name", "ts", "device", "event_id")
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    whole = {n: pa.array(columns[n], pa.string()) for n in names if n != "ts"}
    return pa.table({**whole, "ts": pa.array(columns["ts"], pa.timestamp("us", "UTC"))})


def more(table: pa.Table, rows: list[tuple]) -> pa.Table:
    return pa.concat_tables([table, as_events(rows)])


@pytest.fixture
def company(exporter):
    """Two months of activity, imported on the Tuesday after SUNDAY."""
    exporter.write(accounts=accounts(), events=events(SUNDAY + timedelta(days=2)))
    exporter.build()
    return exporter


def change_of(report, fact: str = "activity"):
    return next(change for change in report.changes if change.fact == fact)


def test_answers_about_closed_periods_are_the_same_in_every_later_epoch(company):
    before = [company.ask(question) for question in QUESTIONS]
    for weeks in (1, 2, 5):
        until = SUNDAY + weeks * WEEK + timedelta(days=2)
        late = [(f"acc-{i}", "login", at(START), "mobile", f"late-{i}") for i in range(290)]
        company.write(events=more(events(until), late))
        assert company.build().changed
        for question, expected in zip(QUESTIONS, before, strict=True):
            now = company.ask(question)
            assert now.epoch != expected.epoch
            assert (now.rows, now.suppressed, now.notes) == (
                expected.rows, expected.suppressed, expected.notes
            )  # fmt: skip


def test_an_epoch_made_in_steps_holds_the_same_rows_as_one_made_at_once(company, tmp_path):
    for days in (3, 9, 16, 38):
        company.write(events=events(SUNDAY + timedelta(days=days)))
        company.build()
    every = "SELECT person, week, month, country, device, event, rows FROM activity ORDER BY ALL"
    in_steps = company.rows(every)
    shutil.rmtree(company.workspace / "facts")
    company.build()
    assert in_steps == company.rows(every)


def test_the_file_of_the_epoch_before_is_not_written_again(company):
    [old] = (company.workspace / "facts").glob("*.duckdb")
    bytes_before = old.read_bytes()
    company.write(events=events(SUNDAY + timedelta(days=9)))
    company.build()
    assert old.read_bytes() == bytes_before
    assert len(list((company.workspace / "facts").glob("*.duckdb"))) == 2


def test_late_events_change_nothing_and_are_counted(company):
    late = [(f"acc-{i}", "login", at(START + WEEK), "mobile", f"late-{i}") for i in range(31)]
    company.write(events=more(events(SUNDAY + timedelta(days=3)), late))
    report = company.build()
    assert not report.changed
    assert report.late == 31
    company.write(events=more(events(SUNDAY + timedelta(days=9)), late))
    report = company.build()
    assert report.changed
    assert report.late == 31
    assert change_of(report).gone == 0
    assert company.rows("SELECT sum(rows) FROM activity WHERE week = DATE '2026-01-12'")[0][0] < 450


def test_events_that_left_the_exports_stay_counted_and_are_told(company):
    whole = events(SUNDAY + timedelta(days=9))
    gone = pa.compute.equal(whole["account_id"], "acc-7")
    early = pa.compute.less(whole["ts"], pa.scalar(at(SUNDAY), pa.timestamp("us", "UTC")))
    dropped = pa.compute.and_(gone, early)
    company.write(events=whole.filter(pa.compute.invert(dropped)))
    before = company.ask(QUESTIONS[0])
    change = change_of(company.build())
    assert change.gone == dropped.to_pylist().count(True)
    assert company.ask(QUESTIONS[0]).rows == before.rows


def test_a_correction_counts_the_exports_as_they_are_now_with_other_noise(company):
    old = company.store.epoch
    before = company.ask(QUESTIONS[0])
    report = company.build(correct=True)
    assert report.changed
    assert change_of(report).what == "rebuilt"
    after = company.ask(QUESTIONS[0])
    assert after.rows != before.rows  # the same rows: only the noise is another
    assert company.ask(QUESTIONS[0], old) == before
    third = company.build(correct=True)
    releases = [company.store.reader(e).facts["activity"].release for e in company.store.epochs()]
    assert len(set(releases)) == 3
    assert third.epoch not in (old, report.epoch)
    assert not company.build().changed


def test_a_fact_that_counts_differently_is_rebuilt_and_says_so(company, tmp_path_factory):
    files = tmp_path_factory.mktemp("queries")
    for path in company.FACTS.glob("*.sql"):
        shutil.copy(path, files)
    text = (files / "activity.sql").read_text("utf-8")
    (files / "activity.sql").write_text(text.replace("lower(device)", "upper(device)"), "utf-8")
    first = company.store.reader().facts["activity"].release
    report = company.build(fact_files=files)
    assert change_of(report).what == "rebuilt"
    assert change_of(report).why
    assert company.build().changed  # back to what it was: under a release of its own all the same
    assert company.store.reader().facts["activity"].release != first


def test_domains_only_grow_and_closed_rows_keep_their_label(company):
    where = "SELECT DISTINCT CAST(country AS VARCHAR) FROM activity WHERE week <= DATE '2026-02-23'"
    before = company.rows(where)
    answers = [company.ask(question) for question in QUESTIONS]
    moved = accounts()
    country = [c if i % 2 else "IT" for i, c in enumerate(moved["country"].to_pylist())]
    company.write(
        accounts=moved.set_column(1, "country", [country]),
        events=events(SUNDAY + timedelta(days=9)),
    )
    change = change_of(company.build())
    assert change.values == (("country", ("IT",)),)
    assert set(company.rows(where)) == set(before)
    for question, expected in zip(QUESTIONS, answers, strict=True):
        now = company.ask(question)
        assert (now.rows, now.suppressed) == (expected.rows, expected.suppressed)
    fact = company.store.reader().facts["activity"]
    assert fact.domains["country"] == ("DE", "ES", "FR", "IT")
    assert fact.implied["country"]["IT"] == "EEA"


def orders(until: date, lamps_are: str) -> pa.Table:
    """Each of 120 persons buys a lamp or a chair a week; lamps of the last week are of a kind."""
    weeks = (until - START).days // 7 + 1

    def kind(week: int, person: int) -> str:
        if person % 2:
            return lamps_are if week == weeks - 1 else "home"
        return "home" if person % 3 else "light"

    rows = [
        (f"o-{w}-{i}", f"acc-{i}", START + w * WEEK, "lamp" if i % 2 else "chair", kind(w, i))
        for w in range(weeks)
        for i in range(120)
    ]
    names = ("order_id", "account_id", "created_at", "product", "category")
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    moments = pa.array([at(day) for day in columns["created_at"]], pa.timestamp("us", "UTC"))
    return pa.table({**columns, "created_at": moments})


def test_what_a_value_implied_when_it_was_frozen_it_implies_in_later_rows(exporter):
    """Cells that were the same would else differ by just the persons of the rows that moved."""
    kinds = (
        "SELECT DISTINCT CAST(category AS VARCHAR) FROM orders WHERE product = 'lamp' ORDER BY ALL"
    )
    exporter.write(accounts=accounts(), orders=orders(SUNDAY, "home"))
    exporter.build(as_of=SUNDAY + timedelta(days=1))
    assert exporter.store.reader().facts["orders"].implied["product"] == {"lamp": "home"}
    exporter.write(orders=orders(SUNDAY + WEEK, "light"))
    exporter.build(as_of=SUNDAY + WEEK + timedelta(days=1))
    assert exporter.rows(kinds) == [("home",)]
    exporter.build(as_of=SUNDAY + WEEK + timedelta(days=1), correct=True)
    assert exporter.rows(kinds) == [("home",), ("light",)]
    assert exporter.store.reader().facts["orders"].implied["product"] == {}


def test_bounds_are_carried_over_unchanged(company):
    before = company.store.reader().facts["activity"].bounds
    assert before["rows"] <= 50
    company.write(events=events(SUNDAY + timedelta(days=30), seed=9))
    company.build()
    assert company.store.reader().facts["activity"].bounds == before


def test_exports_that_end_earlier_than_before_change_nothing(company):
    epoch = company.store.epoch
    company.write(events=events(SUNDAY - timedelta(days=20)))
    report = company.build()
    assert not report.changed
    assert company.store.epoch == epoch


def test_a_fact_that_comes_back_goes_on_from_where_it_was(company):
    before = company.ask(QUESTIONS[0])
    (company.workspace / "exports" / "events.parquet").rename(company.workspace / "away.parquet")
    signups = accounts().append_column("created_at", [[at(START, i) for i in range(300)]])
    company.write(accounts=signups)
    report = company.build(as_of=SUNDAY + timedelta(days=2))
    assert change_of(report).what == "left out"
    assert "events" in change_of(report).why
    (company.workspace / "away.parquet").rename(company.workspace / "exports" / "events.parquet")
    company.write(accounts=accounts())
    report = company.build(as_of=SUNDAY + timedelta(days=2))
    assert change_of(report).what == "new"
    assert company.ask(QUESTIONS[0]).rows == before.rows


def test_an_export_that_is_suddenly_empty_is_told_and_the_facts_stay(company):
    epoch = company.store.epoch
    company.write(events=events(SUNDAY).slice(0, 0))
    with pytest.raises(ConfigError, match="no row of the fact activity"):
        company.build(as_of=SUNDAY + timedelta(days=9))
    assert company.store.epoch == epoch


def test_one_event_that_stands_there_twice_is_told_by_its_fact(company):
    epoch = company.store.epoch
    until = SUNDAY + timedelta(days=9)
    twice = [("acc-1", "login", at(SUNDAY + WEEK), "mobile", "e-double")] * 2
    company.write(events=more(events(until), twice))
    with pytest.raises(ConfigError, match=r"activity gives more than one row for one event_id"):
        company.build()
    assert company.store.epoch == epoch
    assert len(company.store.epochs()) == 1


def test_a_fact_that_gives_rows_without_a_person_is_told(company, tmp_path_factory):
    files = tmp_path_factory.mktemp("queries")
    text = (company.FACTS / "activity.sql").read_text("utf-8")
    unguarded = text.replace("WHERE person_key IS NOT NULL AND ts IS NOT NULL", "")
    assert unguarded != text
    (files / "activity.sql").write_text(unguarded, "utf-8")
    nobody = [(None, "login", at(SUNDAY), "mobile", f"n-{i}") for i in range(3)]
    company.write(events=more(events(SUNDAY + timedelta(days=2)), nobody))
    epoch = company.store.epoch
    with pytest.raises(ConfigError, match=r"activity gives rows without a person: 3 of"):
        company.build(fact_files=files)
    assert company.store.epoch == epoch


def test_nothing_is_counted_anew_while_some_exports_cannot_be_read(company, tmp_path_factory):
    """A column that is missing today may only be in a file that is broken today."""
    (company.workspace / "exports" / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    files = tmp_path_factory.mktemp("queries")
    text = (company.FACTS / "activity.sql").read_text("utf-8")
    (files / "activity.sql").write_text(text.replace("lower(device)", "device"), "utf-8")
    epoch = company.store.epoch
    report = company.build(fact_files=files)
    assert not report.changed
    assert dict(report.missing)["activity"] == ("exports that can be read",)
    assert company.store.epoch == epoch
    assert company.build(fact_files=files, correct=True).changed

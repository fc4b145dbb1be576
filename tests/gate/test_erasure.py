"""Erasure takes a person's rows out of every epoch and leaves what was published as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from vitrail.errors import Refused
from vitrail.gate import FactStore

START = date(2026, 1, 5)
SUNDAY = date(2026, 3, 1)
COUNTRIES = "SELECT country, count(DISTINCT person), count(*) FROM activity GROUP BY country"
WEEKLY = "SELECT week, count(DISTINCT person) FROM activity GROUP BY week"
JANUARY = "SELECT device, count(*) FROM activity WHERE month = '2026-01' GROUP BY device"
SPANISH = "SELECT count(DISTINCT person) FROM activity WHERE country = 'ES'"


def times(moments: list[datetime | None]) -> pa.Array:
    return pa.array(moments, pa.timestamp("us", "UTC"))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def accounts(deleted: tuple[int, ...] = ()) -> pa.Table:
    return pa.table(
        {
            "account_id": [f"acc-{i}" for i in range(240)],
            "country": [("FR", "DE", "ES")[i % 3] for i in range(240)],
            "status": ["deleted" if i in deleted else "active" for i in range(240)],
        }
    )


def events(until: date) -> pa.Table:
    rng = np.random.default_rng(3)
    rows = [
        (f"acc-{i}", START + timedelta(days=int(day)), f"e-{i}-{day}")
        for i in range(240)
        for day in sorted(set(rng.integers(0, 120, 30)))
        if START + timedelta(days=int(day)) <= until
    ]
    who, days, ids = map(list, zip(*rows, strict=True))
    return pa.table(
        {
            "account_id": who,
            "name": ["login" if i % 2 else "search" for i in range(len(who))],
            "ts": times([at(day) for day in days]),
            "device": ["desktop" if i % 3 else "mobile" for i in range(len(who))],
            "event_id": ids,
        }
    )


def deletions(*done: int, pending: tuple[int, ...] = ()) -> pa.Table:
    return pa.table(
        {
            "account_id": [f"acc-{i}" for i in (*done, *pending)],
            "requested_at": times([at(SUNDAY)] * (len(done) + len(pending))),
            "completed_at": times([at(SUNDAY)] * len(done) + [None] * len(pending)),
        }
    )


@pytest.fixture
def company(exporter):
    """Two epochs: one up to SUNDAY, one up to a week after."""
    for days in (2, 9):
        exporter.write(accounts=accounts(), events=events(SUNDAY + timedelta(days=days)))
        exporter.build()
    return exporter


def persons_of(company, epoch: str | None = None) -> set[int]:
    tables = company.rows(
        "SELECT table_name FROM duckdb_columns() WHERE column_name = 'person'", epoch
    )
    return {
        person
        for (table,) in tables
        for (person,) in company.rows(f'SELECT DISTINCT person FROM "{table}"', epoch)
    }


def test_rows_of_erased_persons_leave_every_epoch_and_no_others_do(company):
    old, now = company.store.epochs()
    before = persons_of(company)
    company.write(deletions=deletions(7, 8, pending=(9,)), accounts=accounts(deleted=(20,)))
    report = company.build()
    gone = {company.person(f"acc-{i}") for i in (7, 8, 20)}
    assert report.erased == 3
    assert report.purged == (old, now)
    assert not report.changed
    assert persons_of(company) == before - gone
    assert not persons_of(company, old) & gone
    assert company.build().purged == ()


def test_no_block_of_a_purged_file_holds_the_person_any_more(company):
    key = company.person("acc-7").to_bytes(8, "little", signed=True)

    def holding() -> list[str]:
        files = (p for p in (company.workspace / "facts").iterdir() if p.is_file())
        return [p.name for p in files if key in p.read_bytes()]

    assert holding()
    company.write(deletions=deletions(7))
    company.build()
    assert holding() == []


def test_what_was_published_is_answered_to_the_byte_in_old_and_new_epochs(company):
    old, now = company.store.epochs()
    before = {
        (question, epoch): company.ask(question, epoch)
        for question in (COUNTRIES, WEEKLY, JANUARY)
        for epoch in (old, now)
    }
    company.write(deletions=deletions(*range(40)))
    company.build()
    assert company.store.epoch == now
    for (question, epoch), release in before.items():
        assert company.ask(question, epoch) == release
    company.write(events=events(SUNDAY + timedelta(days=16)))
    assert company.build().changed
    january = before[JANUARY, now]
    assert company.ask(JANUARY).rows == january.rows


def test_a_number_published_in_one_table_is_the_same_in_another_after_the_purge(company):
    table = company.ask(COUNTRIES)
    persons = {row.labels[0]: row.cells[0] for row in table.rows}
    company.write(deletions=deletions(*range(60)))
    company.build()
    [row] = company.ask(SPANISH).rows
    assert row.cells == (persons["ES"],)


def test_an_old_epoch_answers_nothing_else_once_purged_and_says_so(company):
    old, _ = company.store.epochs()
    company.ask(COUNTRIES, old)
    company.write(deletions=deletions(7))
    company.build()
    with pytest.raises(Refused, match="erased from this epoch"):
        company.ask(WEEKLY, old)
    assert company.ask(SPANISH.replace("ES", "FR"), old).rows  # a row of what was published


def test_the_epoch_in_force_answers_the_rest_from_the_rows_that_are_left(company):
    company.write(deletions=deletions(*range(0, 240, 2)))
    company.build()
    [row] = company.ask("SELECT count(DISTINCT person) FROM activity").rows
    assert row.cells[0].value == pytest.approx(120, abs=45)


def test_rows_that_the_exports_still_hold_of_an_erased_person_do_not_come_back(company):
    company.write(deletions=deletions(7), events=events(SUNDAY + timedelta(days=30)))
    report = company.build()
    assert report.changed
    assert company.person("acc-7") not in persons_of(company)
    assert all(change.late == change.gone == 0 for change in report.changes)


def test_who_made_an_account_again_after_the_deletion_is_not_erased(company):
    again = accounts().append_column("created_at", times([at(SUNDAY + timedelta(days=1))] * 240))
    company.write(deletions=deletions(7), accounts=again)
    assert company.build(as_of=SUNDAY + timedelta(days=9)).erased == 0


def test_a_process_that_holds_the_old_file_answers_from_the_new_one(company):
    store = FactStore.open(company.workspace / "facts", company.FACTS)
    count = "SELECT count(DISTINCT person) FROM activity"
    [(before,)] = store.reader().fetch(count, [])
    company.write(deletions=deletions(7, 8))
    company.build()
    assert store.reader().fetch(count, []) == [(before - 2,)]


KILLED = """
    import sys, time
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    import vitrail.gate.erasure as erasure
    import vitrail.gate.shelf as shelf
    from conftest import Exporter
    from vitrail.keys import Keyring

    {where} = lambda *_, **__: (print("here", flush=True), time.sleep(60))
    Exporter(Path({workspace!r}), Keyring(bytes(range(32)))).build()
"""


@pytest.mark.parametrize(
    "where",
    [
        pytest.param("erasure._tell", marks=pytest.mark.attack),  # nothing written yet
        "erasure._purged",  # rows written, the manifest not
        pytest.param("shelf.Shelf.replace", marks=pytest.mark.attack),  # finished, not yet named
        "Path.unlink",  # both files are there
    ],
)
def test_a_kill_during_a_purge_leaves_whole_epochs_and_the_next_import_ends_it(company, where):
    old, now = company.store.epochs()
    before = company.ask(COUNTRIES)
    company.write(deletions=deletions(7))
    code = KILLED.format(
        where=where, tests=str(Path(__file__).parent), workspace=str(company.workspace)
    )
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert company.store.epoch == now
    assert company.ask(COUNTRIES) == before
    company.build()
    for epoch in (old, now):
        assert company.person("acc-7") not in persons_of(company, epoch)
    files = {p.name for p in (company.workspace / "facts").iterdir()}
    assert len([name for name in files if name.endswith(".duckdb")]) == 2
    assert not [name for name in files if name.startswith(".purging")]
    assert company.ask(COUNTRIES) == before

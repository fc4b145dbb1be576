"""An outcome closes by days since sending: until then it is read again, from then on it stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest

from vitrail.errors import Refused

MONDAY = date(2026, 3, 2)
SENT = 400
#: Persons by the day after sending on which they ordered.
ORDERED = {1: 40, 5: 30, 20: 50, 29: 20, 45: 60}


def stamp(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def times(days: list[date]) -> pa.Array:
    return pa.array([stamp(day) for day in days], pa.timestamp("us", "UTC"))


def sends(until: date) -> pa.Table:
    """Four hundred persons on MONDAY, as many others on each Monday after."""
    rows = [
        (f"s-{week}-{i}", f"acc-{week}-{i}", f"c-{week}", MONDAY + timedelta(days=7 * week))
        for week in range(14)
        for i in range(SENT)
        if MONDAY + timedelta(days=7 * week) <= until
    ]
    ids, accounts, campaigns, days = map(list, zip(*rows, strict=True))
    return pa.table(
        {"send_id": ids, "account_id": accounts, "campaign_id": campaigns, "sent_at": times(days)}
    )


def orders(until: date, *, extra: int = 0) -> pa.Table:
    """The first campaign's orders as far as they happened; ``extra`` ones became known late."""
    rows, person = [], 0
    for after, persons in ORDERED.items():
        rows += [(f"acc-0-{person + i}", MONDAY + timedelta(days=after)) for i in range(persons)]
        person += persons
    rows += [(f"acc-0-{399 - i}", MONDAY + timedelta(days=3)) for i in range(extra)]
    rows = [row for row in rows if row[1] <= until] or [("acc-9", MONDAY - timedelta(days=1))]
    return pa.table(
        {
            "order_id": [f"o-{i}" for i in range(len(rows))],
            "account_id": [account for account, _ in rows],
            "created_at": times([day for _, day in rows]),
        }
    )


def imported(exporter, days: int, *, extra: int = 0):
    """The import made so many days after MONDAY."""
    today = MONDAY + timedelta(days=days)
    exporter.write(marketing_sends=sends(today), orders=orders(today, extra=extra))
    return exporter.build(as_of=today)


def converted(exporter, measure: str) -> int:
    sql = f"SELECT sum({measure}) FROM campaigns WHERE week = DATE '{MONDAY}'"
    return int(exporter.rows(sql)[0][0])


def test_an_outcome_grows_until_its_days_are_over_and_then_stays(exporter):
    truth = {
        "ordered_2d": [40, 40, 40, 40, 40],
        "ordered_7d": [70, 70, 70, 70, 70],
        "ordered": [70, 70, 120, 140, 140],
    }
    for place, days in enumerate((7, 14, 28, 42, 84)):
        imported(exporter, days)
        for measure, expected in truth.items():
            assert converted(exporter, measure) == expected[place], (measure, days)


def test_what_becomes_known_after_closing_changes_no_epoch(exporter):
    week = "period BETWEEN '2026-03-02' AND '2026-03-08'"
    two_days = f"SELECT OUTCOME(ordered_2d) FROM campaigns WHERE {week}"
    month = f"SELECT OUTCOME(ordered) FROM campaigns WHERE {week}"
    imported(exporter, 14)
    early = exporter.ask(two_days)
    with pytest.raises(Refused):
        exporter.ask(month)
    imported(exporter, 42, extra=25)
    settled = exporter.ask(month)
    assert exporter.ask(two_days).rows == early.rows
    for days in (49, 70, 95):
        imported(exporter, days, extra=80)
        assert exporter.ask(two_days).rows == early.rows
        assert exporter.ask(month).rows == settled.rows


def test_events_are_kept_one_by_one_only_until_their_outcomes_are_settled(exporter):
    imported(exporter, 70)
    [(first,)] = exporter.rows('SELECT min(day) FROM "campaigns.open"')
    through = exporter.store.reader().facts["campaigns"].through
    assert through - timedelta(days=38) <= first <= through


def test_the_last_settled_day_is_the_same_whether_imported_in_steps_or_at_once(exporter, tmp_path):
    for days in (7, 12, 33, 40, 61, 75):
        imported(exporter, days)
    every = "SELECT * EXCLUDE campaign, CAST(campaign AS VARCHAR) FROM campaigns ORDER BY ALL"
    in_steps = exporter.rows(every)
    for path in (exporter.workspace / "facts").glob("*"):
        path.unlink()
    imported(exporter, 75)
    assert exporter.rows(every) == in_steps

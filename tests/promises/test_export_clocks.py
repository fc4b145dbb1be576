"""Whether exports are whole and their clocks can be read: days that are missing, zones untold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from vitrail.model import Verdict

ACCOUNTS = [{"account_id": "a1", "created_at": "2026-03-01 00:00:00"}]
MANIFEST = [{"file": "events.csv", "rows": ""}, {"file": "accounts.csv", "rows": ""}]


def events(days: list[date]) -> list[dict[str, object]]:
    return [
        {"event_id": f"e{n}", "account_id": "a1", "ts": f"{day} 10:00:00"}
        for n, day in enumerate(days)
    ]


def run_of(days: int) -> list[date]:
    return [date(2026, 9, 1) + timedelta(days=n) for n in range(days)]


def zoneless(company: Any, lines: str, column: str = "created_at") -> Any:
    """A list of accounts whose source says its zone only by ``lines``."""
    source = (
        '[sources.crm]\nfile = "exports/crm.csv"\ntable = "accounts"\n'
        f'columns = {{ account_id = "id", created_at = "{column}" }}\n{lines}\n'
    )
    rows = [{"id": n, "created_at": "2026-03-01 10:00:00"} for n in range(3)]
    return company.holds("crm.csv", rows, source=source)


@pytest.fixture
def exported(company: Any) -> Any:
    """A company whose manifest lists what it exports."""
    return company.has("manifest", MANIFEST).has("accounts", ACCOUNTS)


def test_days_without_events_in_a_table_of_every_day_are_a_warning(exported: Any) -> None:
    days = run_of(40)
    whole = exported.has("events", events(days)).check("META-01")
    assert (whole.verdict, whole.warnings) == (Verdict.PASS, 0)
    holed = exported.has("events", events(days[:20] + days[23:30] + days[31:])).check("META-01")
    assert (holed.verdict, holed.warnings) == (Verdict.WARN, 4)
    assert "4 days of tables that have rows every day have none" in holed.explanation


def test_a_month_that_was_not_exported_is_found_though_it_is_long(exported: Any) -> None:
    days = run_of(80)
    assessment = exported.has("events", events(days[:25] + days[55:])).check("META-01")
    assert assessment.warnings == 30


@pytest.mark.parametrize(
    "days",
    [
        [day for day in run_of(60) if day.weekday() < 5],
        run_of(60)[::7],
        [*run_of(5), run_of(9)[8]],
    ],
    ids=["weekdays", "weekly", "few"],
)
def test_a_table_that_rests_by_habit_misses_no_day(days: list[date], exported: Any) -> None:
    assert exported.has("events", events(days)).check("META-01").warnings == 0


def test_times_of_a_source_that_declares_no_zone_are_a_warning(company: Any) -> None:
    assessment = zoneless(company, "").check("META-04")
    assert (assessment.verdict, assessment.warnings, assessment.violations) == (Verdict.WARN, 1, 0)
    assert zoneless(company, 'timezone = "Europe/Paris"').check("META-04").verdict is Verdict.PASS


def test_a_value_that_is_no_time_breaks_the_promise_in_tables_that_are_not_named_too(
    company: Any,
) -> None:
    company.has("accounts", ACCOUNTS)
    kept = company.has("deletions", [{"account_id": "a1", "requested_at": "2026-03-01 10:00:00"}])
    assert kept.check("META-04").verdict is Verdict.PASS
    broken = company.has(
        "deletions",
        [{"account_id": "a1", "requested_at": at} for at in ("soon", "", "2026-03-01 10:00:00")],
    )
    assessment = broken.check("META-04")
    assert (assessment.verdict, assessment.violations) == (Verdict.FAIL, 1)
    assert "soon" not in repr(assessment)

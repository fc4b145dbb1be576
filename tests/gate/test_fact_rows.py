"""What each fact counts of an event, seen in the rows that its SQL makes of small exports."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitrail.config import Settings, Source
from vitrail.exports.canonical import CANONICAL
from vitrail.exports.store import CanonicalStore
from vitrail.gate.facts import load_fact
from vitrail.house import carried
from vitrail.keys import Keyring

FACTS = carried("queries", "facts")
KEYS = Keyring(bytes(range(32)))

Rows = list[dict[str, Any]]


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def rows_of(tmp_path: Path):
    """The rows of a fact over canonical tables given as lists of rows."""
    (tmp_path / "exports").mkdir()

    def rows(fact: str, **tables: Rows) -> Rows:
        for name, given in tables.items():
            pq.write_table(pa.Table.from_pylist(given), tmp_path / "exports" / f"{name}.parquet")
        sources = {
            name: Source(
                file=f"exports/{name}.parquet", table=name, columns={c: c for c in given[0]}
            )
            for name, given in tables.items()
        }
        sql = load_fact(FACTS / f"{fact}.sql").sql
        with CanonicalStore.open(tmp_path, Settings(sources=sources), KEYS) as store:
            assert set(tables) <= set(CANONICAL)
            found: Rows = store.query(f"SELECT * FROM ({sql}) ORDER BY ALL").to_pylist()
            return found

    return rows


def test_a_session_is_counted_with_its_first_event_and_an_area_is_told_by_the_events_name(rows_of):
    found = rows_of("activity", events=[
        {"account_id": "a", "session_id": "s1", "name": name, "ts": moment}
        for name, moment in (
            ("login", at(1)), ("lead_opened", at(1, 11)), ("search", at(1, 12)), ("call", at(1, 13))
        )
    ] + [{"account_id": "b", "session_id": None, "name": "call", "ts": at(1)}])  # fmt: skip
    assert {(r["event"], r["area"]) for r in found} == {
        ("login", "account"), ("lead_opened", "looking"), ("search", "searching"),
        ("call", "doing"),
    }  # fmt: skip
    assert [r["event"] for r in found if r["sessions"]] == ["login"]


def test_an_account_is_made_once_used_by_the_day_and_closed_and_has_its_cohort(rows_of):
    found = rows_of(
        "accounts",
        accounts=[
            {"account_id": "a", "created_at": datetime(2026, 3, 9, tzinfo=UTC),
             "closed_at": at(20), "country": "FR"},
            {"account_id": "b", "created_at": at(1), "closed_at": None, "country": "CH"},
        ],
        events=[{"account_id": "a", "name": "x", "ts": moment} for moment in (at(1), at(1, 12))]
        + [{"account_id": "unknown", "name": "x", "ts": at(2)}],
    )  # fmt: skip
    mine = [r for r in found if r["person_key"] == KEYS.person_key("a")]
    assert [(r["change"], r["churned"]) for r in sorted(mine, key=lambda r: r["day"])] == [
        ("created", 0), ("active", 1), ("closed", 0),
    ]  # fmt: skip
    assert {(r["cohort_year"], r["cohort"], r["region"]) for r in found} == {
        ("2026", "2026-03", "EEA"), ("2026", "2026-05", "outside the EEA"),
    }  # fmt: skip
    assert len(found) == 4


def test_money_that_comes_back_counts_within_a_month_and_in_euros(rows_of):
    order = {"account_id": "a", "created_at": at(1), "amount": 1000, "currency": "EUR"}
    found = rows_of(
        "orders",
        orders=[
            order | {"order_id": "kept", "status": "paid"},
            order | {"order_id": "part", "status": "paid"},
            order | {"order_id": "late", "status": "refunded"},
            order | {"order_id": "told", "status": "refunded"},
            order | {"order_id": "pounds", "status": "refunded", "currency": "GBP"},
            order | {"order_id": "denied", "status": "paid"},
        ],
        returns=[
            {"order_id": "part", "created_at": at(3), "amount": 200, "status": "done"},
            {"order_id": "part", "created_at": at(9), "amount": 300, "status": "done"},
            {"order_id": "late", "created_at": datetime(2026, 7, 1, tzinfo=UTC), "amount": 1000,
             "status": "done"},
            {"order_id": "denied", "created_at": at(3), "amount": 1000, "status": "rejected"},
        ],
    )  # fmt: skip
    told = {r["event_id"]: (r["amount"], r["returned"], r["refunded"]) for r in found}
    assert told == {
        "kept": (1000, 0, 0), "part": (1000, 500, 1), "late": (0, 0, 0), "told": (0, 1000, 1),
        "pounds": (0, 0, 1), "denied": (1000, 0, 0),
    }  # fmt: skip


@pytest.mark.parametrize("recipients", [1, 3, 7])
def test_a_campaigns_cost_is_spread_over_its_recipients_to_the_cent(rows_of, recipients):
    found = rows_of(
        "campaigns",
        marketing_sends=[
            {"send_id": f"{c}{n}", "campaign_id": c, "account_id": f"p{n}", "sent_at": at(1)}
            for c in ("euros", "dollars") for n in range(recipients)
        ],
        campaigns=[
            {"campaign_id": c, "name": c, "cost": 1000, "currency": currency, "send_time": at(1)}
            for c, currency in (("euros", "EUR"), ("dollars", "USD"))
        ],
    )  # fmt: skip
    spread = [r["cost"] for r in found if r["campaign"] == "euros"]
    assert sum(spread) == 1000
    assert max(spread) - min(spread) <= 1
    assert not any(r["cost"] for r in found if r["campaign"] == "dollars")


def test_outcomes_of_a_campaign_count_from_the_hour_of_sending_or_else_of_the_campaigns(rows_of):
    found = rows_of(
        "campaigns",
        marketing_sends=[{"campaign_id": "c", "account_id": p} for p in ("a", "b", "c")],
        campaigns=[{"campaign_id": "c", "name": "Spring", "send_time": at(1)}],
        orders=[
            {"account_id": "a", "created_at": at(3, 9)},
            {"account_id": "b", "created_at": at(3, 11)},
            {"account_id": "c", "created_at": at(1, 9)},
        ],
    )  # fmt: skip
    persons = {KEYS.person_key(p): p for p in "abc"}
    told = {persons[r["person_key"]]: (r["ordered_2d"], r["ordered_7d"]) for r in found}
    assert told == {"a": (1, 1), "b": (0, 1), "c": (0, 0)}
    assert {str(r["day"]) for r in found} == {"2026-05-01"}


def test_a_visit_keeps_the_section_and_source_that_it_began_with_and_nothing_of_its_address(
    rows_of,
):
    event = {
        "user_pseudo_id": "1.2", "session_id": "s", "country": "France", "source": None,
        "medium": None, "event_name": "page_view",
    }  # fmt: skip
    found = rows_of("web", ga4_events=[
        event | {"event_ts": at(1), "page_location": "https://x.example/fr/prix?email=a@b.example",
                 "source": "Google", "medium": "cpc"},
        event | {"event_ts": at(1, 11), "page_location": "https://x.example/u/ann"},
        event | {"event_ts": at(1, 12), "page_location": None, "event_name": "purchase"},
        event | {"event_ts": at(2), "page_location": "https://x.example/", "session_id": None},
    ])  # fmt: skip
    visit = [r for r in found if str(r["day"]) == "2026-05-01"]
    assert {(r["landing"], r["source"], r["source_kind"], r["medium"]) for r in visit} == {
        ("prix", "google", "search", "cpc")
    }
    assert [sum(r[m] for r in found) for m in ("sessions", "views", "converted")] == [1, 3, 1]
    assert {r["region"] for r in found} == {"EEA"}
    assert [r["landing"] for r in found if r not in visit] == [None]


def test_who_waits_for_an_answer_waits_at_most_three_days(rows_of):
    def message(talk: str, author: str, moment: datetime, person: str | None = "a") -> dict:
        return {
            "conversation_id": talk, "account_id": person, "channel": "chat", "topic": "Setup",
            "author": author, "created_at": moment,
        }  # fmt: skip

    found = rows_of("support", support_messages=[
        message("quick", "user", at(1)), message("quick", "bot", at(1, 10, 1)),
        message("quick", "agent", at(1, 10, 7), None),
        message("slow", "user", at(1)), message("slow", "agent", at(3)),
        message("never", "user", at(1)), message("never", "agent", at(5)),
        message("ours", "agent", at(1)), message("ours", "user", at(1, 11)),
    ])  # fmt: skip
    told = {r["event_id"]: (r["messages"], r["response_minutes"], r["answered_1d"]) for r in found}
    assert told == {
        "chat quick": (3, 7, 1), "chat slow": (2, 2880, 0), "chat never": (1, 4320, 0),
        "chat ours": (2, 4320, 0),
    }  # fmt: skip
    assert {r["topic"] for r in found} == {"setup"}


def test_who_gives_four_points_is_satisfied(rows_of):
    found = rows_of("feedback", feedback=[
        {"id": str(n), "account_id": "a", "rating": n, "created_at": at(1)} for n in (1, 3, 4, 5)
    ] + [{"id": "none", "account_id": "a", "rating": None, "created_at": at(1)}])  # fmt: skip
    assert [(r["rating"], r["satisfied"]) for r in found] == [(1, 0), (3, 0), (4, 1), (5, 1)]

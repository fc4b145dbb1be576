"""The day of the exports: what ends on it has not run out, and what was done on it was done."""

from __future__ import annotations

from typing import Any

import pytest

NIGHT_BEFORE, MORNING = "2026-11-19 23:59:59", "2026-11-20 10:00:00"  # of the day of the exports
GONE = {"account_id": "a1", "status": "closed", "closed_at": "2026-01-10 00:00:00"}
NAMED = {"account_id": "a1", "name": "Ana Roe", "email": "ana@example.org"}


def three_days_before(moment: str) -> str:
    return moment.replace("-20 ", "-17 ").replace("-19 ", "-16 ")


@pytest.mark.parametrize(("ends", "why"), [(NIGHT_BEFORE, "undecided"), (MORNING, None)])
def test_a_minors_case_is_overdue_from_the_next_day_on(
    company: Any, ends: str, why: str | None
) -> None:
    company.has("minor_findings", [
        {"account_id": "a1", "level": "certain", "asof": three_days_before(ends),
         "status": "open", "decided_at": ""},
    ])  # fmt: skip
    assert company.rows("MIN-02") == ({"a1": why} if why else {})


@pytest.mark.parametrize(("ends", "why"), [(NIGHT_BEFORE, "not_taken_up"), (MORNING, None)])
def test_a_request_by_message_is_overdue_from_the_next_day_on(
    company: Any, ends: str, why: str | None
) -> None:
    company.has("support_messages", [
        {"message_id": "m1", "account_id": "a1", "author": "user", "topic": "gdpr", "text": "x",
         "created_at": three_days_before(ends)},
    ])  # fmt: skip
    company.has("dsar_requests", [
        {"request_id": "r", "account_id": "a2", "received_at": "2026-03-01 00:00:00"}
    ])  # fmt: skip
    assert company.rows("DSR-07") == ({"m1": why} if why else {})


@pytest.mark.parametrize("start", [NIGHT_BEFORE, MORNING])
def test_a_hold_that_began_on_that_day_holds(company: Any, start: str) -> None:
    company.has("accounts", [GONE])
    company.has("profiles", [NAMED])
    company.has("archives", [
        {"account_id": "a1", "table_name": "profiles", "reason": "dispute", "hold_from": start,
         "hold_until": "2027-01-01 00:00:00"},
    ])  # fmt: skip
    assert company.rows("RET-01") == {}
    company.has("archives", [
        {"account_id": "a1", "table_name": "profiles", "reason": "dispute",
         "hold_from": "2026-11-21 00:00:00", "hold_until": "2027-01-01 00:00:00"},
    ])  # fmt: skip
    assert company.rows("RET-01") == {"a1": "kept"}


@pytest.mark.parametrize(("closed", "why"), [("2026-10-20 23:59:59", "kept"),
                                             ("2026-10-21 00:00:00", None)])  # fmt: skip
def test_an_account_may_stay_until_its_last_day_of_grace(
    company: Any, closed: str, why: str | None
) -> None:
    company.has("accounts", [GONE | {"closed_at": closed}])
    company.has("profiles", [NAMED])
    assert company.rows("RET-01") == ({"a1": why} if why else {})


@pytest.mark.parametrize(("zoned", "why"), [("2026-10-21 00:30:00+02:00", "kept"),
                                            ("2026-10-20 23:30:00-02:00", None)])  # fmt: skip
def test_a_day_ends_where_its_zone_says(company: Any, zoned: str, why: str | None) -> None:
    company.has("accounts", [GONE | {"closed_at": zoned}])
    company.has("profiles", [NAMED])
    assert company.rows("RET-01") == ({"a1": why} if why else {})


def test_a_backup_that_was_purged_on_that_day_is_gone(company: Any) -> None:
    kept = {"created_at": "2026-08-01 00:00:00", "expires_at": "2026-10-01 00:00:00",
            "encrypted": "true", "isolated": "true"}  # fmt: skip
    company.has("backups", [
        kept | {"backup_id": "purged", "purged_at": MORNING},
        kept | {"backup_id": "there", "purged_at": ""},
    ])  # fmt: skip
    assert company.rows("RET-05") == {"there": "not_purged"}


def test_a_testimonial_that_was_taken_down_on_that_day_names_nobody(company: Any) -> None:
    company.has("accounts", [GONE])
    one = {"account_id": "a1", "display_name": "Ana R.", "published_from": "2025-01-01 00:00:00"}
    company.has("testimonials", [
        one | {"testimonial_id": "down", "published_until": MORNING},
        one | {"testimonial_id": "up", "published_until": ""},
    ])  # fmt: skip
    assert company.rows("TST-03") == {"up": "still_named"}


def test_a_partner_whose_name_begins_like_the_companys_is_a_partner(company: Any) -> None:
    company.top = ['company = "Lanterne Leads"']
    sent = {"email": "ana@example.org", "purpose": "marketing", "sent_at": "2026-03-01 00:00:00"}
    company.has("marketing_sends", [
        sent | {"send_id": "own", "sender_org": "Lanterne Leads SAS"},
        sent | {"send_id": "partner", "sender_org": "Lanterne Leads Partners"},
    ])  # fmt: skip
    company.has("processors", [
        {"processor_id": "p1", "name": "Other", "active_from": "2020-01-01 00:00:00"}
    ])  # fmt: skip
    company.has("consents", [
        {"consent_id": "c1", "email": "ana@example.org", "purpose": "marketing",
         "status": "granted", "ts": "2026-01-01 00:00:00"},
    ])  # fmt: skip
    assert set(company.rows("MKT-07")) == {"partner"}

"""What a control does not read cannot move its verdict."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vitrail.model import Assessment, Verdict

CONTROLS = ("MKT-01", "MKT-02", "RET-01", "DSR-01", "TST-01", "SHR-01", "MIN-01")


def _fill(company: Any) -> None:
    """A small company in which every one of these controls finds a breach."""
    people = [f"p{n}@x.org" for n in range(8)]
    company.has("accounts", [
        {"account_id": f"a{n}", "email": e, "status": "closed" if n % 3 == 0 else "active",
         "created_at": "2026-01-02 00:00:00",
         "closed_at": "2026-01-03 00:00:00" if n % 3 == 0 else ""}
        for n, e in enumerate(people)
    ])  # fmt: skip
    company.has("profiles", [
        {"account_id": f"a{n}", "name": "Ana Roe", "email": e,
         "declared_birth_date": f"{1988 + 4 * n}-05-01"} for n, e in enumerate(people)
    ])  # fmt: skip
    company.has("guardian_authorisations", [
        {"auth_id": "g", "account_id": "a7", "granted_at": "2025-01-01 00:00:00"}
    ])  # fmt: skip
    company.has("consents", [
        {"consent_id": f"c{n}", "email": e, "purpose": p, "status": "granted",
         "ts": f"2026-0{1 + n % 6}-01 00:00:00"}
        for n, e in enumerate(people) for p in ("marketing", "testimonial")
    ])  # fmt: skip
    company.has("marketing_sends", [
        {"send_id": f"s{n}", "email": e, "purpose": "marketing", "channel": "email",
         "sent_at": "2026-04-15 00:00:00"} for n, e in enumerate(people)
    ])  # fmt: skip
    company.has("unsubscribe_events", [{"email": people[1], "ts": "2026-04-01 00:00:00"}])
    company.has("testimonials", [
        {"testimonial_id": f"t{n}", "email": e, "published_from": "2026-03-15 00:00:00"}
        for n, e in enumerate(people)
    ])  # fmt: skip
    company.has("dsar_requests", [
        {"request_id": f"r{n}", "received_at": "2026-03-01 00:00:00",
         "responded_at": f"2026-04-{10 * (n % 3) + 1:02d} 00:00:00"} for n in range(6)
    ])  # fmt: skip
    company.has("processors", [
        {"processor_id": "ga", "name": "Google", "active_from": "2024-01-01 00:00:00"}
    ])  # fmt: skip
    company.has("processor_shares", [
        {"share_id": f"x{n}", "processor_id": ("ga", "zz")[n % 2],
         "shared_at": "2026-03-01 00:00:00"}
        for n in range(6)
    ])  # fmt: skip
    company.has("feedback", [{"id": str(n), "account_id": "a1", "text": "ok"} for n in range(5)])


def _told(assessment: Assessment) -> tuple[object, ...]:
    return (
        assessment.verdict, assessment.denominator, assessment.violations, assessment.warnings,
        assessment.undecidable, assessment.keys, assessment.reason,
    )  # fmt: skip


@pytest.fixture(scope="module")
def filled(
    tmp_path_factory: pytest.TempPathFactory, new_company: Callable[[Path], Any]
) -> tuple[Any, dict[str, tuple[object, ...]]]:
    """The company, and what its controls say while nothing is missing."""
    company = new_company(tmp_path_factory.mktemp("independence") / "company")
    _fill(company)
    return company, {name: _told(company.check(name)) for name in CONTROLS}


def test_every_control_of_this_company_finds_a_breach(filled: Any) -> None:
    _, told = filled
    assert {name: said[0] for name, said in told.items()} == dict.fromkeys(CONTROLS, Verdict.FAIL)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_removing_rows_of_a_table_that_a_control_does_not_read_changes_nothing(
    filled: Any, data: st.DataObject
) -> None:
    company, told = filled
    name = data.draw(st.sampled_from(CONTROLS))
    control = company.controls[name]
    read = {table for table, _ in control.needs} | set(control.uses)
    table = data.draw(st.sampled_from(sorted(set(company.sources) - read)))
    export = company.place / "exports" / f"{table}.csv"
    whole = export.read_text("utf-8")
    gone = data.draw(st.sets(st.integers(0, len(whole.splitlines()) - 2), min_size=1))
    try:
        company.without_rows(table, gone)
        assert _told(company.check(name)) == told[name]
    finally:
        export.write_text(whole, "utf-8")

"""Every control reaches every verdict that it can, on real exports and a real scan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from vitrail.model import FindingStatus, Verdict

CARD = "4242 4242 4242 4242"
IBAN = "FR14 2004 1010 0505 0001 3M02 606"

SENDS = [
    {"send_id": "s1", "email": "ana@example.org", "channel": "email", "purpose": "marketing",
     "sent_at": "2026-03-01 09:00:00"},
    {"send_id": "s2", "email": "ben@example.org", "channel": "email", "purpose": "marketing",
     "sent_at": "2026-03-01 09:00:00"},
]  # fmt: skip
CONSENTS = [
    {"consent_id": "c1", "email": "ana@example.org", "purpose": "marketing", "channel": "email",
     "status": "granted", "ts": "2026-01-01 00:00:00"},
    {"consent_id": "c2", "email": "ben@example.org", "purpose": "marketing", "channel": "email",
     "status": "granted", "ts": "2026-01-01 00:00:00"},
]  # fmt: skip
UNSUBSCRIBED = [{"email": "ben@example.org", "channel": "email", "ts": "2026-03-02 10:00:00"}]
ENDED = [
    {"account_id": "a1", "status": "closed", "closed_at": "2026-01-10 00:00:00",
     "created_at": "2024-01-01 00:00:00"},
    {"account_id": "a2", "status": "active", "closed_at": None,
     "created_at": "2024-01-01 00:00:00"},
]  # fmt: skip
PROFILES = [
    {"account_id": "a1", "name": "", "email": "", "declared_birth_date": ""},
    {"account_id": "a2", "name": "Ben Moor", "email": "ben@example.org",
     "declared_birth_date": "1980-05-01"},
]  # fmt: skip
REQUESTS = [
    {"request_id": "r1", "received_at": "2026-03-01 10:00:00",
     "responded_at": "2026-03-20 10:00:00"},
]  # fmt: skip
TESTIMONIALS = [
    {"testimonial_id": "t1", "email": "ana@example.org", "published_from": "2026-02-01 00:00:00"},
]
AGREED = [
    {"consent_id": "c1", "email": "ana@example.org", "purpose": "testimonial",
     "status": "granted", "ts": "2026-01-15 00:00:00"},
]  # fmt: skip
SHARES = [{"share_id": "x1", "processor_id": "p1", "shared_at": "2026-03-01 00:00:00"}]
PROCESSORS = [
    {"processor_id": "p1", "name": "Stripe Payments Europe", "active_from": "2024-01-01 00:00:00"}
]
LEAVES = [{"auth_id": "g1", "account_id": "a9", "granted_at": "2026-01-01 00:00:00"}]
PAGES = [
    {"event_timestamp": 1772355600000000, "event_ts": "2026-03-01 09:00:00",
     "event_name": "page_view", "page_location": "https://shop.example/prices?x=1",
     "page_title": "Prices"},
]  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """One control: the exports under which it passes, and how they are broken."""

    passing: Mapping[str, list[dict[str, Any]]]
    breaking: Callable[[Any], object]
    time: tuple[str, str] | None = None
    scan: bool = False
    reviews: Mapping[str, FindingStatus] = field(default_factory=dict)
    broken: Verdict = Verdict.FAIL


def _notes(text: str) -> Callable[[Any], object]:
    return lambda company: company.holds(
        "notes.csv", [{"id": "1", "note": text}, {"id": "2", "note": "no"}]
    )


SCENES = {
    "MKT-01": Scene(
        {"marketing_sends": SENDS, "consents": CONSENTS},
        lambda c: c.has("consents", [CONSENTS[0], CONSENTS[1] | {"status": "refused"}]),
        ("consents", "ts"),
    ),
    "MKT-02": Scene(
        {"marketing_sends": SENDS, "unsubscribe_events": UNSUBSCRIBED},
        lambda c: c.has("unsubscribe_events", [UNSUBSCRIBED[0] | {"ts": "2026-02-20 10:00:00"}]),
        ("unsubscribe_events", "ts"),
    ),
    "RET-01": Scene(
        {"accounts": ENDED, "profiles": PROFILES},
        lambda c: c.has("profiles", [PROFILES[0] | {"name": "Ana Roe"}, PROFILES[1]]),
        ("accounts", "closed_at"),
    ),
    "DSR-01": Scene(
        {"dsar_requests": REQUESTS},
        lambda c: c.has("dsar_requests", [REQUESTS[0] | {"responded_at": "2026-05-01 10:00:00"}]),
        ("dsar_requests", "received_at"),
    ),
    "TST-01": Scene(
        {"testimonials": TESTIMONIALS, "consents": AGREED},
        lambda c: c.has("consents", [AGREED[0] | {"ts": "2026-06-01 00:00:00"}]),
        ("testimonials", "published_from"),
    ),
    "SHR-01": Scene(
        {"processor_shares": SHARES, "processors": PROCESSORS},
        lambda c: c.has("processors", [PROCESSORS[0] | {"processor_id": "p2"}]),
        ("processor_shares", "shared_at"),
    ),
    "MIN-01": Scene(
        {"accounts": ENDED, "profiles": PROFILES, "guardian_authorisations": LEAVES},
        lambda c: c.has(
            "profiles", [PROFILES[0], PROFILES[1] | {"declared_birth_date": "2012-05-01"}]
        ),
        ("accounts", "created_at"),
    ),
    "PAY-01": Scene(
        {}, _notes(f"my card {CARD}"), scan=True, reviews={"CREDIT_CARD": FindingStatus.CONFIRMED}
    ),
    "PAY-03": Scene(
        {}, _notes(f"my account {IBAN}"), scan=True, reviews={"IBAN_CODE": FindingStatus.CONFIRMED}
    ),
    "ANA-02": Scene(
        {"ga4_events": PAGES, "profiles": PROFILES},
        lambda c: c.has(
            "ga4_events", [PAGES[0] | {"page_location": "https://shop.example/?m=ben%2540example.org"}]
        ),
        ("ga4_events", "event_ts"),
        scan=True,
    ),
}  # fmt: skip


@pytest.fixture(params=SCENES, ids=str)
def control(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def scene(control: str, company: Any) -> Scene:
    found = SCENES[control]
    for table, rows in found.passing.items():
        company.has(table, rows)
    if found.scan and not found.passing:
        _notes("nothing here")(company)
    return found


def check(company: Any, control: str, scene: Scene) -> Any:
    return company.check(control, scan=scene.scan, reviews=scene.reviews)


def test_it_passes_where_the_promise_was_kept(company: Any, control: str, scene: Scene) -> None:
    assessment = check(company, control, scene)
    assert assessment.verdict is Verdict.PASS, assessment.reason
    assert assessment.denominator > 0
    assert assessment.violations == 0
    assert "none of" in assessment.sentence


def test_it_fails_where_the_promise_was_broken(company: Any, control: str, scene: Scene) -> None:
    scene.breaking(company)
    assessment = check(company, control, scene)
    assert assessment.verdict is Verdict.FAIL, assessment.reason
    assert assessment.violations == 1
    assert len(assessment.keys) == 1
    assert assessment.pattern == "isolated"


def test_it_is_not_tested_without_its_tables(company: Any, control: str, scene: Scene) -> None:
    if not scene.passing:
        assessment = company.check(control)  # no scan has been made
        assert assessment.reason == "no scan has read these exports"
    else:
        table = next(iter(scene.passing))
        company.lacks(table)
        assessment = check(company, control, scene)
        assert table in assessment.missing
        assert table in assessment.reason
    assert assessment.verdict is Verdict.NOT_TESTED
    assert assessment.denominator == 0
    assert assessment.rate is None


@pytest.mark.parametrize("control", [name for name, s in SCENES.items() if s.time], indirect=True)
def test_it_is_inconclusive_without_its_times(company: Any, control: str, scene: Scene) -> None:
    assert scene.time is not None
    table, column = scene.time
    company.lacks(table, column)
    assessment = check(company, control, scene)
    assert assessment.verdict is Verdict.INCONCLUSIVE
    assert assessment.missing == (f"{table}.{column}",)


def test_it_is_not_tested_where_its_tables_are_empty(
    company: Any, control: str, scene: Scene
) -> None:
    for table, rows in scene.passing.items():
        company.has(table, [], columns=list(rows[0]))
    if not scene.passing:
        (company.place / "exports" / "notes.csv").write_text("id,note\n", "utf-8")
    assessment = check(company, control, scene)
    assert assessment.verdict is Verdict.NOT_TESTED
    assert assessment.denominator == 0
    assert "nothing to examine" in assessment.reason

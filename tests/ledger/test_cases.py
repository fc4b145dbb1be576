"""Cases of likely minors: a scan opens them, a human alone closes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vitrail.errors import UsageError
from vitrail.ledger import Ledger
from vitrail.ledger.cases import forget_dismissed
from vitrail.ledger.sqlite import SqliteDatabase
from vitrail.model import CaseDecision, CaseFound, CaseStatus, MinorCase

KEY = "5ca1ab1e5ca1ab1e"


def found(print_of: str, level: str = "likely", score: float = 0.9) -> CaseFound:
    return CaseFound(print_of * 32, level, score, ("statement",))


def only(ledger: Ledger) -> MinorCase:
    (case,) = ledger.cases()
    return case


def test_the_same_person_found_again_keeps_the_case_and_its_clock(address: Path | str) -> None:
    with Ledger.open(address, KEY) as ledger:
        ledger.record_cases("scan-1", [found("a")])
        first = only(ledger)
        ledger.record_cases("scan-2", [found("a", "certain", 0.99)])
        again = only(ledger)
    assert (again.id, again.opened_at) == (first.id, first.opened_at)
    assert (again.level, again.status) == ("certain", CaseStatus.OPEN)


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        (CaseDecision.CONFIRM, CaseStatus.CONFIRMED),
        (CaseDecision.DISMISS, CaseStatus.DISMISSED),
        (CaseDecision.AUTHORISE, CaseStatus.AUTHORISED),
        (CaseDecision.REOPEN, CaseStatus.OPEN),
    ],
)
def test_a_decision_is_a_persons_with_a_reason_and_survives_a_rebuild(
    address: Path | str, decision: CaseDecision, status: CaseStatus
) -> None:
    with Ledger.open(address, KEY) as ledger:
        ledger.record_cases("scan-1", [found("a"), found("b")])
        case = ledger.cases()[0]
        ledger.decide_case(case.id, decision, "vera", "The school confirmed it.")
        decided = ledger.cases()
        ledger.rebuild_state()
        assert ledger.cases() == decided
        one = next(c for c in decided if c.id == case.id)
        assert (one.status, one.decided_by, one.reason) == (
            status, "vera", "The school confirmed it.",
        )  # fmt: skip
        assert ledger.verify().ok


def test_no_decision_is_taken_without_a_reason_or_on_an_unknown_case(address: Path | str) -> None:
    with Ledger.open(address, KEY) as ledger:
        ledger.record_cases("scan-1", [found("a")])
        with pytest.raises(UsageError, match="reason"):
            ledger.decide_case(only(ledger).id, CaseDecision.CONFIRM, "vera", "  ")
        with pytest.raises(UsageError, match="no such case"):
            ledger.decide_case("case-0", CaseDecision.CONFIRM, "vera", "Because.")
        assert only(ledger).status is CaseStatus.OPEN


def test_a_dismissed_cases_fingerprint_expires_and_its_number_dates_and_decision_stay(
    place: Path,
) -> None:
    with Ledger.open(place, KEY) as ledger:
        ledger.record_cases("scan-1", [found("a"), found("b")])
        dismissed, kept = ledger.cases()
        ledger.decide_case(dismissed.id, CaseDecision.DISMISS, "vera", "A teacher.")
        assert ledger.forget_dismissed_cases(days=365) == 0
        with SqliteDatabase(place, 5).writing() as connection:
            later = datetime.now(UTC) + timedelta(days=366)
            assert forget_dismissed(connection, 365, later) == 1
        cases = {c.id: c for c in ledger.cases()}
    assert cases[dismissed.id].fingerprint is None
    assert cases[dismissed.id].status is CaseStatus.DISMISSED
    assert cases[dismissed.id].opened_at == dismissed.opened_at
    assert cases[kept.id].fingerprint == kept.fingerprint


def test_the_chain_holds_no_fingerprint_of_anyone(address: Path | str) -> None:
    with Ledger.open(address, KEY) as ledger:
        ledger.record_cases("scan-1", [found("a")])
        ledger.decide_case(only(ledger).id, CaseDecision.CONFIRM, "vera", "Said so.")
        assert "a" * 32 not in str(ledger.events())


def test_an_open_case_is_overdue_after_the_hours_allowed(address: Path | str) -> None:
    with Ledger.open(address, KEY) as ledger:
        ledger.record_cases("scan-1", [found("a")])
        case = only(ledger)
    assert not case.overdue(case.opened_at + timedelta(hours=71), 72)
    assert case.overdue(case.opened_at + timedelta(hours=73), 72)

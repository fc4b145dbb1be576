"""A finding's life: open, decided, gone, come back; and the reasons beside the chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vitrail.errors import UsageError
from vitrail.ledger import Ledger
from vitrail.model import Change, Decision, Disposition, Finding, FindingStatus, Severity

Make = Callable[..., Finding]
EXAMINED = {"a", "b", "c"}


def decide(ledger: Ledger, name: str, decision: Decision, reason: str = "Looked at it.") -> None:
    ledger.dispose(Disposition(name, decision, reason, "amelie", datetime.now(UTC)))


def status(ledger: Ledger, name: str) -> FindingStatus:
    return {f.id: f.status for f in ledger.findings()}[name]


def test_findings_come_back_as_they_were_put_in_the_worst_first(
    ledger: Ledger, finding: Make
) -> None:
    made = [
        finding("a", severity=Severity.LOW),
        finding("b", table="Clients", severity=Severity.CRITICAL, samples=("x", "é•")),
        finding("c", expected=True, severity=Severity.HIGH),
    ]
    ledger.record_findings("r1", made)
    assert ledger.findings() == (made[1], made[2], made[0])


def test_a_later_run_tells_what_is_new_what_is_gone_and_what_came_back(
    ledger: Ledger, finding: Make
) -> None:
    ledger.record_findings("r1", [finding("a"), finding("b")])
    second = ledger.record_findings("r2", [finding("a", cells=5)], examined=EXAMINED)
    assert (second.payload["new"], second.payload["gone"]) == (0, ["b"])
    assert status(ledger, "b") is FindingStatus.GONE
    assert {f.id: (f.cells, f.run) for f in ledger.findings()} == {"a": (5, "r2"), "b": (12, "r1")}
    third = ledger.record_findings("r3", [finding("b"), finding("c")], examined=EXAMINED)
    assert (third.payload["new"], third.payload["gone"]) == (1, ["a"])
    assert third.payload["regressed"] == ["b"]
    assert status(ledger, "b") is FindingStatus.REGRESSED


def test_what_was_not_examined_again_stays_as_it_was(ledger: Ledger, finding: Make) -> None:
    ledger.record_findings("r1", [finding("a"), finding("b", column="subject")])
    ledger.record_findings("r2", [], examined={"b"})
    assert status(ledger, "a") is FindingStatus.OPEN
    assert status(ledger, "b") is FindingStatus.GONE
    ledger.record_findings("r3", [])
    assert status(ledger, "a") is FindingStatus.OPEN


def test_what_is_gone_is_not_gone_again(ledger: Ledger, finding: Make) -> None:
    ledger.record_findings("r1", [finding("a")])
    ledger.record_findings("r2", [], examined=EXAMINED)
    assert ledger.record_findings("r3", [], examined=EXAMINED).payload["gone"] == []


def test_a_decision_stays_from_run_to_run(ledger: Ledger, finding: Make) -> None:
    ledger.record_findings("r1", [finding("a"), finding("b")])
    decide(ledger, "a", Decision.DISMISS, "The house's own address.")
    decide(ledger, "b", Decision.CONFIRM)
    ledger.record_findings("r2", [finding("a"), finding("b")], examined=EXAMINED)
    (dismissed,) = ledger.findings(FindingStatus.DISMISSED)
    assert (dismissed.id, dismissed.reason) == ("a", "The house's own address.")
    assert (dismissed.decided_by, dismissed.run) == ("amelie", "r2")
    assert dismissed.decided_at is not None
    assert [f.id for f in ledger.findings(FindingStatus.CONFIRMED)] == ["b"]


def test_a_decision_can_be_taken_back(ledger: Ledger, finding: Make) -> None:
    ledger.record_findings("r1", [finding("a")])
    decide(ledger, "a", Decision.DISMISS)
    decide(ledger, "a", Decision.REOPEN, "It is a customer after all.")
    assert status(ledger, "a") is FindingStatus.OPEN
    assert [e.payload["decision"] for e in ledger.events({"finding_decided"})] == [
        "dismiss",
        "reopen",
    ]


def test_what_was_confirmed_and_mended_and_comes_back_has_regressed(
    ledger: Ledger, finding: Make
) -> None:
    ledger.record_findings("r1", [finding("a")])
    decide(ledger, "a", Decision.CONFIRM)
    ledger.record_findings("r2", [], examined=EXAMINED)
    assert status(ledger, "a") is FindingStatus.GONE
    ledger.record_findings("r3", [finding("a")], examined=EXAMINED)
    assert status(ledger, "a") is FindingStatus.REGRESSED
    decide(ledger, "a", Decision.CONFIRM)
    assert status(ledger, "a") is FindingStatus.CONFIRMED


def test_a_claim_that_it_is_mended_is_verified_by_a_later_scan_that_finds_none(
    ledger: Ledger, finding: Make
) -> None:
    ledger.record_findings("r1", [finding("a")])
    decide(ledger, "a", Decision.CLAIM, "The export leaves the column out since Monday.")
    assert status(ledger, "a") is FindingStatus.CLAIMED
    ledger.record_findings("r2", [])  # read less: proves nothing
    assert status(ledger, "a") is FindingStatus.CLAIMED
    ledger.record_findings("r3", [], examined=EXAMINED)
    assert status(ledger, "a") is FindingStatus.VERIFIED
    ledger.record_findings("r4", [finding("a")], examined=EXAMINED)
    assert status(ledger, "a") is FindingStatus.REGRESSED


def test_a_claim_is_refuted_by_a_scan_that_finds_it_all_the_same(
    ledger: Ledger, finding: Make
) -> None:
    ledger.record_findings("r1", [finding("a")])
    decide(ledger, "a", Decision.CLAIM)
    refuted = ledger.record_findings("r2", [finding("a")], examined=EXAMINED)
    assert refuted.payload["regressed"] == ["a"]
    assert status(ledger, "a") is FindingStatus.REGRESSED
    assert ledger.record_findings("r3", [finding("a")]).payload["regressed"] == []


def test_each_scan_says_of_every_finding_what_has_changed(ledger: Ledger, finding: Make) -> None:
    def changes() -> dict[str, Change]:
        return {f.id: f.change for f in ledger.findings()}

    ledger.record_findings("r1", [finding("a"), finding("b"), finding("c")])
    assert set(changes().values()) == {Change.NEW}
    ledger.record_findings("r2", [finding("a", new_values=2)], examined={"a", "b"})
    assert changes() == {"a": Change.STILL_THERE, "b": Change.GONE, "c": Change.NOT_EXAMINED}
    assert {f.id: f.new_values for f in ledger.findings()} == {"a": 2, "b": None, "c": None}
    ledger.record_findings("r3", [finding("b")], examined=set())
    assert changes() == {
        "a": Change.NOT_EXAMINED, "b": Change.REGRESSED, "c": Change.NOT_EXAMINED,
    }  # fmt: skip
    ledger.record_findings("r4", [finding("c")], examined={"a", "b", "c"})
    assert changes() == {"a": Change.GONE, "b": Change.GONE, "c": Change.STILL_THERE}


def test_what_was_dismissed_stays_dismissed_when_it_comes_back(
    ledger: Ledger, finding: Make
) -> None:
    ledger.record_findings("r1", [finding("a")])
    decide(ledger, "a", Decision.DISMISS)
    ledger.record_findings("r2", [], examined=EXAMINED)
    ledger.record_findings("r3", [finding("a")], examined=EXAMINED)
    assert status(ledger, "a") is FindingStatus.DISMISSED


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001])
def test_a_decision_needs_a_reason(ledger: Ledger, finding: Make, reason: str) -> None:
    ledger.record_findings("r1", [finding("a")])
    with pytest.raises(UsageError, match="needs a reason"):
        decide(ledger, "a", Decision.DISMISS, reason)
    assert status(ledger, "a") is FindingStatus.OPEN


def test_only_a_known_finding_can_be_decided_on(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="no such finding"):
        decide(ledger, "a", Decision.DISMISS)


def test_a_persons_words_are_beside_the_chain_and_the_chain_holds_no_trace_to_guess(
    ledger: Ledger, finding: Make, place: Path
) -> None:
    ledger.record_findings("r1", [finding("a"), finding("b")])
    for name in ("a", "b"):
        decide(ledger, name, Decision.DISMISS, "It is Jeanne Martin's own.")
    assert "Jeanne" not in repr(ledger.events())
    digests = {e.payload["reason_digest"] for e in ledger.events({"finding_decided"})}
    assert len(digests) == 2, "the same words under another salt are another digest"


def test_the_same_finding_twice_in_a_run_counts_once(ledger: Ledger, finding: Make) -> None:
    event = ledger.record_findings("r1", [finding("a"), replace(finding("a"), cells=99)])
    assert event.payload["total"] == 1
    assert [f.cells for f in ledger.findings()] == [99]

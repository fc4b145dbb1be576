"""Findings worked through by several people, and read a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import KEY
from vitrail.errors import Overtaken, SecondPerson, UsageError
from vitrail.ledger import Ledger
from vitrail.model import (
    Decision,
    Disposition,
    Finding,
    FindingFilter,
    FindingStatus,
    Severity,
    Standing,
    Where,
)

Make = Callable[..., Finding]
YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)


def word(name: str, decision: Decision, by: str = "amelie", **more: object) -> Disposition:
    made = Disposition(name, decision, f"{by} looked at it.", by, datetime.now(UTC))
    return replace(made, **more)


def open_ids(ledger: Ledger, **chosen: object) -> list[str]:
    return [f.id for f in ledger.triage.page(FindingFilter(**chosen), 0, 50)]


def test_of_two_who_decide_at_once_the_second_is_told_who_was_first(
    ledger: Ledger, finding: Make
) -> None:
    ledger.record_findings("r1", [finding("a")])
    seen = ledger.findings()[0].version
    ledger.dispose(word("a", Decision.CONFIRM, "amelie", seen=seen))
    with pytest.raises(Overtaken, match=r"amelie has confirmed it since .*amelie looked at it"):
        ledger.dispose(word("a", Decision.DISMISS, "boris", seen=seen))
    (left,) = ledger.findings()
    assert (left.status, left.decided_by) == (FindingStatus.CONFIRMED, "amelie")
    ledger.dispose(word("a", Decision.DISMISS, "boris", seen=left.version))
    assert ledger.findings()[0].status is FindingStatus.DISMISSED


def test_a_critical_finding_is_dismissed_by_two_persons_and_not_by_one_twice(
    ledger: Ledger, finding: Make
) -> None:
    ledger.record_findings("r1", [finding("a", severity=Severity.CRITICAL)])
    assert ledger.dispose(word("a", Decision.DISMISS)).kind == "dismissal_proposed"
    (waiting,) = ledger.findings()
    assert (waiting.status, waiting.proposed_by) == (FindingStatus.OPEN, "amelie")
    assert open_ids(ledger) == []
    assert open_ids(ledger, standing=Standing.REVIEW) == ["a"]
    with pytest.raises(SecondPerson, match="Another auditor"):
        ledger.dispose(word("a", Decision.DISMISS))
    second = ledger.dispose(word("a", Decision.DISMISS, "boris"))
    assert second.payload["second"] == waiting.version
    assert ledger.findings()[0].status is FindingStatus.DISMISSED


def test_a_proposal_that_the_second_person_does_not_share_is_off_the_table(
    ledger: Ledger, finding: Make
) -> None:
    ledger.record_findings("r1", [finding("a", severity=Severity.CRITICAL)])
    ledger.dispose(word("a", Decision.DISMISS))
    ledger.dispose(word("a", Decision.CONFIRM, "boris"))
    (left,) = ledger.findings()
    assert (left.status, left.proposed_by) == (FindingStatus.CONFIRMED, None)
    assert ledger.dispose(word("a", Decision.DISMISS)).kind == "dismissal_proposed"


def test_a_dismissal_ends_with_its_last_day(ledger: Ledger, finding: Make) -> None:
    ledger.record_findings("r1", [finding("a"), finding("b")])
    ledger.dispose(word("a", Decision.DISMISS, until=YESTERDAY))
    ledger.dispose(word("b", Decision.DISMISS, until=YESTERDAY + timedelta(days=1)))
    states = {f.id: f.status for f in ledger.findings()}
    assert states == {"a": FindingStatus.OPEN, "b": FindingStatus.DISMISSED}
    assert open_ids(ledger) == ["a"]
    assert open_ids(ledger, standing=Standing.DISMISSED) == ["b"]


def test_many_are_decided_at_once_and_what_cannot_be_is_told_apart(
    ledger: Ledger, finding: Make
) -> None:
    ledger.record_findings(
        "r1", [finding("a"), finding("b"), finding("c", severity=Severity.CRITICAL)]
    )
    ledger.dispose(word("b", Decision.CONFIRM, "boris"))
    came = ledger.triage.decide_on([word(n, Decision.DISMISS, seen=0) for n in "abc"])
    assert (came.done, came.proposed, came.overtaken) == (("a",), ("c",), ("b",))


def test_a_finding_has_an_owner_a_day_comments_and_a_history(ledger: Ledger, finding: Make) -> None:
    ledger.record_findings("r1", [finding("a"), finding("b")])
    ledger.triage.assign(["a"], "support team", date(2027, 1, 31), "amelie")
    ledger.triage.assign(["a"], "billing", None, "boris")
    ledger.triage.comment("a", "amelie", "Asked them twice.")
    ledger.triage.reveal("a", 2, "vera", "To see whether it is a test address.")
    (owner,) = ledger.triage.assigned(["a", "b"]).values()
    assert (owner.owner, owner.due) == ("billing", date(2027, 1, 31))
    assert [(line.did, line.actor) for line in ledger.triage.history("a")] == [
        ("revealed", "vera"), ("finding_commented", "amelie"),
        ("finding_assigned", "boris"), ("finding_assigned", "amelie"),
    ]  # fmt: skip
    assert ledger.triage.history("b") == ()
    assert "Asked" not in str([e.payload for e in ledger.events()])
    with pytest.raises(UsageError, match="no such finding"):
        ledger.triage.comment("z", "amelie", "Nobody knows this one.")


NAMES = st.sampled_from("abcdefgh")
STEPS = st.one_of(
    st.tuples(st.just("decide"), NAMES, st.sampled_from(Decision), st.sampled_from("xy")),
    st.tuples(st.just("gone"), NAMES, st.none(), st.none()),
    st.tuples(st.just("assign"), NAMES, st.sampled_from(["team", "desk"]), st.none()),
    st.tuples(st.just("expire"), NAMES, st.none(), st.none()),
)


def some(finding: Make) -> list[Finding]:
    return [
        finding(
            name,
            severity=list(Severity)[number % 4],
            expected=number % 3 == 0,
            entity_type=f"KIND_{number % 2}",
            dataset=f"d{number % 3}.csv",
            cells=10 + number % 4,
        )
        for number, name in enumerate("abcdefgh")
    ]


FILTERS = st.builds(
    FindingFilter,
    st.sampled_from(Where),
    st.sampled_from([None, *Standing]),
    entity_type=st.sampled_from([None, "KIND_1"]),
    dataset=st.sampled_from([None, "d0.csv"]),
    severity=st.sampled_from([None, Severity.HIGH]),
    owner=st.sampled_from([None, "", "team"]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, max_size=10), st.lists(FILTERS, min_size=8, max_size=8))
def test_what_is_counted_and_paged_is_what_reading_all_would_give(
    tmp_path_factory: pytest.TempPathFactory,
    finding: Make,
    steps: list[tuple[str, ...]],
    asked: list[FindingFilter],
) -> None:
    place = tmp_path_factory.mktemp("ledger") / "ledger.db"
    with Ledger.open(place, "5ca1ab1e5ca1ab1e") as ledger:
        ledger.record_findings("r1", some(finding))
        for step in steps:
            take(ledger, step, finding)
        everything = ledger.triage.page(FindingFilter(Where.ALL, None), 0, 50)
        assert set(everything) == set(ledger.findings())
        assert [f.id for f in everything] == [
            f.id for f in sorted(everything, key=lambda f: (f.severity.rank, f.cells, f.id))
        ][::-1]
        for chosen in asked:
            agrees(ledger, chosen)


def take(ledger: Ledger, step: tuple[str, ...], finding: Make) -> None:
    kind, name, what, who = step
    try:
        if kind == "decide":
            ledger.dispose(word(name, Decision(what), who))
        elif kind == "expire":
            ledger.dispose(word(name, Decision.DISMISS, "z", until=YESTERDAY))
        elif kind == "assign":
            ledger.triage.assign([name], what, None, "x")
        else:
            left = [f for f in some(finding) if f.id != name]
            ledger.record_findings("r2", left, examined={name})
    except SecondPerson:
        pass


def agrees(ledger: Ledger, chosen: FindingFilter) -> None:
    """The tally counts what the pages hold, and pages follow on without a gap."""
    tally = ledger.triage.tally(chosen)
    whole = ledger.triage.page(chosen, 0, 50)
    pieces = [f for n in (0, 3, 6) for f in ledger.triage.page(chosen, n, 3)]
    assert pieces == list(whole)
    assert (tally.total.findings, tally.total.cells) == (len(whole), sum(f.cells for f in whole))
    assert {k: p.findings for k, p in tally.severities.items()} == {
        s: n for s in Severity if (n := sum(f.severity is s for f in whole))
    }
    assert sum(p.findings for p in tally.owners.values()) == len(whole)
    states = {
        Standing.DISMISSED: {FindingStatus.DISMISSED},
        Standing.GONE: {FindingStatus.GONE, FindingStatus.VERIFIED},
        Standing.CONFIRMED: {FindingStatus.CONFIRMED},
        Standing.CLAIMED: {FindingStatus.CLAIMED},
        Standing.OPEN: {FindingStatus.OPEN, FindingStatus.REGRESSED},
    }
    if chosen.standing in states:
        assert {f.status for f in whole} <= states[chosen.standing]
    if chosen.standing is Standing.REVIEW:
        assert all(f.proposed_by for f in whole)


def test_what_another_process_takes_in_or_decides_is_in_the_next_count(
    ledger: Ledger, address: Path | str, place: Path, finding: Make
) -> None:
    def counted(**chosen: object) -> tuple[int, int]:
        tally = ledger.triage.tally(FindingFilter(**chosen))
        return tally.total.findings, tally.total.cells

    assert counted() == (0, 0)
    with Ledger.open(address, KEY, home=place.parent) as another:
        another.record_findings("r1", [finding("a"), finding("b", expected=True)])
        assert counted() == counted() == (1, 12)
        assert counted(where=Where.ALL) == (2, 24)
        another.record_findings("r2", [finding("a", cells=3)], examined={"a", "b"})
        assert counted() == (1, 3)
        assert counted(where=Where.ALL) == (1, 3)
        assert counted(where=Where.ALL, standing=None) == (2, 15)
        another.dispose(word("a", Decision.CONFIRM))
        assert counted() == (0, 0)
        assert counted(standing=Standing.CONFIRMED) == (1, 3)
        assert counted(standing=None) == (1, 3)

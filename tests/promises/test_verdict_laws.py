"""The one function that makes every verdict, and the laws that it keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.house import carried
from vitrail.model import Control, Counted, ProofKind, Verdict
from vitrail.promises import load_controls
from vitrail.promises.tally import Tally
from vitrail.promises.verdict import judge, pattern, wilson

CONTROL: Control = next(
    c for c in load_controls(carried("queries", "promises")) if c.id == "MKT-02"
)
LEVELS = ("fail", "warn", "ok", "undecidable", "unexamined", "note")

counts = st.fixed_dictionaries({level: st.integers(0, 5000) for level in LEVELS})
missing = st.lists(
    st.sampled_from(["unsubscribe_events", "unsubscribe_events.ts", "marketing_sends.purpose"]),
    unique=True,
)


def tally(**cases: int) -> Tally:
    return Tally(
        tuple(Counted(level, "why", "so counted", n) for level, n in cases.items() if n), months=1
    )


def verdict(lacks: list[str] | None = None, control: Control = CONTROL, **cases: int) -> Verdict:
    return judge(control, lacks or [], tally(**cases)).verdict


@given(cases=counts, lacks=missing)
def test_zero_of_zero_is_never_a_pass(cases: dict[str, int], lacks: list[str]) -> None:
    empty = cases | {"fail": 0, "warn": 0, "ok": 0}
    assert verdict(lacks, **empty) in (Verdict.NOT_TESTED, Verdict.INCONCLUSIVE)


@given(cases=counts)
def test_it_fails_exactly_where_something_broke_the_promise(cases: dict[str, int]) -> None:
    assert (verdict(**cases) is Verdict.FAIL) == (cases["fail"] > 0)


def test_on_a_day_before_all_that_was_counted_nothing_passes() -> None:
    counted = replace(tally(ok=5), covered=(datetime(2026, 3, 1, tzinfo=UTC), None))
    assert judge(CONTROL, [], counted, date(2026, 2, 28)).verdict is Verdict.INCONCLUSIVE
    assert judge(CONTROL, [], counted, date(2026, 3, 1)).verdict is Verdict.PASS
    assert judge(CONTROL, [], tally(ok=5), date(1990, 1, 1)).verdict is Verdict.PASS
    broken = replace(tally(ok=5, fail=1), covered=counted.covered)
    assert judge(CONTROL, [], broken, date(1990, 1, 1)).verdict is Verdict.FAIL


@given(cases=counts, lacks=missing)
def test_a_pass_means_nothing_against_it_and_nothing_missing(
    cases: dict[str, int], lacks: list[str]
) -> None:
    if verdict(lacks, **cases) is Verdict.PASS:
        assert not lacks
        assert cases["fail"] == cases["warn"] == 0
        assert cases["ok"] > 0
        assert cases["undecidable"] <= 0.01 * (cases["ok"] + cases["undecidable"])


@given(cases=counts)
def test_notes_beside_the_verdict_never_change_it(cases: dict[str, int]) -> None:
    assert verdict(**cases) is verdict(**cases | {"note": 0})


@given(cases=counts, kind=st.sampled_from([ProofKind.REFUTES, ProofKind.NONE]))
def test_what_data_cannot_prove_never_passes(cases: dict[str, int], kind: ProofKind) -> None:
    assert verdict(control=replace(CONTROL, kind=kind), **cases) is not Verdict.PASS


@pytest.mark.parametrize(
    ("lacks", "expected"),
    [
        (["unsubscribe_events"], Verdict.NOT_TESTED),
        (["marketing_sends.purpose"], Verdict.NOT_TESTED),
        (["unsubscribe_events.ts"], Verdict.INCONCLUSIVE),
        (["marketing_sends.person_key"], Verdict.INCONCLUSIVE),
        (["unsubscribe_events.ts", "marketing_sends.purpose"], Verdict.NOT_TESTED),
    ],
)
def test_a_missing_table_is_untested_and_a_missing_time_inconclusive(
    lacks: list[str], expected: Verdict
) -> None:
    judgement = judge(CONTROL, lacks, tally())
    assert judgement.verdict is expected
    assert lacks[-1] in judgement.reason


def test_every_reason_is_a_clause_without_a_full_stop() -> None:
    for judgement in (
        judge(CONTROL, [], tally()),
        judge(CONTROL, [], tally(ok=5)),
        judge(CONTROL, [], tally(ok=5, fail=1)),
        judge(CONTROL, ["unsubscribe_events"], tally()),
    ):
        assert judgement.reason and not judgement.reason.endswith(".")


@pytest.mark.parametrize(
    ("fails", "of", "months", "expected"),
    [
        (0, 1000, 0, None),
        (1, 8, 1, "isolated"),
        (3, 41_200, 1, "isolated"),
        (500, 41_200, 1, "systemic"),
        (3, 41_200, 3, "systemic"),
    ],
)
def test_breaches_are_isolated_or_systemic(
    fails: int, of: int, months: int, expected: str | None
) -> None:
    counted = replace(tally(fail=fails, ok=of - fails), months=months)
    assert pattern(counted) == expected


def test_wilson_s_interval_is_the_published_one() -> None:
    """Brown, Cai and DasGupta 2001: 0 of 10 gives 0 to 0.278; 5 of 10 gives 0.237 to 0.763."""
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=5e-4)
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=5e-4)


@given(of=st.integers(1, 10_000), share=st.floats(0, 1))
def test_wilson_s_interval_holds_the_rate_and_stays_within_bounds(of: int, share: float) -> None:
    found = round(share * of)
    low, high = wilson(found, of)
    assert 0 <= low <= found / of + 1e-12
    assert found / of - 1e-12 <= high <= 1

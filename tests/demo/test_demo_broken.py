"""A company breaks the promises that it was told to break, and keeps the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo.verdicts import CONTROLS, assessed, kept, planted, reads_a_scan
from vitrail.demo import A_FEW, EVERYTHING, NOTHING, Broken, write_demo
from vitrail.errors import UsageError
from vitrail.model import Verdict

#: What people write of their age may read like the report of a minor, and then awaits review.
READS_LIKE_A_REPORT = {"MIN-01": "MIN-06"}


def broken_of(place: Path, words: str, accounts: int = 150) -> set[str]:
    """The controls planted in a company that breaks ``words``; each of the others must be kept."""
    write_demo(place, accounts=accounts, broken=Broken.of(words))
    chosen, told = set(words.split(",")), planted(place)
    everything = any(reads_a_scan(c) for c in CONTROLS if c.id in told)
    found = assessed(place, [c for c in CONTROLS if everything or not reads_a_scan(c)])
    doubtful = {READS_LIKE_A_REPORT.get(name, "") for name in chosen}
    told_of = {name: one.verdict for name, one in found.items() if name not in doubtful}
    # in so small a company, or beside an unknown recipient, others may have nothing to judge
    wrong = {
        c.id: told_of[c.id] for c in CONTROLS
        if told_of.get(c.id) in (
            (kept(c), Verdict.NOT_TESTED) if c.id in told else (Verdict.FAIL, Verdict.WARN)
        )
    }  # fmt: skip
    assert wrong == {}
    return told


def test_three_promises_are_broken_and_every_other_is_kept(tmp_path: Path) -> None:
    assert broken_of(tmp_path / "company", "MKT-02,RET-05,COO-02") == {"MKT-02", "RET-05", "COO-02"}


def test_beside_broken_mailings_of_a_small_company_there_is_a_return_to_a_list_to_judge(
    tmp_path: Path,
) -> None:
    write_demo(tmp_path / "company", accounts=150, broken=Broken.of("MKT-02"))
    found = assessed(tmp_path / "company", [c for c in CONTROLS if c.id == "MKT-05"])
    assert found["MKT-05"].verdict is Verdict.PASS


@pytest.mark.attack
@pytest.mark.parametrize("control", [control.id for control in CONTROLS])
def test_a_broken_promise_breaks_no_other_but_those_that_the_truth_names(
    tmp_path: Path, control: str
) -> None:
    assert control in broken_of(tmp_path / "company", control)


def test_names_of_controls_are_taken_in_any_case_and_words_stand_for_many() -> None:
    assert Broken.of(" mkt-02, ret-05").controls == {"MKT-02", "RET-05"}
    assert (Broken.of("all"), Broken.of("few"), Broken.of("None")) == (EVERYTHING, A_FEW, NOTHING)


def test_an_unknown_control_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(UsageError, match=r"Did you mean MKT-02\?"):
        Broken.of("RET-05,MKT-2")


def test_a_few_are_of_many_clauses() -> None:
    assert A_FEW.controls is not None
    assert Broken.of(",".join(A_FEW.controls)) == A_FEW
    assert {name.split("-")[0] for name in A_FEW.controls} >= {
        "MKT", "PAY", "RET", "DSR", "SHR", "ANA", "TST", "MIN", "COO",
    }  # fmt: skip

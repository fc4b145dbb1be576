"""What an assessment says of how much it looked at."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from vitrail.house import carried
from vitrail.model import Control, Verdict
from vitrail.model.assessments import Counted
from vitrail.promises.control import load_controls
from vitrail.promises.sentences import board_sentence, scope
from vitrail.promises.tally import Tally
from vitrail.promises.verdict import Judgement
from vitrail.translation import retold, speaking

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2026-07-13", "2026-07-13", "the exports, for the one day 13 July 2026"),
        ("2026-07-13", "2026-07-14", "the exports, from 13 July 2026 to 14 July 2026"),
        ("2026-07-13", "2026-12-01", "the exports, from 13 July 2026 to 21 November 2026"),
        ("2026-11-21", "2026-12-01", "the exports, for the one day 21 November 2026"),
        ("2026-11-22", "2026-12-01", "the exports"),
    ],
)
def test_one_day_is_told_as_one_and_no_scope_runs_past_the_day_of_the_exports(
    first: str, last: str, told: str
) -> None:
    ends = [datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (first, last)]
    assert scope(None, (ends[0], ends[1]), TODAY) == told


@pytest.mark.parametrize(
    ("broken", "kept", "told", "french"),
    [
        (1, 0, "1 of 1 cookies of the site is not declared.", "n’est pas déclaré"),
        (1, 11, "1 of 12 cookies of the site is not declared.", "n’est pas déclaré"),
        (2, 10, "2 of 12 cookies of the site are not declared.", "ne sont pas déclarés"),
    ],
)
def test_one_breach_is_told_as_one_in_each_language(
    broken: int, kept: int, told: str, french: str
) -> None:
    control = next(c for c in load_controls(carried("queries", "promises")) if c.id == "COO-04")
    tally = Tally(counted=(Counted("fail", "", "", broken), Counted("ok", "", "", kept)))
    sentence = board_sentence(control, Judgement(Verdict.FAIL, "broken"), tally, "the exports")
    assert sentence == f"In the exports, {told}"
    with speaking("fr"):
        assert french in retold(told)


#: What begins a breach that is told otherwise of one.
_OF_MANY = re.compile(
    r"(still )?(were|are|have|do|hold|stand|name|lack|tell|belong|keep|carry|show)\b"
)


def test_every_breach_that_is_said_of_many_is_said_of_one_as_well() -> None:
    controls = load_controls(carried("queries", "promises"))
    assert [
        c.id for c in controls if _OF_MANY.match(c.breach) and c.breach_of_one == c.breach
    ] == []


def _board(control: Control, broken: int, kept: int) -> str:
    counted = [Counted("fail", "", "", broken)] if broken else []
    tally = Tally(counted=(*counted, *([Counted("ok", "", "", kept)] if kept else [])))
    judgement = Judgement(Verdict.FAIL if broken else Verdict.PASS, "counted")
    return board_sentence(control, judgement, tally, "the exports").removeprefix("In the exports, ")


def test_none_one_and_many_are_told_in_french_of_every_control() -> None:
    controls = [c for c in load_controls(carried("queries", "promises")) if c.breach]
    with speaking("fr"):
        for control in controls:
            one, two = retold(_board(control, 1, 4)), retold(_board(control, 2, 3))
            assert one.startswith("1 sur 5 "), control.id
            assert two.startswith("2 sur 5 "), control.id
            assert one.removeprefix("1") != two.removeprefix("2"), control.id
            assert retold(_board(control, 0, 1)) == one.replace("1 sur 5", "0 sur 1"), control.id
            assert retold(_board(control, 0, 5)) == two.replace("2 sur 5", "0 sur 5"), control.id


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (1, "none of the requests due, of which there is one, were answered late or not at all."),
        (42, "none of 42 requests due were answered late or not at all."),
    ],
)
def test_one_case_is_told_as_one(kept: int, told: str) -> None:
    control = next(c for c in load_controls(carried("queries", "promises")) if c.id == "DSR-01")
    tally = Tally(counted=(Counted("ok", "", "", kept),))
    sentence = board_sentence(control, Judgement(Verdict.PASS, "kept"), tally, "the exports")
    assert sentence == f"In the exports, {told}"

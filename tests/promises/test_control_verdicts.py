"""Every control reaches every verdict that it can, on real exports and a real scan.

The controls are found in ``queries/promises``; what each is tried on stands in
``tests/promises/cases`` (see its text) or ``scenes``, and a control without an entry fails here.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.promises.cases import Case, Rows, cases
from tests.promises.scenes import SCENES
from vitrail.house import carried
from vitrail.model import Verdict
from vitrail.promises import load_controls

ALL = [c.id for c in load_controls(carried("queries", "promises"))]
CONTROLS = [name for name in ALL if name not in SCENES]
CASES = cases()
TIMED = [name for name in CONTROLS if name in CASES and CASES[name].time]


@pytest.fixture(params=CONTROLS)
def control(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def case(control: str, company: Any) -> Case:
    """The case, and the company under which the control passes."""
    assert control in CASES, f"{control} has no entry in tests/promises/cases"
    found = CASES[control]
    company.systems.update(found.systems)
    _exports(company, found.tables, found.files, found.registered)
    return found


def _exports(
    company: Any, tables: dict[str, Rows], files: dict[str, Rows], registered: dict[str, Rows]
) -> None:
    for table, rows in tables.items():
        company.has(table, rows)
    for name, rows in files.items():
        company.holds(name, rows)
    for table, rows in registered.items():
        company.registers(table, rows)


def check(company: Any, control: str, case: Case) -> Any:
    return company.check(control, scan=case.scan, reviews=case.reviews)


def test_every_control_has_a_case_or_a_scene_and_not_both() -> None:
    assert sorted([*CASES, *SCENES]) == sorted(ALL)


def test_it_passes_where_the_promise_was_kept(company: Any, control: str, case: Case) -> None:
    assessment = check(company, control, case)
    assert assessment.verdict is case.kept, assessment.reason
    assert assessment.denominator > 0
    assert assessment.violations == 0
    said = "none of" if case.kept is Verdict.PASS else "not provable"
    assert said in assessment.sentence


def test_it_fails_where_the_promise_was_broken(company: Any, control: str, case: Case) -> None:
    """Or warns, where that is all that such data can say."""
    _exports(company, case.breach, case.breach_files, case.breach_registered)
    assessment = check(company, control, case)
    assert assessment.verdict is case.verdict, assessment.reason
    broken = case.verdict is Verdict.FAIL
    assert (assessment.violations if broken else assessment.warnings) == case.violations
    assert len(assessment.keys) == case.violations
    assert assessment.pattern == (None if not broken else assessment.pattern)


def test_it_is_not_tested_without_its_tables(company: Any, control: str, case: Case) -> None:
    if not case.tables:
        company.registered.clear()
        assessment = company.check(control)  # no scan has been made
        assert assessment.reason == "no scan has read these exports"
    else:
        table = case.absent or next(iter(case.tables))
        company.lacks(table)
        assessment = check(company, control, case)
        assert table in assessment.missing
        assert table in assessment.reason
    assert assessment.verdict is Verdict.NOT_TESTED
    assert assessment.denominator == 0
    assert assessment.rate is None


@pytest.mark.parametrize("control", TIMED, indirect=True)
def test_it_is_inconclusive_where_its_times_are_null(
    company: Any, control: str, case: Case
) -> None:
    table, column = str(case.time).split(".")
    company.has(table, [row | {column: ""} for row in case.tables[table]])
    assessment = check(company, control, case)
    assert assessment.verdict is case.nulls, assessment.reason
    assert assessment.violations == 0
    assert assessment.missing == ()


@pytest.mark.parametrize("control", TIMED, indirect=True)
def test_it_is_inconclusive_where_its_times_are_not_exported(
    company: Any, control: str, case: Case
) -> None:
    table, column = str(case.time).split(".")
    company.lacks(table, column)
    assessment = check(company, control, case)
    assert assessment.verdict is Verdict.INCONCLUSIVE
    assert assessment.missing == (f"{table}.{column}",)


def test_it_is_not_tested_where_its_tables_are_empty(
    company: Any, control: str, case: Case
) -> None:
    for table, rows in case.tables.items():
        company.has(table, [], columns=list(rows[0]))
    for name, rows in case.files.items():
        (company.place / "exports" / name).write_text(",".join(rows[0]) + "\n", "utf-8")
    for table in case.registered:
        company.registers(table, [])
    assessment = check(company, control, case)
    assert assessment.verdict is Verdict.NOT_TESTED
    assert assessment.denominator == 0
    assert "nothing to examine" in assessment.reason

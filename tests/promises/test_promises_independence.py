"""What a control neither needs nor uses cannot move its verdict."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.promises.cases import Case, cases
from vitrail.house import carried
from vitrail.model import Assessment, Control
from vitrail.promises import load_controls


def read_by(control: Control) -> set[str]:
    return {table for table, _ in control.needs} | set(control.uses)


# what reads a scan reads every export there is, and means to
CONTROLS = {
    c.id: c
    for c in load_controls(carried("queries", "promises"))
    if not any(table.startswith("scan_") for table in read_by(c))
}
CASES = cases()

#: Table → rows of it in any control's case: what a company may hold beside a control's own tables.
ROWS = {
    table: [row for case in CASES.values() for row in case.tables.get(table, [])]
    for table in sorted({t for case in CASES.values() for t in case.tables})
}


def _told(assessment: Assessment) -> tuple[object, ...]:
    return (
        assessment.verdict, assessment.denominator, assessment.violations, assessment.warnings,
        assessment.undecidable, assessment.keys, assessment.reason,
    )  # fmt: skip


def _filled(company: Any, case: Case) -> Any:
    company.systems.update(case.systems)
    for table, rows in {**case.tables, **case.breach}.items():
        company.has(table, rows)
    for table, rows in {**case.registered, **case.breach_registered}.items():
        company.registers(table, rows)
    return company


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_rows_of_tables_that_a_control_does_not_read_change_nothing(
    new_company: Callable[[Path], Any], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(CONTROLS.keys() & CASES.keys())))
    # accounts say which address is whose, for every table: they are never beside the matter
    others = sorted(set(ROWS) - read_by(CONTROLS[name]) - {"accounts"})
    with tempfile.TemporaryDirectory() as place:
        company = _filled(new_company(Path(place) / "company"), CASES[name])
        before = company.check(name)
        assert before.verdict is CASES[name].verdict
        for table in data.draw(st.lists(st.sampled_from(others), min_size=1, unique=True)):
            rows = data.draw(st.lists(st.sampled_from(ROWS[table]), min_size=1))
            company.has(table, rows)
        told = _told(company.check(name))
        # evidence keys are of the engagement's key, which stays with the company
        assert told == _told(before)

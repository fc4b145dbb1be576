"""Each control of the scenes reaches every verdict that it can, on small companies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.promises.scenes import SCENES
from vitrail.model import FindingStatus, Verdict


def confirmed(scene: dict[str, Any]) -> dict[str, FindingStatus]:
    return dict.fromkeys(scene.get("confirmed", []), FindingStatus.CONFIRMED)


def check(company: Any, control: str, scene: dict[str, Any]) -> Any:
    return company.check(control, scan=scene.get("scan", False), reviews=confirmed(scene))


@pytest.fixture(params=SCENES, ids=str)
def control(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def scene(control: str, company: Any) -> dict[str, Any]:
    found = SCENES[control]
    company.top = list(found.get("top", []))
    export(company, found["kept"])
    return found


def export(company: Any, tables: dict[str, Any]) -> None:
    """Rows of a canonical table; a name with a dot is a file that feeds none."""
    for name, rows in tables.items():
        if "." in name:
            company.holds(name, rows)
        else:
            company.has(name, rows)


def test_a_kept_promise_is_no_failure(company: Any, control: str, scene: dict[str, Any]) -> None:
    assessment = check(company, control, scene)
    assert assessment.verdict is Verdict(scene.get("when_kept", "PASS")), assessment.reason
    assert assessment.denominator > 0
    assert assessment.violations == assessment.warnings == 0


def test_a_broken_promise_is_told(company: Any, control: str, scene: dict[str, Any]) -> None:
    export(company, scene["broken"])
    assessment = check(company, control, scene)
    assert assessment.verdict is Verdict(scene.get("when_broken", "FAIL")), assessment.reason
    found = {c.reason: c.cases for c in assessment.counted if c.level in ("fail", "warn")}
    assert found == scene["found"]


@pytest.mark.parametrize(
    "control", [c for c, s in SCENES.items() if s.get("first", True)], indirect=True
)
def test_it_is_not_tested_without_its_table(
    company: Any, control: str, scene: dict[str, Any]
) -> None:
    table = scene.get("first") or next(iter(scene["kept"]))
    company.lacks(table)
    if not company.sources:
        company.holds("notes.csv", [{"note": "nothing"}])
    assessment = check(company, control, scene)
    assert assessment.verdict is Verdict(scene.get("when_absent", "NOT_TESTED"))
    assert table in assessment.missing
    assert assessment.denominator == 0


@pytest.mark.parametrize("control", [c for c, s in SCENES.items() if "time" in s], indirect=True)
def test_it_is_inconclusive_without_its_times(
    company: Any, control: str, scene: dict[str, Any]
) -> None:
    table, column = scene["time"].split(".")
    company.lacks(table, column)
    assessment = check(company, control, scene)
    assert assessment.verdict is Verdict.INCONCLUSIVE
    assert assessment.missing == (scene["time"],)

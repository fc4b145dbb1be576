"""Remedies on a page: owner, due day, claimed fixed, and who may."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

import vitrail
from vitrail.model import Actor, FindingStatus, Role

from .visiting import Visit, address, words


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    return Visit(monkeypatch, "remedies")


@pytest.fixture
def own(unopened_demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(unopened_demo, tmp_path / "own"))


def test_what_is_broken_is_listed_with_its_year(demo_workspace: Path, visit: Visit) -> None:
    shown = visit(demo_workspace)
    assert not shown.exception
    assert not shown.warning
    todo, year = (table.value for table in shown.dataframe[:2])
    with vitrail.open(demo_workspace) as workspace:
        waiting = [one for one in workspace.remedies() if not one.is_settled]
    assert list(todo["due"]) == sorted(one.due for one in waiting)
    assert set(todo["owner"]) == {", ".join(one.owners) for one in waiting}
    assert set(year["promise"]) >= {one.id for one in waiting if one.kind == "promise"}
    assert year["in all"].iloc[0] == "✕ broken"
    months = set(year.columns) - {"promise", "in all", ""}
    assert len(months) == 1, "nothing was tested before the month of the first check"


def test_an_auditor_assigns_it_and_claims_it_fixed(own: Path, visit: Visit) -> None:
    shown = visit(own, remedy="ANA-02")
    shown.text_input(key="remedy-owner-of-ANA-02").set_value("payments team")
    shown.date_input(key="remedy-due-of-ANA-02").set_value(date(2027, 1, 31))
    shown = next(b for b in shown.button if b.label == "Assign").click().run()
    assert not shown.exception
    shown.text_input(key="remedy-reason-of-ANA-02").set_value("the tickets were cleared")
    shown = next(b for b in shown.button if b.label == "Claim fixed").click().run()
    assert "later export" in words(shown)
    with vitrail.open(own) as workspace:
        (one,) = [r for r in workspace.remedies() if r.id == "ANA-02"]
    assert one.owners == ("payments team",)
    assert one.due == date(2027, 1, 31)
    assert one.status is FindingStatus.CLAIMED
    assert address(shown)["remedy"] == ["ANA-02"]


def test_a_claim_without_a_reason_is_refused_and_nothing_is_lost(own: Path, visit: Visit) -> None:
    shown = visit(own, remedy="ANA-02")
    shown = next(b for b in shown.button if b.label == "Claim fixed").click().run()
    assert not shown.exception
    assert any("reason" in told.value for told in shown.info)


def test_an_investigator_sees_it_and_decides_nothing(
    demo_workspace: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = Actor("ines", frozenset({Role.INVESTIGATOR}))
    monkeypatch.setattr("vitrail.ui.identity.local_actor", lambda: actor)
    shown = visit(demo_workspace)
    assert not shown.exception
    assert not [b for b in shown.button if b.label in ("Assign", "Claim fixed")]
    assert "takes the role auditor" in words(shown)


def test_where_nothing_was_ever_found_the_page_says_what_brings_it_here(
    tmp_path: Path, visit: Visit
) -> None:
    (tmp_path / "vitrail.toml").write_text("asof = 2026-11-20\n", "utf-8")
    (tmp_path / "exports").mkdir()
    shown = visit(tmp_path)
    assert not shown.exception
    assert "Nothing is to be mended" in words(shown)

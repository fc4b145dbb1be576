"""Registers on a page: what is late first, on any day, by keyed ids, to take away."""

from __future__ import annotations

from pathlib import Path

import pytest

import vitrail
from vitrail.model import Actor, Role

from .visiting import Visit, words


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    return Visit(monkeypatch, "registers")


def test_requests_that_are_overdue_stand_first(demo_workspace: Path, visit: Visit) -> None:
    with vitrail.open(demo_workspace) as workspace:
        late = len(workspace.register("requests").late)
    shown = visit(demo_workspace)
    assert not shown.exception
    assert not shown.warning
    table = shown.dataframe[0].value
    assert late > 0
    assert list(table[""].iloc[:late]) == ["!"] * late
    assert "!" not in set(table[""].iloc[late:])
    assert "overdue" in words(shown).split("vitrail-tile", 2)[1]


def test_the_address_names_the_register_the_day_and_what_is_late(
    demo_workspace: Path, visit: Visit
) -> None:
    shown = visit(demo_workspace, register="backups", asof="2026-11-20", late="true")
    assert not shown.exception
    assert "20 Nov 2026" in words(shown)
    assert shown.checkbox(key="late").value is True
    every = shown.checkbox(key="late").uncheck().run().dataframe[0].value
    assert set(every[""]) >= {"!", ""}


@pytest.mark.parametrize("name", ["requests", "consent", "retention", "backups"])
def test_each_register_is_shown_without_a_fault(
    name: str, demo_workspace: Path, visit: Visit
) -> None:
    shown = visit(demo_workspace, register=name)
    assert not shown.exception
    assert not shown.error
    assert not shown.warning
    assert not shown.dataframe[0].value["row"].str.contains("@").any()


def test_an_address_that_means_no_register_shows_the_first(
    demo_workspace: Path, visit: Visit
) -> None:
    shown = visit(demo_workspace, register="<b>x</b>", asof="never")
    assert not shown.exception
    assert not shown.error
    assert "Requests of data subjects" in words(shown)


def test_a_register_that_no_export_feeds_says_what_helps(tmp_path: Path, visit: Visit) -> None:
    (tmp_path / "vitrail.toml").write_text("asof = 2026-11-20\n", "utf-8")
    (tmp_path / "exports").mkdir()
    shown = visit(tmp_path)
    assert not shown.exception
    assert "needs dsar_requests" in words(shown)
    assert not shown.dataframe


def test_an_analyst_is_not_let_in(
    demo_workspace: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyst = Actor("ann", frozenset({Role.ANALYST}))
    monkeypatch.setattr("vitrail.ui.identity.local_actor", lambda: analyst)
    shown = visit(demo_workspace)
    assert "may not see this page" in words(shown)
    assert not shown.dataframe

"""Audience, run by Streamlit's own test runner over a real demo workspace."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from .visiting import Visit, address, as_read, to_copy, words


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    return Visit(monkeypatch, "audience")


def test_it_says_where_users_are_what_they_use_and_how_many_stay(
    demo_workspace: Path, visit: Visit
) -> None:
    shown = visit(demo_workspace)
    assert not shown.exception
    assert not shown.error
    heads = [head.value for head in shown.header]
    assert heads == ["Where users are", "Devices", "Sources", "Who stays"]
    assert len(shown.get("plotly_chart")) == 2
    assert shown.html[0].body.count('class="vitrail-tile"') == 3
    assert "Of all who joined: **" in words(shown)


def test_a_filter_narrows_every_part_that_knows_it_and_is_said_where_none_does(
    demo_workspace: Path, visit: Visit
) -> None:
    shown = visit(demo_workspace, months="everything", compare="nothing", device="mobile")
    assert not shown.exception
    assert "Device: mobile" in [as_read(button.label) for button in shown.button]
    assert "not filtered by device" in shown.html[0].body
    shown = shown.button(key="drop-all").click().run()
    assert "device" not in address(shown)
    assert "not filtered by" not in shown.html[0].body


def test_an_address_of_nobody_knows_what_is_said(demo_workspace: Path, visit: Visit) -> None:
    shown = visit(demo_workspace, country="Atlantis", cohorts="99 months")
    assert not shown.exception
    assert "Country has no such value" in words(shown)
    assert "Atlantis" not in words(shown)
    assert shown.dataframe


def test_only_releases_reach_the_page(
    demo_workspace: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vitrail.workspace import Workspace

    asked = []
    answer = Workspace.ask

    def watched(self: Workspace, question: object) -> object:
        asked.append(question)
        return answer(self, question)

    monkeypatch.setattr(Workspace, "ask", watched)
    shown = visit(demo_workspace, months="12 months", region="EEA")
    assert not shown.exception
    rows = shown.dataframe[0].value
    assert asked
    assert all("≈" in cell or "hidden" in cell for cell in rows.iloc[:, 1])


def test_a_workspace_without_facts_is_told_what_to_do(
    demo_workspace: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = importlib.import_module("vitrail.ui.audience_scope")
    monkeypatch.setattr(scope, "facts", lambda: ())
    shown = visit(demo_workspace)
    assert not shown.exception
    assert "No users, visitors or accounts" in words(shown)
    assert "vitrail import" in to_copy(shown)


def test_the_map_fetches_no_outlines(demo_workspace: Path, visit: Visit) -> None:
    chart = json.loads(visit(demo_workspace).get("plotly_chart")[0].proto.spec)
    assert {trace["type"] for trace in chart["data"]} == {"heatmap", "scatter"}
    assert any(text.startswith("<b>FR</b><br>") for text in chart["data"][2]["text"])

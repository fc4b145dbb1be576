"""Trends, run by Streamlit's own test runner: days of one's own, notes, views, what is clicked."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import vitrail

from .visiting import Visit, address, words

SPRING = {"metric": "Orders", "by": "month", "months": "own dates",
          "from": "2026-03-10", "to": "2026-05-02"}  # fmt: skip


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    return Visit(monkeypatch, "trends")


@pytest.fixture
def own_workspace(demo_workspace: Path, tmp_path: Path) -> Path:
    """A copy that a test may write notes and views into."""
    return Path(shutil.copytree(demo_workspace, tmp_path / "own"))


def _press(shown: AppTest, label: str) -> AppTest:
    return next(button for button in shown.button if button.label == label).click().run()


def test_days_of_ones_own_are_moved_to_whole_closed_periods(
    demo_workspace: Path, visit: Visit
) -> None:
    shown = visit(demo_workspace, **SPRING)
    assert not shown.exception
    assert "1 Mar 2026 – 31 May 2026" in words(shown)
    assert "against 1 Dec 2025 – 28 Feb 2026" in words(shown)
    shown = shown.date_input(key="days").set_value((date(2026, 2, 3), date(2026, 2, 4))).run()
    assert (address(shown)["from"], address(shown)["to"]) == (["2026-02-03"], ["2026-02-04"])
    assert "1 Feb 2026 – 28 Feb 2026" in words(shown)


def test_the_same_period_last_year_is_one_choice_away(demo_workspace: Path, visit: Visit) -> None:
    shown = visit(demo_workspace, **(SPRING | {"metric": "Events"}), compare="previous year")
    assert "against 1 Mar 2025 – 31 May 2025" in words(shown)


def test_one_step_back_and_forth_is_the_same_time_again(demo_workspace: Path, visit: Visit) -> None:
    shown = visit(demo_workspace)
    assert shown.button(key="step-Right").disabled
    before = words(shown)
    shown = shown.button(key="step-Left").click().run()
    assert not shown.exception
    assert address(shown)["weeks"] == ["own dates"]
    shown = shown.button(key="step-Right").click().run()
    span = next(badge for badge in before.split(":gray-badge[") if " – " in badge)
    assert span.split("]")[0] in words(shown)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [("1999-01-04", "1999-02-07", "Nothing is known of that time"),
     ("2035-01-01", "2035-02-04", "No week of that time is closed yet")],
)  # fmt: skip
def test_days_without_data_are_told_and_no_number_is_shown(
    demo_workspace: Path, visit: Visit, first: str, last: str, sentence: str
) -> None:
    shown = visit(demo_workspace, weeks="own dates", **{"from": first, "to": last})
    assert not shown.exception
    assert sentence in shown.warning[0].value
    assert not shown.dataframe
    assert not shown.main.html


def test_what_an_address_names_and_nobody_knows_is_said(demo_workspace: Path, visit: Visit) -> None:
    shown = visit(demo_workspace, metric="Shoe sizes", region="Mars", nobody="jane@example.com")
    assert not shown.exception
    told = words(shown)
    assert "Region has no such value" in told
    assert "“metric”" in told
    assert "something that this page does not know" in told
    assert "jane" not in told
    assert "Mars" not in told
    assert shown.dataframe


def test_a_note_stands_on_its_day_with_who_wrote_it_and_can_be_taken_away(
    own_workspace: Path, visit: Visit
) -> None:
    shown = visit(own_workspace)
    shown.text_input(key="note-words").set_value("<b>New</b> prices")
    shown = _press(shown, "Note")
    assert not shown.exception
    chart = json.loads(shown.get("plotly_chart")[0].proto.spec)
    texts = [note["text"] for note in chart["layout"]["annotations"]]
    assert "&lt;b&gt;New&lt;/b&gt; prices" in texts
    with vitrail.open(own_workspace) as workspace:
        (note,) = workspace.annotations()
        assert note.by == workspace.actor.name
    shown = shown.button(key=f"note-gone-{note.id}").click().run()
    assert "Notes on days (0)" in [box.label for box in shown.expander]


def test_a_note_that_names_somebody_is_refused(own_workspace: Path, visit: Visit) -> None:
    shown = visit(own_workspace)
    shown.text_input(key="note-words").set_value("jane@example.com complained")
    shown = _press(shown, "Note")
    assert "personal data" in shown.warning[0].value
    assert "jane" not in shown.warning[0].value


def test_a_view_puts_all_of_itself_in_the_place_of_what_was_looked_at(
    own_workspace: Path, visit: Visit
) -> None:
    shown = visit(own_workspace, **SPRING, region="EEA")
    shown.text_input(key="trends-view-name").set_value("Orders of spring")
    shown = _press(shown, "Save")
    with vitrail.open(own_workspace) as workspace:
        (view,) = workspace.views("trends")
    other = visit(own_workspace, country="FR", weeks="26 weeks")
    other = other.button(key=f"view-{view.id}").click().run()
    assert not other.exception
    assert other.selectbox(key="metric").value == "Orders"
    assert other.selectbox(key="months").value == "own dates"
    assert other.selectbox(key="country").value is None
    assert other.selectbox(key="region").value == "EEA"
    assert "1 Mar 2026 – 31 May 2026" in words(other)

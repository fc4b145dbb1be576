"""Explore, run by Streamlit's own test runner over a real demo workspace."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import vitrail
from tests.pages.visiting import words
from vitrail.model import Query

HOUSE = Path(__file__).parent.parent.parent
RATES = {"fact": "campaigns", "by": "campaign", "measure": "outcome(ordered)"}
FINE = {
    "fact": "activity",
    "by": ["week", "country", "event", "account_type"],
    "period": "3 months",
}


class Explore:
    """Visits to Explore, each with what stands in its address."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, workspace: Path, **address: str | list[str]) -> AppTest:
        self._monkeypatch.setenv("VITRAIL_WORKSPACE", str(workspace))
        self._monkeypatch.chdir(HOUSE)
        test = AppTest.from_file(str(HOUSE / "pages" / "explore.py"), default_timeout=120)
        for key, value in address.items():
            test.query_params[key] = value
        return test.run()


@pytest.fixture
def explore(monkeypatch: pytest.MonkeyPatch) -> Explore:
    return Explore(monkeypatch)


@pytest.fixture
def own_workspace(unopened_demo: Path, tmp_path: Path) -> Path:
    """A copy that a test may add views to."""
    return Path(shutil.copytree(unopened_demo, tmp_path / "own"))


def _address(shown: AppTest) -> dict[str, list[str]]:
    params = shown.query_params
    return {k: [v] if isinstance(v, str) else list(v) for k, v in dict(params).items()}


def test_the_whole_question_comes_from_the_address(demo_workspace: Path, explore: Explore) -> None:
    shown = explore(demo_workspace, fact="orders", by="country", measure=["rows", "sum(amount)"],
                    where="account_type=free", period="24 months", anyway="1")  # fmt: skip
    assert not shown.exception
    assert shown.selectbox(key="explore-fact").value == "orders"
    assert shown.multiselect(key="explore-by").value == ["country"]
    assert shown.multiselect(key="explore-measures").value == ["rows", "sum(amount)"]
    assert shown.selectbox(key="explore-where-account_type").value == "free"
    assert shown.selectbox(key="explore-time").value == "24 months"
    assert list(shown.dataframe[0].value.columns[:2]) == ["Country", "Events"]


def test_an_answer_is_compared_with_the_time_before_and_each_change_is_told_or_not(
    demo_workspace: Path, explore: Explore
) -> None:
    shown = explore(demo_workspace, fact="activity", by="month", period="6 months")
    shown = shown.selectbox(key="explore-compare").set_value("previous period").run()
    assert not shown.exception
    assert _address(shown)["compare"] == ["previous period"]
    assert ":gray-badge[against " in words(shown)
    changes = shown.dataframe[0].value.iloc[:, -1]
    assert shown.dataframe[0].value.columns[-1] == "Users: change"
    assert all(c.startswith(("▲ up", "▼ down")) or c == "no change can be told" for c in changes)
    assert any(c.startswith("▲ up") for c in changes)
    whole = explore(demo_workspace, fact="activity", period="6 months", compare="previous year")
    assert not whole.exception
    assert "▲ up" in whole.html[0].body


def test_a_time_without_one_before_it_says_so(demo_workspace: Path, explore: Explore) -> None:
    shown = explore(demo_workspace, fact="activity", by="month", period="24 months",
                    compare="previous year")  # fmt: skip
    assert not shown.exception
    assert "do not reach back far enough" in words(shown)


def test_whatever_is_chosen_becomes_the_address(demo_workspace: Path, explore: Explore) -> None:
    shown = explore(demo_workspace)
    shown = shown.multiselect(key="explore-by").set_value(["month", "device"]).run()
    shown = shown.selectbox(key="explore-where-region").set_value("EEA").run()
    assert not shown.exception
    assert _address(shown)["by"] == ["month", "device"]
    assert _address(shown)["where"] == ["region=EEA"]
    shown = shown.button(key="explore-drop-region").click().run()
    assert "where" not in _address(shown)


def test_weeks_take_the_place_of_months(demo_workspace: Path, explore: Explore) -> None:
    shown = explore(demo_workspace)
    shown = shown.multiselect(key="explore-by").set_value(["month", "week"]).run()
    assert shown.multiselect(key="explore-by").value == ["week"]


def test_another_fact_keeps_what_it_knows_of_the_question(
    demo_workspace: Path, explore: Explore
) -> None:
    shown = explore(demo_workspace, fact="activity", by=["device", "month"])
    shown = shown.selectbox(key="explore-fact").set_value("orders").run()
    assert not shown.exception
    assert _address(shown)["by"] == ["month"]


def test_an_outcome_is_a_rate_with_its_bound_and_its_base(
    demo_workspace: Path, explore: Explore
) -> None:
    shown = explore(demo_workspace, period="everything", **RATES)
    assert not shown.exception
    rates = shown.dataframe[0].value.iloc[:, 1]
    told = [rate for rate in rates if "hidden" not in rate]
    assert told
    assert all(" % " in rate and " of " in rate for rate in told if "no rate" not in rate)
    assert any(rate.startswith("under") or "(under" in rate for rate in told)
    assert "-" not in "".join(shown.dataframe[0].value.iloc[:, 2])


@pytest.mark.parametrize(
    ("by", "picture"), [([], 0), (["month"], 1), (["country"], 1), (["month", "device"], 1),
                        (["country", "device"], 1), (["month", "country", "device"], 1)]
)  # fmt: skip
def test_every_shape_has_its_picture(
    demo_workspace: Path, explore: Explore, by: list[str], picture: int
) -> None:
    shown = explore(demo_workspace, fact="activity", by=by, period="6 months")
    assert not shown.exception
    assert not shown.error
    assert len(shown.get("plotly_chart")) == picture
    tiles = [html for html in shown.main.html if "vitrail-code" not in html.body]
    assert bool(tiles) == (picture == 0)


def test_little_is_foretold_before_it_is_asked_and_a_coarser_question_is_one_click_away(
    demo_workspace: Path, explore: Explore
) -> None:
    shown = explore(demo_workspace, **FINE)
    assert not shown.exception
    assert "Little of this would show: about" in words(shown)
    assert not shown.dataframe
    shown = shown.button(key="explore-coarser-0").click().run()
    assert not shown.exception
    assert shown.dataframe
    assert _address(shown)["by"] != FINE["by"]


def test_what_was_foretold_rests_on_totals_that_are_published_anyway(
    own_workspace: Path, explore: Explore
) -> None:
    with vitrail.open(own_workspace) as workspace:
        before = len(workspace.events())
    explore(own_workspace, **FINE)
    with vitrail.open(own_workspace) as workspace:
        asked = [e.payload for e in workspace.events()[before:] if e.kind == "release"]
    assert asked
    assert all(len(a["dimensions"]) <= 1 and not a["filters"] for a in asked)


def test_the_answer_can_be_wanted_all_the_same(demo_workspace: Path, explore: Explore) -> None:
    shown = explore(demo_workspace, **FINE)
    shown = shown.button(key="explore-anyway").click().run()
    assert not shown.exception
    assert _address(shown)["anyway"] == ["1"]
    assert "rows show; about" in words(shown)


def test_sql_and_choices_are_two_forms_of_one_question(
    demo_workspace: Path, explore: Explore
) -> None:
    shown = explore(demo_workspace, fact="activity", by="country", form="SQL")
    text = shown.text_area(key="explore-sql")
    assert text.value.startswith("SELECT country, count(DISTINCT person)\nFROM activity")
    text.set_value("SELECT device, count(*) FROM activity WHERE region = 'EEA' GROUP BY device")
    shown = next(b for b in shown.button if b.label == "Ask").click().run()
    assert not shown.exception
    assert _address(shown)["by"] == ["device"]
    assert _address(shown)["where"] == ["region=EEA"]
    shown = shown.radio(key="form").set_value("choices").run()
    assert shown.multiselect(key="explore-by").value == ["device"]
    assert shown.multiselect(key="explore-measures").value == ["rows"]


def test_sql_that_cannot_be_asked_is_told_with_what_can(
    demo_workspace: Path, explore: Explore
) -> None:
    shown = explore(demo_workspace, form="SQL")
    written = "SELECT person FROM activity WHERE country > 'jane@example.com'"
    shown.text_area(key="explore-sql").set_value(written)
    shown = next(b for b in shown.button if b.label == "Ask").click().run()
    assert not shown.exception
    assert shown.warning
    assert "jane" not in shown.warning[0].value
    assert shown.text_area(key="explore-sql").value == written


def test_a_view_is_saved_opened_and_deleted(own_workspace: Path, explore: Explore) -> None:
    shown = explore(own_workspace, period="everything", **RATES)
    shown.text_input(key="explore-view-name").set_value("What campaigns brought")
    shown = next(b for b in shown.button if b.label == "Save").click().run()
    assert not shown.warning
    with vitrail.open(own_workspace) as workspace:
        (view,) = workspace.views("explore")
    fresh = explore(own_workspace)
    fresh = fresh.button(key=f"view-{view.id}").click().run()
    assert _address(fresh)["by"] == ["campaign"]
    assert fresh.multiselect(key="explore-measures").value == ["outcome(ordered)"]
    fresh = fresh.button(key=f"view-gone-{view.id}").click().run()
    assert not fresh.exception
    assert "None yet" in words(fresh)


def test_a_view_named_after_a_person_s_address_is_not_saved(
    own_workspace: Path, explore: Explore
) -> None:
    shown = explore(own_workspace)
    shown.text_input(key="explore-view-name").set_value("orders of jane@example.com")
    shown = next(b for b in shown.button if b.label == "Save").click().run()
    assert "personal data" in shown.warning[0].value
    assert "jane" not in shown.warning[0].value


def test_it_says_how_people_are_protected_and_what_that_cannot_promise(
    demo_workspace: Path, explore: Explore
) -> None:
    shown = explore(demo_workspace)
    told = words(shown)
    for said in ("What protects them", "What this cannot promise", "No formal guarantee",
                 "Answers about one person add up", "Threshold:"):  # fmt: skip
        assert said in told


def test_an_address_that_is_not_known_any_more_still_shows_something(
    demo_workspace: Path, explore: Explore
) -> None:
    shown = explore(demo_workspace, fact="activity", by="country", where="country=Atlantis")
    assert not shown.exception
    assert "not known here" in words(shown)
    assert "Atlantis" not in words(shown)
    assert shown.dataframe


def test_days_that_are_still_open_are_told_with_those_that_can_be_asked(
    demo_workspace: Path, explore: Explore
) -> None:
    shown = explore(demo_workspace, fact="activity", by="week", **{
        "from": "2031-01-06", "to": "2031-02-02"})  # fmt: skip
    assert not shown.exception
    assert not shown.error
    assert "Ask for weeks up to" in words(shown)


def test_a_question_read_from_sql_is_checked_and_not_answered(own_workspace: Path) -> None:
    with vitrail.open(own_workspace) as workspace:
        before = len(workspace.events())
        query = workspace.question("SELECT country, count(*) FROM activity GROUP BY country")
        assert isinstance(query, Query)
        assert len(workspace.events()) == before
        with pytest.raises(vitrail.errors.Refused):
            workspace.question("SELECT * FROM activity")
        assert [e.kind for e in workspace.events()[before:]] == ["refusal"]

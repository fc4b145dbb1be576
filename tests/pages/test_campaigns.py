"""Campaigns, run by Streamlit's own test runner over a real demo workspace."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import vitrail
from vitrail.gate import FactDescription

from .visiting import Visit, as_read, to_copy, words


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    return Visit(monkeypatch, "campaigns")


@pytest.fixture
def shown(demo_workspace: Path, visit: Visit) -> AppTest:
    return visit(demo_workspace, months="everything", compare="nothing")


def test_orders_per_recipient_come_first_with_their_bounds_and_no_ranking_is_by_opens(
    shown: AppTest,
) -> None:
    assert not shown.exception
    heads = [head.value for head in shown.header]
    assert heads[0] == "Orders per recipient"
    told = words(shown)
    assert "privacy and chance together" in told
    assert "Opens are left out" in told
    assert not any("open" in head.lower() for head in shown.dataframe[0].value.columns)


def test_every_campaign_that_shows_is_a_row_with_rates_and_their_base(shown: AppTest) -> None:
    table = shown.dataframe[0].value
    assert {"Campaign", "Recipients", "Ordered within 30 days", "Cost per order"} <= set(table)
    assert len(table) > 5
    rates = table["Ordered within 30 days"]
    assert all(" of " in rate for rate in rates)
    assert all("±" in cell or "hidden" in cell for cell in table["Recipients"])
    assert not any("101 %" in str(cell) for cell in table.to_numpy().ravel())


def test_two_campaigns_are_compared_and_nothing_is_told_inside_privacy_and_chance(
    demo_workspace: Path, visit: Visit
) -> None:
    shown = visit(demo_workspace, months="everything")
    first = shown.selectbox(key="first").value
    same = shown.selectbox(key="second").set_value(first).run()
    assert not same.exception
    last = same.table[0].value.iloc[:, -1]
    assert set(last) == {"no change can be told", ""}


def test_the_address_names_the_pair_the_funnel_and_the_filter(
    demo_workspace: Path, visit: Visit
) -> None:
    where = {"months": "everything", "compare": "nothing", "region": "EEA"}
    names = list(visit(demo_workspace, **where).selectbox(key="first").options)
    again = visit(demo_workspace, of=names[0], first=names[1], second=names[2], **where)
    assert not again.exception
    assert again.selectbox(key="first").value == names[1]
    assert again.selectbox(key="second").value == names[2]
    assert "Region: EEA" in [as_read(button.label) for button in again.button]
    again = again.button(key="drop-region").click().run()
    assert again.selectbox(key="region").value is None


def test_what_an_address_names_and_nobody_knows_is_said_and_not_repeated(
    demo_workspace: Path, visit: Visit
) -> None:
    shown = visit(demo_workspace, shoe="44", country="Atlantis", of="jane@example.com",
                  months="own dates", **{"from": "2026-02-31", "to": "x"})  # fmt: skip
    assert not shown.exception
    told = words(shown)
    for sentence in (
        "something that this page does not know",
        "Country has no such value that enough people share",
        "The address says of “of” what cannot be chosen here",
        "a day that is none",
    ):
        assert sentence in told
    assert "Atlantis" not in told
    assert "jane" not in told
    assert shown.dataframe


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [("2001-01-01", "2001-02-01", "Nothing is known of that time"),
     ("2031-01-01", "2031-02-01", "No month of that time is closed yet")],
)  # fmt: skip
def test_days_without_data_are_told(
    demo_workspace: Path, visit: Visit, first: str, last: str, sentence: str
) -> None:
    shown = visit(demo_workspace, months="own dates", **{"from": first, "to": last})
    assert not shown.exception
    assert not shown.error
    assert sentence in shown.warning[0].value
    assert not shown.dataframe


def test_a_company_without_mailings_is_told_what_to_map(
    demo_workspace: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = importlib.import_module("vitrail.ui.campaign_scope")
    known = [fact for fact in _facts(demo_workspace) if fact.name != "campaigns"]
    monkeypatch.setattr(scope, "facts", lambda: tuple(known))
    shown = visit(demo_workspace)
    assert not shown.exception
    assert "hold no mailings" in words(shown)
    assert "vitrail import" in to_copy(shown)


def _facts(workspace: Path) -> tuple[FactDescription, ...]:
    with vitrail.open(workspace) as opened:
        return opened.facts()


def test_the_notebook_s_cell_gives_the_numbers_of_the_page(
    demo_workspace: Path, shown: AppTest
) -> None:
    cell = next(code.value for code in shown.code if code.value.startswith("%%ask"))
    with vitrail.open(demo_workspace) as workspace:
        release = workspace.ask(cell.removeprefix("%%ask").strip())
    assert f"release {release.id}" in words(shown)

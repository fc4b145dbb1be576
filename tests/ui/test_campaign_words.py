"""What Campaigns says of costs, of the best and the worst, and how a funnel is drawn."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from vitrail.gate import standings
from vitrail.model import Cell
from vitrail.ui.address_check import faults
from vitrail.ui.campaign_ranking import best_and_worst
from vitrail.ui.costs import NO_COST, cost_per_order


def _ordered(count: float, base: float = 3_000) -> Cell:
    return Cell(count, 12, 12 + 2 * count**0.5, base, base_privacy=26)


def test_an_order_costs_something_between_bounds_or_at_least_so_much() -> None:
    cost = Cell(40_000, 100, 100)
    assert cost_per_order(cost, Cell(100, 12, 30), "EUR cents") == ("about €4", "(€3 to €6)")
    assert cost_per_order(cost, Cell(5, 12, 14), "EUR cents") == ("over €21", "")
    assert cost_per_order(Cell(50, 90, 90), _ordered(20), "EUR cents") == (NO_COST, "")
    assert cost_per_order(None, _ordered(20), None)[0] == "◌ hidden for privacy"


def test_a_campaign_that_stands_apart_is_named_and_marks_in_its_name_stay_text() -> None:
    cells: dict[str, Cell | None] = {str(k): _ordered(60) for k in range(9)}
    cells["**Sold** [x](y)"] = _ordered(300)
    (best, none) = best_and_worst(standings(cells), cells)
    assert r"Best: \*\*Sold\*\* \[x\]\(y\)**, about 10.0 % (" in best
    assert none == "None stands out as the worst."


def test_among_campaigns_alike_none_is_called_best() -> None:
    cells: dict[str, Cell | None] = {str(k): _ordered(60 + k) for k in range(9)}
    (told,) = best_and_worst(standings(cells), cells)
    assert told.endswith("no change can be told.")
    assert "Fewer than two" in best_and_worst((), {})[0]


def test_a_funnel_goes_down_from_the_sent_and_keeps_a_hidden_step() -> None:
    def script() -> None:
        from vitrail.model import Cell
        from vitrail.ui.funnel_chart import funnel_chart

        clicked = Cell(30, 12, 18, 300, base_privacy=20)
        steps = (("Did not bounce", Cell(310, 12, 18, 300, base_privacy=20)), ("Clicked", clicked))
        funnel_chart(Cell(300, 20, 40), (*steps, ("Ordered", None)), "name")

    shown = AppTest.from_function(script, default_timeout=60).run()
    chart = json.loads(shown.get("plotly_chart")[0].proto.spec)
    assert chart["data"][0]["y"] == ["Sent", "Did not bounce", "Clicked", "Ordered"]
    assert chart["data"][0]["x"] == [100, 100, 10, 0]
    words = [note["text"] for note in chart["layout"]["annotations"]]
    assert words[0] == "<b>Sent</b><br>≈ 300 ± 20"
    assert words[2:] == [
        "<b>Clicked</b><br>about 10 % (4 to 16 %) of 300",
        "<b>Ordered</b><br>◌ hidden for privacy",
    ]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ({"by": ["week"], "country": ["FR"], "from": ["2026-01-05"]}, None),
        ({"shoe": ["44"]}, "something that this page does not know"),
        ({"country": ["Atlantis"]}, "Country has no such value"),
        ({"by": ["minute"]}, "“by”"),
        ({"from": ["yesterday"]}, "days are written 2026-01-31"),
        ({"from": ["2026-02-01"], "to": ["2026-01-01"]}, "end before they begin"),
    ],
)
def test_what_an_address_names_is_known_or_told(
    address: dict[str, list[str]], sentence: str | None
) -> None:
    known = {"by": ("week", "month"), "country": ("FR",), "from": None, "to": None}
    told = faults(address, known, {"country": "Country"})
    assert len(told) == (sentence is not None)
    assert sentence is None or sentence in told[0]

"""Coarser questions are offered where they show more, finer ones where enough will show."""

from __future__ import annotations

from datetime import date

from vitrail.gate import Dimension, DimensionKind, FactDescription, Forecast
from vitrail.model import Measure, MeasureKind
from vitrail.ui.alternatives import alternatives, finer
from vitrail.ui.exploration import Exploration

FACT = FactDescription(
    "activity",
    "Activity",
    (
        Dimension("region", DimensionKind.PERSON, None, ("in", "out"), "Region"),
        Dimension("country", DimensionKind.PERSON, "region", ("FR", "DE"), "Country"),
        Dimension("device", DimensionKind.EVENT, None, ("desktop", "mobile"), "Device"),
        Dimension("week", DimensionKind.PERIOD, "month", ("2026-01-05",), "Week"),
        Dimension("month", DimensionKind.PERIOD, None, ("2026-01",), "Month"),
    ),
    (Measure(MeasureKind.PERSONS),),
    date(2024, 5, 1),
    date(2026, 10, 31),
)
SHOWING = {
    frozenset({"month", "region", "device"}): Forecast(20, 19, 1),
    frozenset({"month", "device"}): Forecast(10, 10, 1),
    frozenset({"month"}): Forecast(5, 5, 1),
}


def _foretold(asked: Exploration) -> Forecast | None:
    return SHOWING.get(frozenset(asked.by), Forecast(600, 4, 0.1))


def test_coarser_questions_that_show_the_most_come_first() -> None:
    asked = Exploration(FACT, ("week", "country", "device"))
    near = alternatives(asked, _foretold)
    assert [(a.words, round(a.forecast.showing), a.forecast.cells) for a in near] == [
        ("by month × region × device", 19, 20),
        ("by month × device", 10, 10),
        ("by month", 5, 5),
    ]


def test_a_condition_may_be_left_out_and_is_named() -> None:
    asked = Exploration(FACT, ("month",), where=(("country", "FR"),))

    def foretold(near: Exploration) -> Forecast:
        return Forecast(12, 1.0 if near.where else 12.0, 1)

    assert [a.words for a in alternatives(asked, foretold)] == ["by month, not only FR"]


def test_nothing_is_offered_that_shows_no_more() -> None:
    asked = Exploration(FACT, ("country", "device"))
    assert alternatives(asked, lambda _: Forecast(10, 1, 0.1)) == ()
    assert finer(asked, lambda _: None) == ()


def test_a_split_takes_the_place_of_what_it_makes_needless() -> None:
    near = finer(Exploration(FACT, ("region",)), lambda _: Forecast(10, 9, 1))
    assert "by country" in [a.words for a in near]
    assert "by region × device" in [a.words for a in near]
    assert not [a for a in near if {"region", "country"} <= set(a.asked.by)]

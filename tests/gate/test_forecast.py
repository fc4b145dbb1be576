"""A forecast rests on published totals alone, and comes near to what then shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vitrail
from vitrail.gate import Dimension, DimensionKind, FactDescription, foretell, totals
from vitrail.model import Cell, Measure, MeasureKind, Query, Release, ReleaseRow, Span

COUNTED = (Measure(MeasureKind.PERSONS), Measure(MeasureKind.ROWS))
FACT = FactDescription(
    "visits",
    "Visits",
    (
        Dimension("region", DimensionKind.PERSON, None, ("in", "out")),
        Dimension("country", DimensionKind.PERSON, "region", ("FR", "DE", "IE")),
        Dimension("device", DimensionKind.EVENT, None, ("desktop", "mobile")),
        Dimension("campaign", DimensionKind.EVENT, None, ("May", "June"), once=True),
        Dimension("month", DimensionKind.PERIOD, None, ("2026-01", "2026-02")),
    ),
    COUNTED,
    date(2026, 1, 1),
    date(2026, 2, 28),
)


def _published(by: str | None, **groups: tuple[float, float] | None) -> Release:
    rows = tuple(
        ReleaseRow(
            (label,) if by else (),
            (None, None) if group is None else tuple(Cell(v, 12, 30) for v in group),
        )
        for label, group in groups.items()
    )
    return Release("r", "e", Query("visits", (by,) if by else (), COUNTED), rows, 0)


WHOLE = _published(None, all=(1000, 4000))
MONTHS = _published("month", **{"2026-01": (700, 2000), "2026-02": (700, 2000)})
DEVICES = _published("device", desktop=(900, 3000), mobile=(500, 1000))
COUNTRIES = _published("country", FR=(700, 2800), DE=(295, 1180), IE=None)


def test_a_forecast_asks_for_totals_by_one_dimension_and_without_any_condition() -> None:
    query = Query("visits", ("month", "country"), COUNTED, (("device", "mobile"),))
    asked = totals(query, FACT)
    assert {q.dimensions for q in asked} == {(), ("month",), ("country",), ("device",)}
    assert all(q.filters == () and q.span == query.span for q in asked)
    assert all(q.measures == COUNTED for q in asked)


def test_large_cells_are_foretold_to_show_and_those_of_a_hidden_value_not() -> None:
    query = Query("visits", ("month", "country"))
    told = foretell(query, FACT, [WHOLE, MONTHS, COUNTRIES])
    assert told.cells == 6
    assert told.showing == pytest.approx(4, abs=0.1)
    assert told.covered > 0.95


def test_what_shows_by_one_dimension_is_known_and_not_guessed() -> None:
    told = foretell(Query("visits", ("country",)), FACT, [WHOLE, COUNTRIES])
    assert (told.cells, told.showing) == (3, 2.0)


def test_a_coarser_dimension_beside_its_finer_one_splits_nothing() -> None:
    regions = _published("region", **{"in": (950, 3900), "out": (50, 100)})
    both = foretell(Query("visits", ("region", "country")), FACT, [WHOLE, regions, COUNTRIES])
    assert (both.cells, both.showing) == (6, 2.0)


def test_a_campaign_is_foretold_to_show_in_its_own_month_alone() -> None:
    sent = _published("campaign", May=(400, 400), June=(300, 300))
    told = foretell(Query("visits", ("campaign", "month")), FACT, [WHOLE, sent, MONTHS])
    assert (told.cells, told.showing) == (4, 2.0)


def test_a_shorter_time_is_foretold_to_reach_fewer_with_a_rare_device() -> None:
    rare = _published("device", desktop=(990, 3950), mobile=(45, 50))
    query = Query("visits", ("device",), COUNTED)
    whole = foretell(query, FACT, [WHOLE, rare])
    weekly = _published("month", **{str(week): (60, 150) for week in range(9)})
    assert whole.showing == 2
    short = foretell(replace(query, dimensions=("device", "month")), FACT, [WHOLE, rare, weekly])
    assert short.showing == pytest.approx(9, abs=0.5)


@given(
    st.lists(st.integers(0, 400).map(lambda n: 5 * n), min_size=2, max_size=2),
    st.lists(st.integers(0, 400).map(lambda n: 5 * n), min_size=3, max_size=3),
)
def test_a_forecast_never_leaves_the_cells_there_are(
    devices: list[int], countries: list[int]
) -> None:
    by_device = _published("device", desktop=(devices[0], devices[0] * 2), mobile=(devices[1], 1))
    by_country = _published("country", **dict(zip(
        ("FR", "DE", "IE"), [(n, 3 * n) for n in countries], strict=True)))  # fmt: skip
    told = foretell(Query("visits", ("device", "country")), FACT, [WHOLE, by_device, by_country])
    assert 0 <= told.showing <= told.cells == 6
    assert 0 <= told.covered <= 1


def _questions(fact: FactDescription) -> Iterator[Query]:
    """Every question by two or three dimensions, over half a year or the last quarter in it."""
    half, quarter = (Span(date(2026, month, 1), end) for month, end in
                     ((5, date(2026, 10, 31)), (7, date(2026, 9, 30))))  # fmt: skip
    names = [d.name for d in fact.dimensions if d.name != "week"]
    for count in (2, 3):
        for by in combinations(names, count):
            span = half if {"month", "campaign"} & set(by) else quarter
            yield Query(fact.name, by, (Measure(MeasureKind.PERSONS),), (), span)


@pytest.mark.attack
def test_a_forecast_is_within_a_tenth_of_what_shows_of_the_demo_company(
    demo_workspace: Path,
) -> None:
    errors = []
    with vitrail.open(demo_workspace) as workspace:
        known: dict[Query, Release] = {}
        for fact in workspace.facts():
            if fact.name not in ("activity", "orders", "campaigns"):
                continue
            for query in _questions(fact):
                for total in totals(query, fact):
                    known.setdefault(total, workspace.ask(total))
                told = foretell(query, fact, [known[total] for total in totals(query, fact)])
                shown = told.cells - workspace.ask(query).suppressed
                errors.append(abs(shown - told.showing) / told.cells)
    assert len(errors) > 60
    assert mean(errors) < 0.10
    assert sum(error <= 0.25 for error in errors) >= 0.9 * len(errors)

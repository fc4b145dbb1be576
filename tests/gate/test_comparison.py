"""Comparisons of published numbers: told outside privacy and chance, and seldom told wrongly."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.gate import (
    change,
    change_words,
    compared,
    difference,
    quotient,
    rate,
    retention,
    share,
    standings,
)
from vitrail.gate.compiler import Converted, RawCell
from vitrail.gate.grammar import question_from
from vitrail.gate.meaning import Meaning
from vitrail.gate.noise import NoiseSource
from vitrail.gate.periods import previous, year_before
from vitrail.gate.publishing import Publisher
from vitrail.model import Cell, Measure, MeasureKind, Query, Release, ReleaseRow, Span

PERSONS = Measure(MeasureKind.PERSONS)
CONVERTED = Measure(MeasureKind.OUTCOME, "converted")
WEEK = Span(date(2025, 3, 3), date(2025, 3, 9))

TRIALS = 1_500


@pytest.fixture(scope="module")
def arm(house):
    """Publishes the outcome of so many persons of whom so many converted, as of a campaign."""
    question = question_from(Query("visits"), house.store.reader().facts)
    declared = question.fact.definition.dimensions
    once = {**declared, "country": declared["country"].model_copy(update={"once": True})}
    definition = question.fact.definition.model_copy(update={"dimensions": once})
    question = replace(question, fact=question.fact.model_copy(update={"definition": definition}))
    source = NoiseSource(b"another key of the test's own")

    def published(seed: tuple[int, ...], base: int, converted: int) -> Cell:
        raw = RawCell(None, (), base, hash(seed), {"converted": Converted(converted, 7)})
        about = Meaning("visits", str(seed), (("country", "FR"),), WEEK)
        cell = Publisher(question, source, raw, about).cell(CONVERTED)
        assert cell is not None
        return cell

    return published


@pytest.mark.parametrize("base", [150, 3_000, 30_000])
@pytest.mark.parametrize("true_rate", [0.01, 0.04, 0.2])
def test_two_arms_alike_have_a_winner_in_at_most_six_of_a_hundred_cases(arm, base, true_rate):
    """The arms' people are drawn anew each time; by the noise alone far more would win."""
    rng = np.random.default_rng(11)
    false = alone = 0
    for i in range(TRIALS):
        one, two = (
            rate(arm((base, i, side), base, int(rng.binomial(base, true_rate)))) for side in (0, 1)
        )
        gap = difference(one, two)
        assert gap is not None
        false += gap.differs
        alone += abs(gap.value) > gap.privacy
    assert false / TRIALS <= 0.06
    if base * true_rate > 1_000:  # where chance is more than what the gate added
        assert alone / TRIALS > 0.3


@pytest.mark.parametrize("ordered", [0, 3, 15])
def test_a_campaign_of_three_hundred_is_told_without_a_lean_and_with_a_bound_of_use(arm, ordered):
    cells = [arm((ordered, i), 300, ordered) for i in range(TRIALS)]
    values = np.array([cell.value for cell in cells])
    assert abs(values.mean() - ordered) < 4 * values.std() / math.sqrt(TRIALS)
    covered = [abs(cell.value - ordered) <= cell.privacy for cell in cells]
    assert np.mean(covered) >= 0.94
    # what a reader is told: no more than one campaign in twenty is off, and none is useless
    highs = [(cell.value + cell.total) / cell.base for cell in cells]
    assert np.median(highs) < (ordered + 16) / 300
    assert np.mean([h >= ordered / 300 for h in highs]) >= 0.95


def test_the_better_of_two_campaigns_is_told_where_there_is_a_difference_to_tell(arm):
    wins = 0
    for i in range(300):
        poor, good = rate(arm((0, i), 3_000, 60)), rate(arm((1, i), 3_000, 180))
        gap = difference(good, poor)
        wins += gap is not None and gap.differs and gap.value > 0
    assert wins / 300 > 0.95


@pytest.mark.parametrize(
    ("value", "words"),
    [(-5, "under 3 %"), (0, "under 4 %"), (5, "under 6 %"), (60, "16 to 24 %"), (295, "over 94 %")],
)
def test_an_outcome_says_its_bound_in_words(value, words):
    cell = Cell(value, 11.0, 12.0, 300, 16.0)
    assert str(cell) == f"≈ {max(value, 0)} ± 11 of 300: {words}"


cells = st.builds(
    lambda value, privacy, more: Cell(value, privacy, privacy + more),
    st.floats(0, 1e6), st.floats(1, 100), st.floats(0, 100),
)  # fmt: skip


@given(cells, cells)
def test_a_difference_is_wider_than_either_number_and_turns_with_its_sides(one, two):
    there, back = difference(one, two), difference(two, one)
    assert there is not None
    assert back is not None
    assert there.value == -back.value
    assert there.total == back.total >= max(one.total, two.total)
    assert there.privacy <= there.total


@given(cells)
def test_nothing_differs_from_itself_and_nothing_is_said_of_what_is_hidden(cell):
    gap = difference(cell, cell)
    assert gap is not None
    assert not gap.differs
    assert difference(cell, None) is None
    assert change(None, cell) is None
    assert share(None, cell) is None
    assert change_words(cell, None) == "nothing to compare"
    assert change_words(cell, cell) == "no change can be told"


def test_a_change_outside_both_intervals_is_told_with_its_own_error():
    assert change_words(Cell(150, 10, 30), Cell(100, 10, 20)) == "▲ up 50 % ± 36 %"
    assert change_words(Cell(100, 10, 20), Cell(150, 10, 30)) == "▼ down 33 % ± 24 %"


def test_a_change_whose_share_is_less_than_its_error_has_a_direction_alone():
    words = change_words(Cell(-30, 10, 20), Cell(20, 10, 20))
    assert words == "▼ down, how much cannot be told"


@given(st.integers(100, 10**6), st.floats(0, 1))
def test_a_share_of_the_whole_has_the_interval_of_its_parts(whole, part):
    told = share(Cell(whole * part, 12, 15), Cell(whole, 12, 15))
    assert told is not None
    assert told.value == pytest.approx(part)
    assert 12 / whole <= told.privacy <= told.total
    assert told.low <= part <= told.high


def release(dimensions, rows, span=None):
    return Release(
        id="r", epoch="e", query=Query("accounts", dimensions, (PERSONS,)), suppressed=0,
        rows=tuple(ReleaseRow(labels, (cell,)) for labels, cell in rows), span=span,
    )  # fmt: skip


def test_cohorts_are_followed_from_the_month_they_began_in_and_hidden_ones_stay_hidden():
    began = release(
        ("cohort", "month"),
        [(("2026-01", "2026-01"), Cell(400, 12, 40)), (("2026-01", "2026-02"), Cell(390, 12, 40)),
         (("2026-02", "2026-02"), None)],
    )  # fmt: skip
    active = release(
        ("month", "cohort"),
        [(("2026-01", "2026-01"), Cell(380, 12, 40)), (("2026-02", "2026-01"), Cell(200, 12, 30)),
         (("2026-03", "2026-01"), None), (("2026-02", "2026-02"), Cell(50, 12, 20))],
    )  # fmt: skip
    [cohort] = retention(began, active)
    assert cohort.label == "2026-01"
    assert [kept and round(kept.value, 2) for kept in cohort.kept] == [0.95, 0.5, None]
    assert cohort.kept[1].total >= cohort.kept[1].privacy > 0.03


MONTHS = Span(date(2026, 2, 1), date(2026, 3, 31))


def test_a_span_is_compared_with_as_many_weeks_or_months_before_it():
    assert previous(WEEK) == Span(date(2025, 2, 24), date(2025, 3, 2))
    assert previous(MONTHS) == Span(date(2025, 12, 1), date(2026, 1, 31))
    assert year_before(MONTHS) == Span(date(2025, 2, 1), date(2025, 3, 31))
    assert year_before(WEEK).first.weekday() == 0


def test_months_are_laid_beside_the_months_before_them():
    now = release(
        ("month",), [(("2026-02",), Cell(9, 1, 1)), (("2026-03",), Cell(5, 1, 1))], MONTHS
    )
    before = release(
        ("month",), [(("2025-12",), Cell(4, 1, 1)), (("2026-01",), None)], previous(MONTHS)
    )
    beside = compared(now, before)
    assert beside.earlier == ((Cell(4, 1, 1),), (None,))
    assert beside.words(0, 0).startswith("▲ up 125 %")
    assert beside.words(1, 0) == "nothing to compare"


@pytest.mark.parametrize(("base", "true_rate"), [(150, 0.04), (3_000, 0.04), (3_000, 0.2)])
def test_among_twenty_campaigns_alike_one_stands_out_in_at_most_six_of_a_hundred_cases(
    arm, base, true_rate
):
    rng = np.random.default_rng(5)
    trials, false = 300, 0
    for i in range(trials):
        people = rng.binomial(base, true_rate, 20)
        cells = {str(k): arm((base, i, k), base, int(n)) for k, n in enumerate(people)}
        false += any(one.apart for one in standings(cells))
    assert false / trials <= 0.06


def test_the_campaign_that_sold_three_times_as_well_stands_out_and_comes_first(arm):
    cells: dict[str, Cell | None] = {str(k): arm((9, k), 3_000, 60) for k in range(20)}
    first = standings({**cells, "sold": arm((9, 99), 3_000, 180), "hidden": None})[0]
    assert first.label == "sold"
    assert first.apart
    assert first.better
    assert standings({"alone": cells["0"]}) == ()


def test_a_quotient_has_its_bounds_and_where_the_lower_number_may_be_nothing_a_floor_alone():
    cost = Cell(40_000, 100, 100)
    told = quotient(cost, Cell(100, 12, 30))
    assert told is not None
    assert told.value == 400
    assert (round(told.low), round(told.high or 0)) == (308, 571)
    floor = quotient(cost, Cell(5, 12, 14))
    assert floor is not None
    assert (floor.value, floor.high) == (None, None)
    assert floor.low == pytest.approx(40_000 / 19, rel=0.01)
    assert quotient(None, cost) is None
    assert quotient(Cell(10, 20, 20), cost) is None


@given(st.floats(1_000, 1e6), st.floats(1, 500), st.floats(20, 5_000), st.floats(1, 100))
def test_the_bounds_of_a_quotient_hold_it_between_them(a, a_error, b, b_error):
    told = quotient(Cell(a, 1, a_error), Cell(b, 1, b_error))
    assert told is not None
    assert told.low <= a / b
    if told.high is not None:
        assert told.value is not None
        assert told.low <= told.value <= told.high
        assert told.high >= a / b

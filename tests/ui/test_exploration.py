"""Explore's question and the address of its page are two forms of one thing."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vitrail.gate import Dimension, DimensionKind, FactDescription
from vitrail.gate.periods import is_months, is_weeks
from vitrail.model import Measure, MeasureKind, Span
from vitrail.ui.exploration import PERIODS, Exploration, first_look, from_address
from vitrail.ui.periods import COMPARISONS, snapped

USERS, SLOW = Measure(MeasureKind.PERSONS), Measure(MeasureKind.OUTCOME, "ordered")
FACT = FactDescription(
    "orders",
    "Orders",
    (
        Dimension("country", DimensionKind.PERSON, None, ("FR", "DE"), "Country"),
        Dimension("device", DimensionKind.EVENT, None, ("a=b & c", "mobile"), "Device"),
        Dimension("week", DimensionKind.PERIOD, "month", ("2026-01-05",), "Week"),
        Dimension("month", DimensionKind.PERIOD, None, ("2026-01",), "Month"),
    ),
    (USERS, SLOW),
    date(2024, 5, 1),
    date(2026, 10, 31),
    settled=(("outcome(ordered)", date(2026, 9, 30)),),
)

days = st.dates(date(2024, 5, 6), date(2026, 9, 20))
spans = st.tuples(days, days).map(lambda pair: Span(min(pair), max(pair)))
questions = st.builds(
    Exploration,
    fact=st.just(FACT),
    by=st.sampled_from([(), ("country",), ("month",), ("week", "device"), ("device", "month")]),
    measures=st.sampled_from([(USERS,), (SLOW, USERS)]),
    where=st.sampled_from([(), (("device", "a=b & c"),), (("country", "FR"),)]),
    time=st.sampled_from(tuple(PERIODS)) | spans,
    comparison=st.sampled_from(COMPARISONS),
)


@given(questions)
def test_a_question_is_restored_from_its_address(asked: Exploration) -> None:
    assert from_address(asked.address(), [FACT]) == (asked, True)


@given(questions)
def test_a_span_is_always_of_whole_closed_periods(asked: Exploration) -> None:
    span = asked.span
    if span is not None:
        assert is_months(span) if "month" in asked.by else is_weeks(span) or is_months(span)
        assert not ("week" in asked.by and not is_weeks(span))
        assert span.last <= FACT.settled_by(asked.measures) or isinstance(asked.time, Span)


@given(spans)
def test_dates_move_outward_to_whole_periods_and_never_past_what_is_closed(span: Span) -> None:
    for grain, whole in (("week", is_weeks), ("month", is_months)):
        moved = snapped(span, grain, date(2026, 10, 31))
        assert whole(moved)
        assert moved.first <= span.first <= span.last <= moved.last
        assert snapped(moved, grain, date(2026, 10, 31)) == moved
        assert moved.last <= date(2026, 10, 31) + timedelta(days=6)


def test_an_outcome_that_takes_its_days_ends_the_time_earlier() -> None:
    slow = Exploration(FACT, ("month",), (SLOW,), time="3 months").span
    fast = Exploration(FACT, ("month",), (USERS,), time="3 months").span
    assert slow == Span(date(2026, 7, 1), date(2026, 9, 30))
    assert fast == Span(date(2026, 8, 1), date(2026, 10, 31))


def test_what_an_address_does_not_know_is_left_out_and_said() -> None:
    address = {"fact": ["orders"], "by": ["country", "shoe_size"], "where": ["country=MC"]}
    assert from_address(address, [FACT]) == (Exploration(FACT, ("country",)), False)
    assert from_address({"fact": ["secrets"]}, [FACT]) == (first_look([FACT]), False)
    assert not from_address({"period": ["for ever"]}, [FACT])[1]
    assert not from_address({"compare": ["the moon"]}, [FACT])[1]
    assert not from_address({"from": ["2026-02-31"], "to": ["x"]}, [FACT])[1]


def test_a_bar_looked_into_keeps_the_filters_and_goes_over_time() -> None:
    asked = Exploration(FACT, ("device",), where=(("country", "FR"),), comparison="previous year")
    inside = asked.within("mobile")
    assert inside.where == (("country", "FR"), ("device", "mobile"))
    assert inside.by == ("month",)
    assert inside.comparison == "previous year"


@given(questions)
def test_what_a_question_is_compared_with_is_as_long_and_before_it(asked: Exploration) -> None:
    earlier, span = asked.earlier, asked.span
    if earlier is not None:
        assert span is not None
        assert earlier.span is not None
        assert FACT.first <= earlier.span.first
        assert earlier.span.last < span.first
        assert is_weeks(earlier.span) or is_months(earlier.span)


def test_an_empty_address_is_a_first_look_by_month() -> None:
    assert from_address({}, [FACT]) == (Exploration(FACT, ("month",)), True)

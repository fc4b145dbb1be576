from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vitrail.model import Span
from vitrail.ui.periods import COMPARISONS, GRAINS, window

days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(days, st.integers(0, 1500), st.sampled_from(GRAINS), st.integers(1, 60),
       st.sampled_from(COMPARISONS))  # fmt: skip
def test_a_window_is_made_of_whole_closed_periods(first, reach, grain, length, comparison) -> None:
    last = first + timedelta(days=reach)
    chosen = window(first, last, grain, length, comparison)
    if chosen is None:
        assert reach < 62
        return
    spans = [chosen.span, *([chosen.before] if chosen.before else [])]
    for span in spans:
        assert first <= span.first <= span.last <= last
        after = span.last + timedelta(days=1)
        if grain == "week":
            assert span.first.weekday() == 0
            assert after.weekday() == 0
        else:
            assert span.first.day == 1
            assert after.day == 1
    if chosen.before:
        assert chosen.before.last < chosen.span.first


def test_a_quarter_of_weeks_is_compared_with_the_one_before() -> None:
    chosen = window(date(2024, 1, 1), date(2026, 11, 19), "week", 13, "previous period")
    assert chosen is not None
    assert chosen.span == Span(date(2026, 8, 17), date(2026, 11, 15))
    assert chosen.before == Span(date(2026, 5, 18), date(2026, 8, 16))


def test_the_year_before_is_the_same_weeks() -> None:
    chosen = window(date(2024, 1, 1), date(2026, 11, 15), "week", 13, "previous year")
    assert chosen is not None
    assert chosen.before == Span(date(2025, 8, 18), date(2025, 11, 16))


def test_without_enough_past_nothing_is_compared() -> None:
    chosen = window(date(2026, 9, 1), date(2026, 11, 15), "week", 13, "previous year")
    assert chosen is not None
    assert chosen.before is None

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vitrail.model import HIDDEN, Cell
from vitrail.report.numbers import change, drawn, drowned, published, wider

widths = st.floats(0, 1e6)
values = st.floats(0, 1e9)


def test_a_published_number_is_always_written_the_same_way() -> None:
    assert published(Cell(1240, 8, 70)) == "≈ 1,240 ± 8"
    assert published(Cell(5, 8, 9, base=300)) == "≈ 5 ± 8 of 300"


def test_money_is_written_in_its_currency() -> None:
    assert published(Cell(1_234_500, 2_000, 9_000), "EUR cents") == "≈ €12,345 ± 20"
    assert published(Cell(1_250, 100, 900), "EUR cents") == "≈ €12.50 ± 1.00"


def test_a_number_is_written_as_far_as_its_noise_lets_one_say() -> None:
    assert published(Cell(8_413, 793, 900)) == "≈ 8,410 ± 790"
    assert published(Cell(0, 1_902_749, 1_902_749), "EUR cents") == "≈ €0 ± 19,000"
    assert published(Cell(12.3456, 5.26, 6.1)) == "≈ 12.3 ± 5.3"
    assert published(Cell(-0.2, 26.4, 30)) == "≈ 0 ± 26"
    assert str(Cell(8_413, 793, 900)) == "≈ 8,410 ± 790"
    assert wider(Cell(1_027_300, 9, 1_902_749), "EUR cents") == "± €19,000"


def test_a_hidden_number_is_always_marked_the_same_way() -> None:
    assert published(None) == HIDDEN


def test_a_number_below_its_error_is_greyed() -> None:
    assert drowned(Cell(5, 8, 9))
    assert not drowned(Cell(50, 8, 9))


@given(values, widths, values, widths)
def test_a_change_is_told_only_outside_privacy_and_chance(
    now: float, now_width: float, before: float, before_width: float
) -> None:
    told = change(Cell(now, 0, now_width), Cell(before, 0, before_width))
    if told.share is not None:
        assert abs(now - before) > max(now_width, before_width)
        assert (told.share > 0) == (now > before)


def test_with_nothing_to_compare_nothing_is_told() -> None:
    assert change(Cell(5, 1, 1), None).share is None
    assert change(None, Cell(5, 1, 1)).share is None


def _outcome(value: float, total: float, base: float) -> Cell:
    return Cell(value, total / 2, total, base, base_privacy=12)


def test_an_outcome_is_written_as_a_rate_with_its_bound_and_its_base() -> None:
    assert published(_outcome(36, 9, 300)) == "about 12 % (9 to 15 %) of 300"
    assert published(_outcome(6, 9, 300)) == "about 2 % (under 5 %) of 300"
    assert published(_outcome(290, 20, 300)) == "about 97 % (over 90 %) of 300"


def test_an_outcome_counted_at_nothing_or_below_is_written_by_its_bound_alone() -> None:
    assert published(_outcome(0, 12, 300)) == "under 4 % of 300"
    assert published(_outcome(-5, 17, 300)) == "under 4 % of 300"


@given(st.integers(-30, 500).map(float), st.floats(1, 200), st.integers(1, 500).map(float))
def test_an_outcome_is_never_drawn_below_nothing_and_lies_within_its_band(
    value: float, total: float, base: float
) -> None:
    low, middle, high = drawn(_outcome(value, total, base))
    assert 0 <= low <= middle <= high
    assert "-" not in published(_outcome(value, total, base))

"""What a column holds is told by the form of its values."""

from __future__ import annotations

import pytest

from vitrail.proposal.days import DayOrder, writing_of
from vitrail.proposal.kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["ann@example.org", "Ben.Lake+x@mail.example.co"], Kind.EMAIL),
        (["+32 470 12 34 56", "0032470123457", "(0470) 12.34.58"], Kind.PHONE),
        (["192.0.2.1", "2001:db8::1"], Kind.IP),
        (["https://x.example/a", "http://y.example"], Kind.URL),
        (["2026-05-01", "2026-05-01T10:00:00Z", "01/05/2026 10:00"], Kind.TIME),
        (["24.12.2026", "3-4-26"], Kind.TIME),
        (["1767225600", "1767225600123"], Kind.EPOCH),
        (["1", "22", "303.0"], Kind.WHOLE),
        (["1.50", "1 234,90", "7"], Kind.DECIMAL),
        (["yes", "No", "yes"], Kind.YES_NO),
        (["EUR", "usd"], Kind.CURRENCY),
        (["FR", "BE", "NO"], Kind.COUNTRY),
        (['{"a": 1}', "[1, 2]"], Kind.STRUCTURE),
        (["O-1", "O-2", "cus_3"], Kind.IDENTIFIER),
        (["open", "closed", "open", "open"], Kind.WORD),
        (["A long answer of somebody's own words.", "Another one, just as long."], Kind.TEXT),
        ([], Kind.EMPTY),
    ],
)
def test_a_kind_is_told_by_form(values: list[str], kind: Kind) -> None:
    assert kind_of(values) is kind


def test_one_stray_value_in_ten_does_not_change_a_columns_kind() -> None:
    assert kind_of(["ann@example.org"] * 9 + ["unknown"]) is Kind.EMAIL
    assert kind_of(["ann@example.org"] * 5 + ["unknown"] * 5) is not Kind.EMAIL


def test_a_version_is_no_address_and_a_price_no_time() -> None:
    assert kind_of(["1.2.3", "1.2.4"]) is not Kind.IP
    assert kind_of(["12.50", "9.90"]) is Kind.DECIMAL


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["2026-05-01", "2026-05-31"], DayOrder.YEAR),
        (["31/05/2026", "01/05/2026"], DayOrder.DAY),
        (["05/31/2026", "05/01/2026"], DayOrder.MONTH),
        (["03/04/2026", "12/11/2026"], DayOrder.EITHER),
        (["31/05/2026", "05/31/2026"], DayOrder.BOTH),
        (["24.12.26"], DayOrder.DAY),
    ],
)
def test_a_day_after_the_twelfth_tells_which_part_comes_first(
    values: list[str], order: DayOrder
) -> None:
    assert writing_of(values).order is order


@pytest.mark.parametrize(
    ("value", "zoneless"),
    [
        ("2026-05-01 10:00:00", True),
        ("01/05/2026 10:00", True),
        ("2026-05-01T10:00:00Z", False),
        ("2026-05-01 10:00:00 +0200", False),
        ("01/May/2026:10:00:00 +0200", False),
        ("2026-05-01", False),
    ],
)
def test_a_time_of_day_without_a_zone_is_noticed(value: str, zoneless: bool) -> None:
    assert writing_of([value]).zoneless is zoneless


def test_days_that_begin_with_the_month_have_the_format_that_reads_them() -> None:
    assert writing_of(["05/31/2026"]).strptime("month") == "%m/%d/%Y"
    assert writing_of(["5-31-26"]).strptime("month") == "%m-%d-%y"
    assert writing_of(["5/31/2026 9:05 PM"]).strptime("month") == "%m/%d/%Y %I:%M %p"

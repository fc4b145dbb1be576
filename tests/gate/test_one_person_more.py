"""What a row shows or hides must not turn on one person, whatever is known of all the others."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from vitrail.keys import Keyring
from vitrail.model import Measure, MeasureKind, Query, Span

PERSONS = Measure(MeasureKind.PERSONS)
AMOUNT = Measure(MeasureKind.SUM, "amount")
WEEK = Span(date(2025, 3, 3), date(2025, 3, 9))

KEYS = range(60)


def people(count, first, *, amount=1000, country="FR", day=date(2025, 3, 4)):
    return [
        {"person": 7_919 * (first + i) + 1, "day": day, "region": "EEA", "country": country,
         "device": "desktop", "amount": amount, "converted": 0}
        for i in range(count)
    ]  # fmt: skip


def told(make_house, query, *groups):
    """What sixty keys show: the rows' labels and which of their numbers are hidden."""
    house = make_house(pa.Table.from_pylist([row for group in groups for row in group]))
    return [under(house, key).ask(query) for key in KEYS]


def under(house, key):
    return type(house)(house.directory, house.files, Keyring(bytes([key]) * 32), house.rows)


def differ(one, two, seen):
    return sum(seen(a) != seen(b) for a, b in zip(one, two, strict=True)) / len(one)


def lean(one, two, seen):
    """How much oftener something is seen in one world: what an attacker has of a single look."""
    return abs(sum(map(seen, one)) - sum(map(seen, two))) / len(one)


ELSEWHERE = [
    row
    for first, country in ((10_000, "FR"), (20_000, "DE"), (30_000, "ES"))
    for row in people(60, first, country=country, day=date(2025, 4, 8))
]


def test_the_row_other_does_not_appear_because_of_one_person_more(make_house):
    """Germany is withheld beside a hidden Spain; one Spaniard does not bring `other`."""
    query = Query("visits", ("country",), (PERSONS,), (), WEEK)
    usual = (people(200, 0), people(60, 500, country="DE"), ELSEWHERE)
    none = told(make_house, query, *usual)
    one = told(make_house, query, *usual, people(1, 900, country="ES"))
    assert differ(none, one, lambda r: [row.labels for row in r.rows]) == 0
    assert differ(none, one, lambda r: [row.cells[0] is None for row in r.rows]) <= 0.1


def test_which_of_two_siblings_is_withheld_does_not_turn_on_one_person(make_house):
    query = Query("visits", ("country",), (PERSONS,), (), WEEK)
    fewer = told(make_house, query, people(60, 0), people(60, 500, country="DE"), ELSEWHERE)
    more = told(make_house, query, people(61, 0), people(60, 500, country="DE"), ELSEWHERE)
    assert any(r.rows[0].cells[0] is None for r in fewer)
    assert lean(fewer, more, lambda r: r.rows[0].cells[0] is None) <= 0.15


def test_whether_a_sum_shows_does_not_turn_on_the_one_who_has_an_amount(make_house):
    query = Query("visits", (), (AMOUNT,), (("country", "FR"),), WEEK)
    rest = (people(28, 100, amount=0), people(2, 500, amount=40_000), ELSEWHERE)
    nothing = told(make_house, query, people(1, 0, amount=0), *rest)
    something = told(make_house, query, people(1, 0, amount=40_000), *rest)
    assert lean(nothing, something, lambda r: r.rows[0].cells[0] is None) <= 0.15


def test_the_stated_error_of_a_sum_does_not_turn_on_one_contribution(make_house):
    query = Query("visits", (), (AMOUNT,), (("country", "FR"),), WEEK)
    rest = (people(60, 100, amount=500), people(2, 500, amount=50_000), ELSEWHERE)
    small = told(make_house, query, people(1, 0, amount=500), *rest)
    large = told(make_house, query, people(1, 0, amount=50_000), *rest)

    assert differ(small, large, lambda r: r.rows[0].cells[0] and r.rows[0].cells[0].privacy) <= 0.25


def test_one_odd_row_does_not_part_a_country_from_its_region(make_house):
    """By either, or both, it is one cell; somebody of another region changes nothing of that."""
    usual = people(200, 0) + people(200, 1_000, country="DE")
    odd = people(1, 5_000)
    odd[0]["region"] = "outside"
    house = make_house(pa.Table.from_pylist([*usual, *people(40, 3_000, country="US"), *odd]))
    query = Query("visits", ("country", "region"), (PERSONS,))
    rows = {row.labels: row for row in house.ask(query).rows}
    alone = {row.labels: row for row in house.ask(Query("visits", ("country",), (PERSONS,))).rows}
    assert rows["FR", "EEA"].same_without == alone["FR",].same_without == ()
    assert rows["FR", "EEA"].cells == alone["FR",].cells

"""A plan looks at nobody, says what it costs, and refuses what cannot be promised."""

from __future__ import annotations

import pytest

from vitrail.errors import Refused, UsageError
from vitrail.gate import parse_sql
from vitrail.gate.private import Terms, plan
from vitrail.model import Measure, MeasureKind, Query

PERSONS = Measure(MeasureKind.PERSONS)
ROWS = Measure(MeasureKind.ROWS)
AMOUNT = Measure(MeasureKind.SUM, "amount")
CONVERTED = Measure(MeasureKind.OUTCOME, "converted")


@pytest.fixture
def reader(house, monkeypatch):
    """A reader that gives no row away."""
    reader = house.store.reader()

    def refuse(*_):
        raise AssertionError("a plan must not look at the data")

    monkeypatch.setattr(reader, "fetch", refuse)
    return reader


def test_a_plan_says_cost_bounds_and_error_without_a_look_at_the_data(reader):
    made = plan(Query("visits", ("month",), (PERSONS, AMOUNT)), reader, Terms(0.05))
    persons, amount = made.guarantee.bounds
    assert (made.guarantee.cells, made.guarantee.cells_per_person) == (5, 5)
    assert (persons.clip, amount.clip) == (1, 50_000)
    assert persons.rho + amount.rho == pytest.approx(0.05)
    assert persons.error == pytest.approx(1.96 * persons.sigma, abs=0.1)
    assert made.guarantee.epsilon == pytest.approx(1.47, abs=0.01)


def test_the_bounds_are_those_declared_whatever_the_data_would_have(reader):
    whole = plan(Query("visits", (), (ROWS, AMOUNT)), reader, Terms(0.05))
    assert [b.clip for b in whole.guarantee.bounds] == [20 * 6, 50_000 * 6]
    less = plan(Query("visits", (), (ROWS, AMOUNT)), reader, Terms(0.05, clips={"amount": 9000}))
    assert [b.clip for b in less.guarantee.bounds] == [20 * 6, 9000]
    assert less.digest != whole.digest


def test_one_person_counts_in_as_many_cells_as_there_are_for_one_up_to_a_set_figure(reader):
    def cells(*dimensions, **terms):
        query = Query("visits", dimensions)
        return plan(query, reader, Terms(0.01, **terms)).guarantee.cells_per_person

    assert cells() == cells("country") == cells("region", "country") == 1
    assert cells("device") == 4
    assert cells("week", "country") == 25
    assert cells("week", "device", "country") == 25 * 4
    assert cells("week", "device", "country", cells=7) == 7
    assert cells("week", "device", cells=10**6) == 100


def test_an_outcome_is_told_with_the_persons_it_is_of(reader):
    made = plan(Query("visits", ("device",), (CONVERTED,)), reader, Terms(0.05))
    assert [b.measure for b in made.guarantee.bounds] == ["persons", "outcome(converted)"]


def test_every_wording_of_a_question_is_one_release(house, reader):
    one = plan(Query("visits", ("week", "device"), (ROWS, PERSONS)), reader, Terms(0.05))
    two = plan(Query("visits", ("device", "week"), (PERSONS, ROWS)), reader, Terms(0.05))
    sql = "select week, DEVICE, count(*), count(distinct person) from visits group by device, week"
    three = plan(parse_sql(sql, house.store), reader, Terms(0.05))
    assert one.id == two.id == three.id
    other = plan(Query("visits", ("device", "week"), (PERSONS, ROWS)), reader, Terms(0.06))
    assert (other.digest == one.digest, other.id == one.id) == (True, False)


def test_an_average_is_refused_with_what_to_ask_instead(reader):
    with pytest.raises(Refused) as caught:
        plan(Query("visits", (), (Measure(MeasureKind.AVG, "amount"),)), reader, Terms(0.05))
    assert "sum and for persons" in caught.value.remedy


@pytest.mark.parametrize(
    "terms",
    [
        Terms(0.05, cells=0),
        Terms(0.05, clips={"amount": 0}),
        Terms(0.05, clips={"amount": 10**9}),
        Terms(0.05, clips={"persons": 1}),
        Terms(0.05, clips={"rows": 5}),
        Terms(0.05, delta=0),
    ],
)
def test_terms_that_make_no_sense_are_told(reader, terms):
    with pytest.raises(UsageError):
        plan(Query("visits", ("month",), (PERSONS, AMOUNT)), reader, terms)

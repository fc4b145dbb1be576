"""Before any noise: whoever comes or goes, few cells change, and each by no more than the clip."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vitrail.gate.private import Terms, plan
from vitrail.gate.private.bounding import bounded_statement
from vitrail.model import Measure, MeasureKind, Query

PERSONS = Measure(MeasureKind.PERSONS)
ROWS = Measure(MeasureKind.ROWS)
AMOUNT = Measure(MeasureKind.SUM, "amount")
CONVERTED = Measure(MeasureKind.OUTCOME, "converted")

dimensions = st.lists(
    st.sampled_from(["country", "device", "region", "week"]), max_size=3, unique=True
)


def totals(made, reader, salt="5a17"):
    """The bounded numbers by cell, under a salt that both of a pair share."""
    bounds = made.guarantee.bounds
    clips = {c: b.clip for c, b in zip(made.columns, bounds, strict=True)}
    with patch("secrets.token_hex", lambda _size: salt):
        statement = bounded_statement(
            made.question, made.columns, clips, made.guarantee.cells_per_person
        )
    return statement.totals(made.question, reader.fetch(statement.sql, statement.params))


def restless(persons=120, seed=3):
    """Persons who do much, everywhere, and whose countries change as they go."""
    rng = np.random.default_rng(seed)
    who = rng.integers(1, persons + 1, 6000)
    who[:1500] = 1  # one of them more than all others
    return pa.table(
        {
            "person": who * 7_919,
            "day": rng.integers(20_094, 20_268, 6000).astype("datetime64[D]").astype(object),
            "region": ["EEA"] * 6000,
            "country": rng.choice(["FR", "DE", "ES"], 6000).tolist(),
            "device": rng.choice(["desktop", "mobile", "tablet"], 6000).tolist(),
            "amount": rng.integers(-500, 90_000, 6000),
            "converted": rng.integers(0, 2, 6000),
        }
    )


@pytest.fixture(scope="module")
def busy(make_house):
    return make_house(restless())


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    asked=dimensions,
    cells=st.integers(1, 40) | st.none(),
    clip=st.integers(1, 50_000),
    person=st.sampled_from([1, 2, 77]),
)
def test_one_person_changes_few_cells_and_each_by_no_more_than_its_clip(
    busy, without, asked, cells, clip, person
):
    reader = busy.store.reader()
    query = Query("visits", tuple(asked), (PERSONS, ROWS, AMOUNT, CONVERTED))
    made = plan(query, reader, Terms(0.01, cells, {"amount": clip, "rows": 3}))
    whole, less = totals(made, reader), totals(made, without(busy, person * 7_919))
    nobody = (0,) * len(made.columns)
    changes = [
        np.subtract(whole.get(place, nobody), less.get(place, nobody)) for place in made.places
    ]
    assert sum(any(change) for change in changes) <= made.guarantee.cells_per_person
    for index, bound in enumerate(made.guarantee.bounds):
        assert all(0 <= change[index] <= bound.clip for change in changes)
    length = np.sqrt(np.sum(np.square(changes), axis=0))
    assert (length <= [np.sqrt(made.guarantee.cells_per_person) * b.clip + 1e-9
                       for b in made.guarantee.bounds]).all()  # fmt: skip


def test_nobody_is_cut_where_everyone_fits(house):
    reader = house.store.reader()
    made = plan(Query("visits", ("country",), (PERSONS,)), reader, Terms(0.05))
    truth = dict(
        house.sql("SELECT country, count(DISTINCT person) FROM visits WHERE country IN "
                  "('FR', 'DE', 'ES') AND day <= '2025-06-29' GROUP BY 1")
    )  # fmt: skip
    found = {place[1][0]: numbers[0] for place, numbers in totals(made, reader).items()}
    assert {name: found[name] for name in truth} == truth


def test_whom_the_bound_cuts_keeps_a_random_choice_of_cells(busy):
    reader = busy.store.reader()
    made = plan(Query("visits", ("week",), (PERSONS,)), reader, Terms(0.05, cells=3))
    one, two = totals(made, reader, "one"), totals(made, reader, "two")
    assert sum(n for (n,) in one.values()) == sum(n for (n,) in two.values())
    assert one != two
    assert all(3 < n < 32 for (n,) in one.values()), "no week is favoured"


def test_every_cell_of_the_domain_has_a_place_and_no_row_falls_beside_it(busy):
    reader = busy.store.reader()
    made = plan(Query("visits", ("country", "device", "week"), (PERSONS,)), reader, Terms(0.01))
    assert set(totals(made, reader)) <= set(made.places)
    assert len(made.places) == 4 * 4 * 25 == made.guarantee.cells


def test_the_salt_is_new_each_time(busy):
    made = plan(Query("visits", ("week", "country")), busy.store.reader(), Terms(0.05, cells=2))
    first, second = (
        bounded_statement(made.question, made.columns, {"persons": 1}, 2).params for _ in range(2)
    )
    assert first != second
    assert replace(made).digest == made.digest

"""A large fact has smaller tables beside its own; which one is read changes no answer."""

from __future__ import annotations

from itertools import product

import pytest

from vitrail.gate import answer, materialising, side_tables
from vitrail.gate.compiler import cells_statement
from vitrail.gate.grammar import question_from
from vitrail.gate.private.bounding import bounded_statement
from vitrail.model import Measure, MeasureKind, Query

BY = [(), ("country",), ("month", "country"), ("country", "week"), ("region", "device")]
WHERE = [
    (),
    (("device", "mobile"),),
    (("country", "FR"),),
    (("device", "mobile"), ("region", "EEA")),
]
ALL = tuple(
    Measure(kind, name)
    for kind, name in [
        (MeasureKind.PERSONS, None),
        (MeasureKind.ROWS, None),
        (MeasureKind.SUM, "amount"),
        (MeasureKind.AVG, "amount"),
        (MeasureKind.OUTCOME, "converted"),
    ]
)


@pytest.fixture
def large(house, make_house, monkeypatch):
    """The same company, as if its rows were many and each side table worth its place."""
    monkeypatch.setattr(materialising, "LARGE_FROM", 0)
    monkeypatch.setattr(side_tables, "WORTH", 100)
    return make_house(house.rows)


def test_which_table_is_read_changes_no_answer(house, large, keys):
    assert large.store.reader().facts["visits"].side_tables
    for by, where in product(BY, WHERE):
        query = Query("visits", by, ALL, tuple(w for w in where if w[0] not in by))
        assert answer(query, large.store, keys).rows == answer(query, house.store, keys).rows


@pytest.mark.parametrize(
    ("by", "table"),
    [
        (("country",), "visits by region, country, month"),
        (("month", "country"), "visits by region, country, month"),
        (("week", "region"), "visits by region, country, week"),
        (("device",), "visits by region, country, device, month"),
        (("week", "device"), "visits"),
    ],
)
def test_the_smallest_table_that_has_the_labels_and_the_period_is_read(large, by, table):
    reader = large.store.reader()
    question = question_from(Query("visits", by, ALL), reader.facts)
    assert f'FROM "{table}" ' in cells_statement(question).sql


def test_tables_that_would_save_little_reading_are_not_written(house, make_house, monkeypatch):
    monkeypatch.setattr(materialising, "LARGE_FROM", 0)
    fact = make_house(house.rows).store.reader().facts["visits"]
    assert [table.name for table in fact.side_tables] == ["visits by region, country, month"]


def test_side_tables_have_the_rows_that_the_manifest_says_and_fewer_than_the_fact(large):
    fact = large.store.reader().facts["visits"]
    for table in fact.side_tables:
        [(rows,)] = large.store.reader().fetch(f'SELECT count(*) FROM "{table.name}"', ())
        assert rows == table.rows < fact.rows


def test_a_private_release_bounds_the_same_contributions_whichever_table_is_read(house, large):
    for by, where in product(BY, WHERE):
        query = Query("visits", by, ALL[:1], tuple(w for w in where if w[0] not in by))
        totals = []
        for company in (house, large):
            reader = company.store.reader()
            question = question_from(query, reader.facts)
            statement = bounded_statement(question, ("persons", "amount"), {"amount": 5000}, 10_000)
            rows = reader.fetch(statement.sql, statement.params)
            totals.append(statement.totals(question, rows))
        assert totals[0] == totals[1]

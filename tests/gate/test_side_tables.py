"""A large fact has smaller tables beside its own; which one is read changes no answer."""

from __future__ import annotations

from itertools import product

import pytest

from vitrail.gate import answer, materialising
from vitrail.gate.compiler import cells_statement
from vitrail.gate.grammar import question_from
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
    """The same company, as if its rows were many."""
    monkeypatch.setattr(materialising, "LARGE_FROM", 0)
    return make_house(house.rows)


def test_which_table_is_read_changes_no_answer(house, large, keys):
    assert large.store.reader().facts["visits"].by_persons
    for by, where in product(BY, WHERE):
        query = Query("visits", by, ALL, tuple(w for w in where if w[0] not in by))
        assert answer(query, large.store, keys).rows == answer(query, house.store, keys).rows


def test_labels_of_persons_alone_are_told_without_the_rows_of_events(large):
    reader = large.store.reader()
    [(rows, fewer)] = reader.fetch(
        'SELECT (SELECT count(*) FROM visits), (SELECT count(*) FROM "visits.persons")', ()
    )
    assert fewer < rows
    for by, beside in ((("country",), True), (("device",), False)):
        question = question_from(Query("visits", by, ALL), reader.facts)
        assert ('FROM "visits.persons"' in cells_statement(question).sql) is beside

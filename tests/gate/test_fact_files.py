"""What a fact's file must say for itself."""

from __future__ import annotations

import pytest

from vitrail.exports.references import named_tables
from vitrail.gate.facts import FactDefinition, load_facts
from vitrail.house import carried

FACTS = load_facts(carried("queries", "facts"))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_every_dimension_has_a_coarser_one_or_says_why_there_is_none(fact: FactDefinition) -> None:
    for name, dimension in fact.dimensions.items():
        assert bool(dimension.parent) != bool(dimension.coarsest), name


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_every_part_says_which_other_tables_it_needs(fact: FactDefinition) -> None:
    parts = (*fact.dimensions.values(), *fact.measures.values())
    needed = {*fact.needs, *(table for part in parts for table in part.needs)}
    optional = {"returns"} if fact.name == "orders" else set()
    assert named_tables(fact.sql) - optional == needed

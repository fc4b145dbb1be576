"""What a fact's front matter may say, and what is told of one that says something else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from vitrail.errors import ConfigError
from vitrail.gate.facts import FactDefinition, load_fact

SALES = """---
title: Sales
doc: What is sold. One row a sale.
needs: {orders: [account_id, created_at]}
clock: orders.created_at
event: order_id
rows_per_person: 5
dimensions:
  region: {kind: person, title: Region, coarsest: It is as coarse as a place gets.}
  country: {kind: person, title: Country, parent: region, needs: {accounts: [country]}}
  town: {kind: person, title: Town, parent: country}
  campaign: {kind: event, title: Campaign, once: true}
  week: {kind: period, title: Week, grain: week, parent: month}
  month: {kind: period, title: Month, grain: month}
measures:
  amount: {column: amount, title: Revenue, high: 50000}
  returned: {column: returned, kind: outcome, title: Returned, needs: {returns: [order_id]}}
---
SELECT person_key, day FROM orders
"""


def sales(folder: Path, old: str = "", new: str = "") -> FactDefinition:
    assert old in SALES
    path = folder / "sales.sql"
    path.write_text(SALES.replace(old, new, 1), "utf-8")
    return load_fact(path)


def without(*tables: str):
    """Exports that have everything but these tables."""

    def missing(needs: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
        return tuple(name for name, _ in needs if name in tables)

    return missing


def test_a_fact_says_which_column_tells_its_events_apart_and_which_values_have_their_own_days(
    tmp_path,
):
    fact = sales(tmp_path)
    assert fact.event == "order_id"
    assert [name for name, d in fact.dimensions.items() if d.once] == ["campaign"]
    assert fact.coarser("town") == ("country", "region")


def test_what_the_exports_cannot_feed_is_not_offered_and_the_rest_of_the_fact_is(tmp_path):
    fact = sales(tmp_path)
    assert fact.fed_by(without()) == fact
    bare = fact.fed_by(without("accounts", "returns"))
    assert set(fact.dimensions) - set(bare.dimensions) == {"country"}
    assert bare.dimensions["town"].parent == "region"
    assert set(bare.measures) == {"amount"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: event, title: Campaign", "kind: person, title: Campaign", "dimensions.campaign"),
        ("parent: region,", "parent: region, coarsest: Why not.,", "dimensions.country"),
        ("coarsest: It is as coarse as a place gets.", "parent: town", "its own parent's parent"),
        ("event: order_id", "event: count(*)", "event"),
        ("event: order_id", "events: order_id", "events"),
        ("  amount:", "  event_id:", "event_id"),
        ("needs: {returns: [order_id]}", "needs: returns", r"measures\.returned\.needs"),
    ],
)
def test_a_declaration_that_makes_no_sense_is_told_by_its_place(tmp_path, old, new, said):
    with pytest.raises(ConfigError, match=said):
        sales(tmp_path, old, new)

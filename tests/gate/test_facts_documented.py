"""What analysts may ask is written down: every fact, dimension and measure, as it is declared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from vitrail.exports.references import named_tables
from vitrail.gate.declarations import DimensionDefinition, MeasureDefinition
from vitrail.gate.facts import FactDefinition, load_facts
from vitrail.house import carried

DOCUMENT = Path(__file__).parents[2] / "docs" / "facts.md"
FACTS = load_facts(carried("queries", "facts"))


def dimension_row(name: str, dimension: DimensionDefinition) -> str:
    coarser = f"`{dimension.parent}`" if dimension.parent else f"none: {dimension.coarsest}"
    once = ", lives in its own days" if dimension.once else ""
    return f"| `{name}` | {dimension.title} | {dimension.kind}{once} | {coarser} |"


def measure_row(name: str, measure: MeasureDefinition) -> str:
    unit = "persons of the base" if measure.kind == "outcome" else measure.unit
    asked = f"outcome({name})" if measure.kind == "outcome" else f"sum({name}), avg({name})"
    closes = f"{measure.closes_after} days" if measure.closes_after else "at once"
    off = " **Off.**" if not measure.enabled else ""
    note = f"{measure.title}. {measure.note}".strip()
    return f"| `{asked}` | {note}{off} | {unit} | {closes} |"


def section(fact: FactDefinition) -> str:
    text = DOCUMENT.read_text("utf-8")
    found = re.search(rf"^## `{fact.name}`.*?(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found is not None, f"docs/facts.md has no section on {fact.name}"
    return found[0]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_a_fact_is_documented_with_each_dimension_and_measure_as_declared(
    fact: FactDefinition,
) -> None:
    """A row that is missing or differs is given in full, to be put into docs/facts.md."""
    expected = [dimension_row(*item) for item in fact.dimensions.items()]
    expected += [measure_row(*item) for item in fact.measures.items()]
    rows = [line for line in section(fact).splitlines() if line.startswith("| `")]
    assert rows == expected
    assert " ".join(fact.doc.split()) in " ".join(section(fact).split())


@pytest.mark.parametrize(
    ("header", "declared", "made"),
    [
        ("key", FactDefinition, {"name", "sql", "sha256"}),
        ("key of a dimension", DimensionDefinition, set()),
        ("key of a measure", MeasureDefinition, set()),
    ],
)
def test_every_key_of_a_front_matter_is_documented(
    header: str, declared: type[BaseModel], made: set[str]
) -> None:
    table = re.search(rf"^\| {header} \| says \|\n\|---\|---\|\n((?:\|.*\n)+)",
                      DOCUMENT.read_text("utf-8"), re.MULTILINE)  # fmt: skip
    assert table is not None
    first = [row.split("|")[1] for row in table[1].splitlines()]
    keys = {key for cell in first for key in re.findall(r"`(\w+)`", cell)}
    assert keys == declared.model_fields.keys() - made


def test_no_fact_is_documented_that_there_is_not() -> None:
    named = re.findall(r"^## `(\w+)`", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert named == [fact.name for fact in FACTS]


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

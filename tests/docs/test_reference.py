"""What people may use is documented: each page made from the program names all of it, in words."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
from pydantic import BaseModel

from handbook import (
    commands,
    controls,
    exits,
    facts,
    formats,
    kinds,
    presets,
    recognizers,
    settings,
)
from handbook.marks import MADE, MARK
from vitrail.cli.exits import MEANINGS
from vitrail.detect.entities import ENTITIES
from vitrail.detect.registry import built_in_names
from vitrail.exports.presets import load_preset, preset_names
from vitrail.gate.declarations import DimensionDefinition, MeasureDefinition
from vitrail.gate.facts import FactDefinition
from vitrail.ledger.kinds import KINDS

DOCS = Path(__file__).parents[2] / "docs"
COMMANDS = commands.commands()
FACTS = {fact.name: fact for fact in facts.facts()}
SECTIONS = dict(settings.sections())


def rows(page: str) -> dict[str, list[str]]:
    """The rows of a page's tables by what stands as code in their first cell."""
    cells = ([c.strip() for c in line.strip("| ").split(" | ")] for line in page.splitlines())
    return {first[1]: row for row in cells if (first := re.match(r"[`*]+([^`*]+)[`*]+", row[0]))}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_and_each_option_what_it_is_for(name: str) -> None:
    page = commands.page()
    section = page.partition(f"## {name}\n")[2].partition("\n## ")[0]
    assert COMMANDS[name].help
    for one in commands.parameters(COMMANDS[name]):
        assert one.help, f"{name} {one.name} has no help"
        called = one.opts[0] if one.param_type_name == "option" else one.metavar or one.name.upper()
        assert re.search(rf"^\| `[^`]*{re.escape(called.replace('|', '/'))}", section, re.M), (
            f"{name} {called}"
        )


@pytest.mark.parametrize("place", SECTIONS)
def test_every_setting_is_told_in_words(place: str) -> None:
    words = settings.described(SECTIONS[place])
    for name in SECTIONS[place].model_fields:
        assert words.get(name, "").endswith("."), f"no words stand beneath {place or 'top'}.{name}"
    assert words.keys() <= rows(settings.page()).keys()


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_told_with_each_dimension_and_measure(name: str) -> None:
    section = facts.page().partition(f"## `{name}`")[2].partition("\n## ")[0]
    told = rows(section)
    fact = FACTS[name]
    assert fact.doc.strip()
    for dimension, declared in fact.dimensions.items():
        assert told[dimension][1] == declared.title
    for measure, counted in fact.measures.items():
        asked = "outcome({})" if counted.kind == "outcome" else "sum({0}), avg({0})"
        assert counted.title in told[asked.format(measure)][1]


@pytest.mark.parametrize(
    ("header", "declared", "made"),
    [
        ("key", FactDefinition, {"name", "sql", "sha256"}),
        ("key of a dimension", DimensionDefinition, set()),
        ("key of a measure", MeasureDefinition, set()),
    ],
)
def test_every_key_of_a_facts_front_matter_is_documented(
    header: str, declared: type[BaseModel], made: set[str]
) -> None:
    text = (DOCS / "facts.md").read_text("utf-8")
    found = re.search(rf"^\| {header} \| says \|\n\|---\|---\|\n((?:\|.*\n)+)", text, re.M)
    assert found is not None
    keys = chain.from_iterable(
        re.findall(r"`(\w+)`", row.split("|")[1]) for row in found[1].splitlines()
    )
    assert set(keys) == declared.model_fields.keys() - made


def test_every_control_is_listed_with_what_it_checks() -> None:
    told = rows(controls.page())
    assert told.keys() == {control.id for control in controls.controls()}
    for control in controls.controls():
        assert " ".join(control.checks.split()) in " ".join(
            told[control.id][2].replace("\\|", "|").split()
        )


def test_every_kind_of_personal_data_is_listed_with_who_finds_it() -> None:
    told = rows(recognizers.page())
    assert told.keys() == ENTITIES.keys()
    named = {name for row in told.values() for name in re.findall(r"`(\w+)`", row[4])}
    assert built_in_names() - named <= {"NameColumn", "AddressColumn", "SpacyRecognizer"}
    assert all(row[4] for row in told.values())


def test_every_preset_is_listed_with_the_table_that_it_feeds() -> None:
    told = {name: row[1] for name, row in rows(presets.page()).items()}
    assert told == {name: f"`{load_preset(name)['table']}`" for name in preset_names()}


def test_every_kind_of_ledger_line_is_listed_with_its_keys() -> None:
    told = rows(kinds.page())
    assert told.keys() == KINDS.keys()
    for name, kind in KINDS.items():
        assert all(f"`{key}`" in told[name][2] for key in (*kind.required, *kind.optional))


def test_every_exit_code_and_every_reader_is_listed() -> None:
    assert rows(exits.page()).keys() == {str(number) for number in MEANINGS}
    assert {"delimited", "json_table", "parquet", "workbook", "sqlite", "duckdb_file", "avro",
            "postgres", "lines", "archive"} == rows(formats.read()).keys()  # fmt: skip


def test_every_mark_stands_for_something_and_each_is_used() -> None:
    used = {name for page in DOCS.rglob("*.md") for name in MARK.findall(page.read_text("utf-8"))}
    assert used == MADE.keys()

"""The controls as files: each fits the canonical schema, declares what it reads, and explains."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.scope import traverse_scope

from vitrail.errors import ConfigError
from vitrail.exports.canonical import CANONICAL
from vitrail.house import carried
from vitrail.model import Control
from vitrail.promises import Policy, load_controls
from vitrail.promises.control import COLUMNS, LEVELS
from vitrail.promises.tables import REGISTERED, SCHEMAS

CONTROLS = load_controls(carried("queries", "promises"))


def known_columns(table: str) -> set[str]:
    if table in REGISTERED:
        return set(SCHEMAS[table].names)
    return set(CANONICAL[table].view_columns)


def tables_read(control: Control) -> set[str]:
    tree = sqlglot.parse_one(control.sql, read="duckdb")
    inside = {cte.alias for cte in tree.find_all(exp.CTE)}
    return {t.name for t in tree.find_all(exp.Table) if t.name} - inside


@pytest.mark.parametrize("control", CONTROLS, ids=lambda c: c.id)
class TestEveryControl:
    def test_it_is_one_select_with_the_columns_of_a_case(self, control: Control) -> None:
        (tree,) = sqlglot.parse(control.sql, read="duckdb")
        assert isinstance(tree, exp.Query)
        assert tuple(tree.named_selects) == COLUMNS

    def test_it_reads_what_it_declares_and_nothing_else(self, control: Control) -> None:
        declared = {table for table, _ in control.needs} | set(control.uses)
        assert tables_read(control) == declared

    def test_what_it_needs_is_in_the_schema(self, control: Control) -> None:
        for table, columns in control.needs:
            assert table in CANONICAL or table in REGISTERED
            assert set(columns) <= known_columns(table)

    def test_every_column_that_it_names_is_in_the_schema(self, control: Control) -> None:
        tree = sqlglot.parse_one(control.sql, read="duckdb")
        inside = {cte.alias for cte in tree.find_all(exp.CTE)}
        for scope in traverse_scope(tree):
            for column in scope.columns:
                only = next(iter(scope.sources), "") if len(scope.sources) == 1 else ""
                source = scope.sources.get(column.table or only)
                if isinstance(source, exp.Table) and source.name not in inside:
                    assert column.name in known_columns(source.name), column.sql()

    def test_its_reasons_are_those_that_its_sql_gives(self, control: Control) -> None:
        said = set(dict(control.reasons)) - {"nothing"}
        literals = {
            node.this
            for node in sqlglot.parse_one(control.sql, read="duckdb").find_all(exp.Literal)
            if node.is_string
        }
        assert said <= literals
        assert "nothing" in dict(control.reasons)

    def test_its_parameters_are_used_and_all_that_is_used_is_a_parameter(
        self, control: Control
    ) -> None:
        words = " ".join(
            [control.checks, control.limits, control.law, *dict(control.reasons).values()]
        )
        used = set(re.findall(r"\$([a-z_]+)", control.sql)) - {"asof"}
        spoken = set(re.findall(r"\{([a-z_]+)\}", words))
        assert used | spoken == {name for name, _ in control.parameters}

    def test_a_clause_of_the_policy_stands_behind_it(
        self, control: Control, policy: Policy
    ) -> None:
        clause = policy.clause_of(control.id)
        assert clause is not None
        assert clause.section == control.section
        assert len(clause.sha256) == 64

    def test_it_names_its_standards_and_its_limits(self, control: Control) -> None:
        assert any(s.startswith("GDPR") for s in control.standards)
        assert control.limits and control.law and control.checks


def test_levels_are_the_six_that_the_verdict_knows() -> None:
    assert LEVELS == ("fail", "warn", "ok", "undecidable", "unexamined", "note")


def test_every_control_that_the_policy_names_exists(policy: Policy) -> None:
    named = {c for clause in policy.clauses for c in clause.controls}
    assert named == {c.id for c in CONTROLS}


class TestBadFiles:
    def test_a_control_without_front_matter_is_refused_by_name(self, tmp_path: Path) -> None:
        (tmp_path / "bare.sql").write_text("SELECT 1", "utf-8")
        with pytest.raises(ConfigError, match=r"bare\.sql has no front matter"):
            load_controls(tmp_path)

    def test_a_key_that_is_not_known_is_named(self, tmp_path: Path) -> None:
        text = (carried("queries", "promises") / "tst_01.sql").read_text("utf-8")
        (tmp_path / "odd.sql").write_text(
            text.replace("severity: high", "severity: awful"), "utf-8"
        )
        with pytest.raises(ConfigError, match=r"odd\.sql is wrong at severity"):
            load_controls(tmp_path)

    def test_two_controls_of_one_id_are_refused(self, tmp_path: Path) -> None:
        text = (carried("queries", "promises") / "tst_01.sql").read_text("utf-8")
        for name in ("one.sql", "two.sql"):
            (tmp_path / name).write_text(text, "utf-8")
        with pytest.raises(ConfigError, match="Two controls are called TST-01"):
            load_controls(tmp_path)

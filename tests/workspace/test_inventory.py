"""The inventory says what is held beside what the policy declares, as COL-01 reads it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

import vitrail
from vitrail.errors import Forbidden, UsageError
from vitrail.model import Actor, Declared, Inventory, Role
from vitrail.report.record_of_processing import record_of_processing
from vitrail.workspace.inventory import record


@pytest.fixture(scope="module")
def held(demo_workspace: Path) -> Inventory:
    with vitrail.open(demo_workspace) as workspace:
        return workspace.inventory()


def test_what_is_not_declared_comes_first_and_is_what_col_01_counts(
    held: Inventory, demo_workspace: Path
) -> None:
    kinds = [row.declared for row in held.rows]
    assert kinds[: len(held.undeclared)] == [Declared.NO] * len(held.undeclared)
    birth = {r.column for r in held.undeclared if r.whole and r.entity_type == "DATE_OF_BIRTH"}
    assert birth == {"Date de naissance", "Âge déclaré"}
    with vitrail.open(demo_workspace) as workspace:
        run = workspace.latest_check()
        assert run is not None
        (collection,) = [a for a in run.assessments if a.control == "COL-01"]
    others = [r for r in held.undeclared if r.whole and r.entity_type != "DATE_OF_BIRTH"]
    assert len(others) == collection.warnings
    assert collection.violations == 1, "the ages of one table"


def test_each_row_names_system_category_recipients_and_period(held: Inventory) -> None:
    mail = next(r for r in held.rows if "profiles.email" in r.feeds
                and r.entity_type == "EMAIL_ADDRESS" and r.declared is Declared.YES)  # fmt: skip
    assert (mail.category, mail.whole) == ("contact details", True)
    stripe = next(r for r in held.rows if r.system == "stripe" and r.declared is Declared.YES)
    assert "Stripe" in stripe.recipients
    order = next(r for r in held.rows if r.system == "stripe" and r.retention)
    assert (order.retention, "L123-22" in order.source) == ("ten years", True)
    leads = [r for r in held.rows if r.dataset.startswith("leads/")]
    assert {r.declared for r in leads} == {Declared.PROCESSOR}, "a customer's persons"
    assert "name" in held.unseen, "the scan did not look for names"


def test_dated_exports_of_one_name_are_one_row(held: Inventory) -> None:
    places = [(r.dataset, r.table, r.column, r.entity_type, r.whole) for r in held.rows]
    assert len(places) == len(set(places))
    assert any(r.files > 1 and "*" in r.dataset for r in held.rows)


def test_the_record_of_processing_is_whole_and_runs_no_formula(held: Inventory) -> None:
    rows = [record(row) for row in held.rows]
    rows[0] |= {"column": "=HYPERLINK(1)", "recipients": ["@b", "c"], "table": None}
    read = list(csv.DictReader(io.StringIO(record_of_processing(rows))))
    assert len(read) == len(rows)
    assert (read[0]["column"], read[0]["recipients"]) == ("'=HYPERLINK(1)", "'@b; c")
    assert {r["declared"] for r in read} <= {d.value for d in Declared}


def test_an_inventory_is_of_a_scan_and_for_auditors(tmp_path: Path) -> None:
    (tmp_path / "vitrail.toml").write_text("")
    with vitrail.open(tmp_path) as workspace, pytest.raises(UsageError, match="Nothing was scan"):
        workspace.inventory()
    admin = Actor("otto", frozenset({Role.ADMIN}))
    with vitrail.open(tmp_path, admin) as workspace, pytest.raises(Forbidden):
        workspace.inventory()

"""Facts that another version of the gate has built: no number gets a second noise."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.gate.test_erasure import COUNTRIES, SUNDAY, WEEKLY, accounts, events
from vitrail.errors import Refused, UsageError
from vitrail.gate import FactStore, answer, parse_sql
from vitrail.gate.manifest import FORMAT

TOLD = Path(__file__).parent / "told.json"
GOLDEN = (
    "SELECT country, count(DISTINCT person), count(*), SUM(amount), AVG(amount), OUTCOME(converted)"
    " FROM visits GROUP BY country",
    "SELECT country, device, count(DISTINCT person), count(*), SUM(amount) FROM visits"
    " WHERE month = '2025-03' GROUP BY country, device",
)


def be_version(monkeypatch, number: int) -> None:
    for module in ("digests", "freezing", "materialising"):
        monkeypatch.setattr(f"vitrail.gate.{module}.FORMAT", number)


@pytest.fixture
def upgraded(exporter, monkeypatch):
    """Counted and asked by the version before; this one is there since, and imported nothing."""
    with monkeypatch.context() as before:
        be_version(before, FORMAT - 1)
        exporter.write(accounts=accounts(), events=events(SUNDAY + timedelta(days=2)))
        exporter.build()
        told = exporter.ask(COUNTRIES)
    return exporter, told


def test_what_was_asked_before_an_upgrade_keeps_its_answer_to_the_byte(upgraded):
    company, told = upgraded
    assert company.ask(COUNTRIES) == told


def test_what_was_not_asked_before_an_upgrade_waits_for_an_import_and_is_told_so(upgraded):
    company, _ = upgraded
    with pytest.raises(UsageError, match="another version of Vitrail") as fault:
        company.ask(WEEKLY)
    assert "vitrail import" in fault.value.remedy


def test_the_import_after_an_upgrade_counts_anew_says_why_and_answers_everything(upgraded):
    company, told = upgraded
    old = company.store.epoch
    report = company.build()
    [change] = [change for change in report.changes if change.fact == "activity"]
    assert change.what == "rebuilt"
    assert "another version" in change.why
    assert company.ask(WEEKLY).rows
    new = company.ask(COUNTRIES)
    assert any("another version" in note for note in new.notes)
    assert new.rows != told.rows
    assert company.ask(COUNTRIES, old) == told
    with pytest.raises(Refused, match="another version"):
        company.ask(WEEKLY, old)


def answers(house, keys) -> dict[str, list[list[object]]]:
    store = FactStore.open(house.directory, house.files)
    return {
        question: [
            [*row.labels, *(cell and [cell.value, cell.privacy, cell.total] for cell in row.cells)]
            for row in answer(parse_sql(question, store), store, keys).rows
        ]
        for question in GOLDEN
    }


def test_answers_change_only_with_the_format(house, keys):
    """Where this fails, the change was not meant, or FORMAT goes up, and the file with it."""
    told = {"format": FORMAT, "answers": answers(house, keys)}
    assert told == json.loads(TOLD.read_text("utf-8")), json.dumps(told)

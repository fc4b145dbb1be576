"""`vitrail import` says what changed: files, days, late events, new values, erased persons."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from filelock import FileLock

import vitrail
from tests.loaded import loaded
from vitrail.cli import import_changes
from vitrail.errors import UsageError

START = date(2026, 1, 5)
SUNDAY = date(2026, 2, 1)

SETTINGS = """
[sources.accounts]
file = "exports/accounts.parquet"
table = "accounts"
columns = { account_id = "id", country = "land" }

[sources.events]
file = "exports/events.parquet"
table = "events"
columns = { account_id = "who", name = "what", ts = "at", event_id = "id" }

[sources.deletions]
file = "exports/deletions.parquet"
table = "deletions"
columns = { account_id = "id", completed_at = "done" }
"""


def times(days: list[date]) -> pa.Array:
    moments = [datetime(d.year, d.month, d.day, 12, tzinfo=UTC) for d in days]
    return pa.array(moments, pa.timestamp("us", "UTC"))


def export(place: Path, until: date, *, late: int = 0, deleted: int = 0, italians: int = 0) -> None:
    """A hundred and fifty persons' events up to ``until``."""
    (place / "exports").mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(2)
    rows = [
        (f"acc-{i}", START + timedelta(days=int(day)), f"{i}-{day}")
        for i in range(150)
        for day in sorted(set(rng.integers(0, 60, 25)))
        if START + timedelta(days=int(day)) <= until
    ]
    rows += [(f"acc-{i}", START, f"late-{i}") for i in range(late)]
    who, days, ids = map(list, zip(*rows, strict=True))
    land = ["IT" if i < italians else ("FR", "DE")[i % 2] for i in range(150)]
    tables = {
        "accounts": {"id": [f"acc-{i}" for i in range(150)], "land": land},
        "events": {"who": who, "what": ["login"] * len(who), "at": times(days), "id": ids},
        "deletions": {
            "id": pa.array([f"acc-{i}" for i in range(deleted)], pa.string()),
            "done": times([SUNDAY] * deleted),
        },
    }
    for name, columns in tables.items():
        pq.write_table(pa.table(columns), place / "exports" / f"{name}.parquet")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return loaded().run([*map(str, arguments)], os.environ, 100)


def imported(place: Path, **options) -> tuple[list[str], dict]:
    with vitrail.open(place) as workspace:
        report = workspace.import_exports(**options)
    return list(import_changes.sentences(report)), import_changes.document(report)


@pytest.fixture
def company(tmp_path: Path) -> Path:
    (tmp_path / "vitrail.toml").write_text(SETTINGS, "utf-8")
    export(tmp_path, SUNDAY + timedelta(days=1))
    imported(tmp_path)
    return tmp_path


def test_an_import_of_the_same_exports_says_that_nothing_closed(company):
    said, document = imported(company)
    assert said == [
        "Since the last import 0 files are new or changed and 0 are gone as they were; 0 rows "
        "more.",
        "No period closed since: the facts in force stay as they are.",
    ]
    assert document["changed"] is False
    assert document["arrived"]["files"] == 0


def test_days_that_closed_late_events_and_new_values_are_told(company):
    export(company, SUNDAY + timedelta(days=8), late=40, italians=60)
    said, document = imported(company)
    text = " ".join(said)
    assert "2 files are new or changed" in text
    assert "activity: the days from 2026-02-02 to 2026-02-08 closed." in said
    assert "activity: country has new values: IT." in said
    assert (
        "40 events came late for closed weeks; `vitrail import --correct` makes a new epoch of the "
        "exports as they are now." in said
    )
    [activity] = [c for c in document["changes"] if c["fact"] == "activity"]
    assert activity["what"] == "grown"
    assert (activity["late"], activity["gone"]) == (40, 0)
    assert activity["values"] == {"country": ["IT"]}
    assert json.dumps(document)


@pytest.mark.parametrize(("deleted", "told"), [(4, "some"), (25, 25)])
def test_erased_persons_are_counted_from_ten_on(company, deleted, told):
    export(company, SUNDAY + timedelta(days=1), deleted=deleted)
    said, document = imported(company)
    assert f"Rows of {told} erased persons left 1 epochs; what was published of them stays." in said
    assert document["erased"] == told


def test_a_correction_is_announced_by_the_import_and_by_what_it_answers(company):
    export(company, SUNDAY + timedelta(days=1), late=40)
    said, _ = imported(company, correct=True)
    assert any(s.startswith("activity: counted anew, because the exports") for s in said)
    with vitrail.open(company) as workspace:
        release = workspace.ask("SELECT count(DISTINCT person) FROM activity")
        [event] = [e for e in workspace.events() if e.kind == "import"][-1:]
    assert any(note.startswith("Counted anew, because") for note in release.notes)
    assert event.payload["corrected"] is True


def test_the_document_of_the_command_line_carries_it(company):
    export(company, SUNDAY + timedelta(days=8), late=12)
    done = run("import", "-C", company, "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert document["schema"] == "vitrail.import/1"
    assert document["late"] == 12
    assert document["arrived"]["files"] == 1


def test_no_name_of_a_file_is_kept_between_imports(company):
    kept = (company / "facts" / "imported.json").read_text("ascii")
    assert "parquet" not in kept


def test_two_imports_at_once_are_told(company):
    lock = FileLock(company / "tmp" / "import.lock")
    with (
        lock,
        vitrail.open(company) as workspace,
        pytest.raises(UsageError, match="Another import"),
    ):
        workspace.import_exports()


@pytest.mark.parametrize(
    "command", [("import",), ("ask", "SELECT count(DISTINCT person) FROM activity")]
)
@pytest.mark.parametrize("fault", ["lost", "another", "damaged"])
def test_without_its_own_key_nothing_starts_and_the_remedy_is_told(company, command, fault):
    epochs = sorted(p.name for p in (company / "facts").glob("*.duckdb"))
    key = company / "key"
    if fault == "lost":
        key.unlink()
    else:
        key.write_text("00" * (32 if fault == "another" else 7))
    done = run(*command, "-C", company)
    assert done.returncode == 2
    assert "key" in done.stderr
    assert "Restore" in done.stderr or "restore" in done.stderr
    assert done.stdout == ""
    assert sorted(p.name for p in (company / "facts").glob("*.duckdb")) == epochs

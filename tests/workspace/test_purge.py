"""Vitrail keeps its own retention periods, counts what it deletes, and finishes what a kill cut."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

import vitrail
from vitrail.errors import Forbidden, UsageError
from vitrail.model import Actor, CaseDecision, CaseFound, Role
from vitrail.workspace import turns

OLD = datetime(2020, 1, 1, tzinfo=UTC).timestamp()


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A workspace with something old and something new of each kind of file."""
    place = tmp_path / "house"
    (place / "exports").mkdir(parents=True)
    (place / "exports" / "clients.csv").write_text("id,note\n1,hello\n")
    (place / "vitrail.toml").write_text("[retention]\nexports = 30\n")
    with vitrail.open(place):
        pass
    now = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    half_year = f"{datetime.now(UTC) - timedelta(days=200):%Y%m%d-%H%M%S}"
    for run in ("scan-20200101-000000-aaaa/hits.parquet/part-0.parquet",
                f"scan-{half_year}-bbbb/hits.parquet/part-0.parquet",
                f"scan-{half_year}-bbbb/minors.parquet", f"scan-{half_year}-bbbb/run.json",
                f"scan-{now}-cccc/hits.parquet/part-0.parquet",
                "check-20200101-000000-dddd/assessments.json",
                f"check-{now}-eeee/check.json"):  # fmt: skip
        (place / "runs" / run).parent.mkdir(parents=True, exist_ok=True)
        (place / "runs" / run).write_text("x" * 10)
    for file in ("reports/old.html", "reports/new.html", "logs/2020-01-01.jsonl",
                 "tmp/facts-dead.duckdb", "tmp/import.lock", "exports/clients.csv"):  # fmt: skip
        (place / file).touch()
        if "new" not in file:
            os.utime(place / file, (OLD, OLD))
    return place


EXPECTED = {"runs": 1, "hits": 2, "packs": 1, "reports": 1, "logs": 1, "tmp": 1}


def _told(house: Path) -> Counter[str]:
    """What the ledger's tombstones add up to."""
    counted: Counter[str] = Counter()
    with vitrail.open(house) as workspace:
        for event in workspace.events():
            if event.kind == "purged":
                counted[event.payload["category"]] += event.payload["items"]
        assert workspace.verify_ledger().ok
    return counted


def _files(house: Path) -> set[str]:
    apart = ("ledger", "logs/20", ".lock")
    found = {str(p.relative_to(house)) for p in house.rglob("*") if p.is_file()}
    return {f for f in found if not any(a in f for a in apart)}


def test_what_is_past_its_period_is_deleted_and_counted_in_the_ledger(house: Path) -> None:
    before = _files(house)
    with vitrail.open(house) as workspace:
        report = workspace.purge()
    assert {c.category: c.items for c in report.categories if c.items} == EXPECTED
    assert report.exports == 1
    assert _told(house) == EXPECTED
    gone = before - _files(house)
    assert all("2020" in f or "old" in f or "dead" in f or "bbbb" in f for f in gone), gone
    assert not any("run.json" in f for f in gone)
    assert (house / "exports" / "clients.csv").read_text() == "id,note\n1,hello\n"
    assert not (house / "logs" / "2020-01-01.jsonl").exists()
    assert not list(house.rglob(".purged*"))


def test_saved_views_and_notes_on_days_are_kept_for_their_period_and_told_when_they_go(
    house: Path,
) -> None:
    with vitrail.open(house) as workspace:
        workspace.save_view("trends", "Orders in France", {"country": ["FR"]})
        workspace.annotate(date(2026, 11, 1), "New prices")
        kept = {c.category: c for c in workspace.purge().categories}["notes"]
        assert (kept.items, kept.days) == (0, 1095)
        later = datetime.now(UTC) + timedelta(days=1096)
        looked = workspace.purge(dry_run=True, now=later)
        assert len(workspace.views("trends")) == len(workspace.annotations()) == 1
        assert {c.category: c.items for c in looked.categories}["notes"] == 2
        workspace.purge(now=later)
        assert workspace.views("trends") == workspace.annotations() == ()
    assert _told(house)["notes"] == 2


def test_a_second_purge_finds_nothing_left_to_delete(house: Path) -> None:
    with vitrail.open(house) as workspace:
        workspace.purge()
        assert workspace.purge().items == 0


def test_a_dry_run_tells_the_same_and_changes_nothing(house: Path) -> None:
    before = _files(house)
    with vitrail.open(house) as workspace:
        looked = workspace.purge(dry_run=True)
        assert _files(house) == before
        assert not [e for e in workspace.events() if e.kind == "purged"]
        done = workspace.purge()
    assert {(c.category, c.items, c.bytes) for c in looked.categories} == {
        (c.category, c.items, c.bytes) for c in done.categories
    }


def test_what_a_running_command_holds_is_left_for_the_next_time(house: Path) -> None:
    pack = house / "runs" / "check-20200101-000000-dddd"
    descriptor = os.open(pack, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    try:
        with vitrail.open(house) as workspace, FileLock(house / "tmp" / "scan.lock"):
            report = {c.category: c for c in workspace.purge().categories}
    finally:
        os.close(descriptor)
    assert (report["packs"].items, report["packs"].held) == (0, 1)
    assert (report["runs"].held, report["hits"].held) == (1, 2)
    assert pack.is_dir()
    with vitrail.open(house) as workspace:
        assert {c.category: c.items for c in workspace.purge().categories}["packs"] == 1


def test_two_purges_at_once_are_one(house: Path) -> None:
    lock = FileLock(house / "tmp" / "purge.lock")
    refused = pytest.raises(UsageError, match="Another purge")
    with vitrail.open(house) as workspace, lock, refused:
        workspace.purge()


def test_only_who_runs_or_audits_the_house_may_purge(house: Path) -> None:
    analyst = Actor("ana", frozenset({Role.ANALYST}))
    with vitrail.open(house, analyst) as workspace, pytest.raises(Forbidden):
        workspace.purge(dry_run=True)


_KILLED = """
import os, signal, shutil, sys
from pathlib import Path
import vitrail, vitrail.workspace.purging

def die(function, after):
    calls = []
    def counted(*arguments, **named):
        calls.append(1)
        if len(calls) > after:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **named)
    return counted

for number, house in enumerate(sys.argv[1:]):
    if os.fork() == 0:
        if number < 4:
            Path.rename = die(Path.rename, number + 1)
        else:
            shutil.rmtree = die(shutil.rmtree, number - 4)
        with vitrail.open(house) as workspace:
            workspace.purge()
        os._exit(0)
    _, status = os.wait()
    assert os.WIFSIGNALED(status), status
"""


def test_a_purge_killed_at_any_step_is_finished_by_the_next_and_nothing_is_counted_twice(
    house: Path, tmp_path: Path
) -> None:
    houses = [Path(shutil.copytree(house, tmp_path / str(n))) for n in range(7)]
    command = [sys.executable, "-c", _KILLED, *map(str, houses)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    cut = 0
    for place in houses:
        cut += bool(list(place.rglob(".purged*")))
        with vitrail.open(place) as workspace:
            workspace.purge()
        assert _told(place) == EXPECTED
        assert not list(place.rglob(".purged*"))
        assert not any("2020" in f or "dead" in f for f in _files(place))
    assert cut >= 5, "the kills came too late to show anything"


def test_a_dismissed_persons_fingerprint_and_the_words_on_it_are_forgotten_with_a_tombstone(
    house: Path,
) -> None:
    later = datetime.now(UTC) + timedelta(days=366)
    with (house / "vitrail.toml").open("a") as config:
        config.write('[dpia]\nreference = "DPIA-7"\npurpose = "minors"\nowner = "the DPO"\n')
    with vitrail.open(house) as workspace:
        workspace.ledger.record_cases("scan-1", [CaseFound(f"{n}" * 32, "likely", 0.9, ("school",))
                                                 for n in range(2)])  # fmt: skip
        case, other = workspace.minor_cases()
        workspace.decide_minor(case.id, CaseDecision.DISMISS, "a form filled in by a teacher")
        assert workspace.purge().items == sum(EXPECTED.values())
        report = workspace.purge(now=later)
        assert {c.category: c.items for c in report.categories}["cases"] == 2
        kept = {c.id: c for c in workspace.minor_cases()}
        assert (kept[case.id].fingerprint, kept[case.id].reason) == (None, None)
        assert kept[case.id].decided_by
        assert kept[other.id].fingerprint
        assert workspace.verify_ledger().ok


@pytest.mark.slow
def test_old_epochs_go_and_the_one_in_force_answers_as_before(
    small_workspace: Path, tmp_path: Path
) -> None:
    place = Path(shutil.copytree(small_workspace, tmp_path / "copy"))
    years_on = datetime.now(UTC) + timedelta(days=5000)
    with vitrail.open(place) as workspace:
        first = {p.name for p in (place / "facts").glob("*.duckdb")}
        workspace.import_exports(correct=True)
        question = "SELECT count(DISTINCT person) FROM activity"
        answer = workspace.ask(question)
        report = {c.category: c for c in workspace.purge(now=years_on).categories}
        assert report["facts"].items == len(first) == 1
        assert workspace.ask(question).rows == answer.rows
        assert not first & {p.name for p in (place / "facts").glob("*.duckdb")}
        held = turns.in_turn(place / "tmp", turns.IMPORT)
        with held:
            assert workspace.purge(now=years_on).items == 0
            with pytest.raises(UsageError, match="Another import"):
                workspace.import_exports()


@pytest.mark.attack
def test_a_check_after_its_scan_was_purged_scans_anew(
    small_workspace: Path, tmp_path: Path
) -> None:
    place = Path(shutil.copytree(small_workspace, tmp_path / "copy"))
    with vitrail.open(place) as workspace:
        workspace.purge(now=datetime.now(UTC) + timedelta(days=300))
        assert workspace.check(only=["COL-01"]).assessments[0].denominator

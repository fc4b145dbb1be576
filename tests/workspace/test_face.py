"""The face: who may do what, what is kept of people's words, and what lies on disk after."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import vitrail
from vitrail.errors import Forbidden, Refused, UsageError
from vitrail.model import Actor, Decision, FindingStatus, Role, RunState, Severity


@pytest.fixture
def house(small_workspace: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    copy = tmp_path / "house"
    shutil.copytree(small_workspace, copy)
    return copy


@pytest.fixture
def small_house(house: Path) -> Path:
    """One whose exports are few, so that a scan of them is quick."""
    for place in (house / "exports").iterdir():
        if place.is_dir() and place.name != "governance":
            shutil.rmtree(place)
    return house


def _as(*roles: Role) -> Actor:
    return Actor("someone", frozenset(roles))


def test_an_analyst_gets_releases_and_nothing_else(demo_workspace: Path) -> None:
    with vitrail.open(demo_workspace, _as(Role.ANALYST)) as workspace:
        assert workspace.ask("SELECT count(DISTINCT person) FROM activity").rows
        for reach in (workspace.findings, workspace.runs, workspace.sources, workspace.events,
                      workspace.import_exports, workspace.start_scan, workspace.check):  # fmt: skip
            with pytest.raises(Forbidden):
                reach()


_CUT_SHORT = """
import sys
import vitrail
from vitrail.scan import ScanOptions

def stop(_progress):
    raise KeyboardInterrupt

with vitrail.open(sys.argv[1]) as workspace:
    workspace.scan(ScanOptions(names="off", known=sys.argv[2]), watch=stop)
"""


def _cut_short(house: Path) -> Path:
    """A scan with a file of known values, interrupted in a process of its own; the file."""
    known = house / "known.txt"
    known.write_text("somebody@mail.example.org\n")
    command = [sys.executable, "-c", _CUT_SHORT, str(house), str(known)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "KeyboardInterrupt" in done.stderr, done.stderr
    return known


@pytest.mark.attack
def test_going_on_with_a_scan_takes_the_same_files_wherever_it_is_started(
    small_house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_short(small_house)
    monkeypatch.chdir(tmp_path)
    with vitrail.open(small_house) as workspace:
        gone_on = workspace.resume_scan()
        end = time.monotonic() + 150
        while time.monotonic() < end:
            run = next(run for run in workspace.runs() if run.id == gone_on)
            if run.state in (RunState.DONE, RunState.FAILED):
                break
            time.sleep(0.2)
        assert run.state is RunState.DONE


def test_a_scan_does_not_go_on_with_a_file_that_has_changed(small_house: Path) -> None:
    known = _cut_short(small_house)
    known.write_text("somebody.else@mail.example.org\n")
    with vitrail.open(small_house) as workspace:
        with pytest.raises(UsageError, match=r"known\.txt has changed .* Put it back"):
            workspace.resume_scan()
        known.unlink()
        with pytest.raises(UsageError, match=r"known\.txt, .* is not where it was"):
            workspace.resume_scan()


def test_an_admin_cannot_decide_on_a_finding(demo_workspace: Path) -> None:
    with vitrail.open(demo_workspace, _as(Role.ADMIN)) as workspace, pytest.raises(Forbidden):
        workspace.dispose("any", Decision.DISMISS, "because")


def test_a_decision_is_kept_with_its_reason_and_actor(house: Path) -> None:
    with vitrail.open(house, _as(Role.AUDITOR)) as workspace:
        finding = next(f for f in workspace.findings() if f.severity is Severity.HIGH)
        workspace.dispose(finding.id, Decision.DISMISS, "a fixture of our own tests")
        decided = workspace.finding(finding.id)
        assert decided.status is FindingStatus.DISMISSED
        assert (decided.reason, decided.decided_by) == ("a fixture of our own tests", "someone")


@pytest.mark.parametrize(
    "reason", ["", "  ", "it is ann.lee@mail.com's own", "call +33 6 12 34 56 78"]
)
def test_a_reason_is_needed_and_names_nobody(demo_workspace: Path, reason: str) -> None:
    with vitrail.open(demo_workspace) as workspace:
        finding = workspace.findings()[0]
        with pytest.raises(UsageError, match="reason"):
            workspace.dispose(finding.id, Decision.DISMISS, reason)
        assert workspace.finding(finding.id).status is finding.status


def test_every_release_and_refusal_is_logged_without_what_was_typed(house: Path) -> None:
    with vitrail.open(house) as workspace:
        workspace.ask("SELECT count(DISTINCT person) FROM activity WHERE country = 'FR'")
        with pytest.raises(Refused):
            workspace.ask("SELECT secret_typed_word FROM activity")
        release, refusal = workspace.events()[-2:]
        assert (release.kind, refusal.kind) == ("release", "refusal")
        assert "secret_typed_word" not in str(refusal.payload)
        assert workspace.verify_ledger().ok


def test_what_vitrail_writes_is_for_its_owner_alone(house: Path) -> None:
    with vitrail.open(house) as workspace:
        workspace.ask("SELECT count(DISTINCT person) FROM activity")
    for name in ("tmp", "facts", "runs", "logs", "reports"):
        assert stat.S_IMODE((house / name).stat().st_mode) & 0o077 == 0, name
    assert stat.S_IMODE((house / "key").stat().st_mode) == 0o600


def test_a_second_import_of_the_same_exports_changes_no_answer(house: Path) -> None:
    question = "SELECT country, count(DISTINCT person) FROM activity GROUP BY country"
    with vitrail.open(house) as workspace:
        before = workspace.ask(question)
        workspace.import_exports()
        after = workspace.ask(question)
    assert (before.id, before.rows) == (after.id, after.rows)


def test_a_check_of_unchanged_exports_uses_the_scan_that_is_there(house: Path) -> None:
    with vitrail.open(house) as workspace:
        scans = len([run for run in workspace.runs() if run.kind == "scan"])
        workspace.check()
        assert len([run for run in workspace.runs() if run.kind == "scan"]) == scans


def test_a_check_of_changed_exports_scans_them_first(small_house: Path) -> None:
    target = next((small_house / "exports" / "governance").glob("dsar*.csv"))
    lines = target.read_bytes().splitlines(keepends=True)
    target.write_bytes(b"".join(lines[:-1]))
    with vitrail.open(small_house) as workspace:
        scans = len([run for run in workspace.runs() if run.kind == "scan"])
        workspace.check(only=["PAY-01"])
        assert len([run for run in workspace.runs() if run.kind == "scan"]) == scans + 1

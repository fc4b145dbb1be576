"""One command for a timer: import, scan, check, claims, compared with the last time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

import vitrail
from vitrail.cli.cycling import _bad, _news
from vitrail.errors import UsageError
from vitrail.model import Cause, Decision, FindingStatus, RunState, Verdict
from vitrail.promises import changes
from vitrail.scan import ScanOptions

CONFIG = """
asof = 2026-11-20
[params]
backup_max_days = 90
[sources.backups]
file = "exports/backups*.csv"
table = "backups"
system = "vault"
timezone = "UTC"
columns = { backup_id = "id", created_at = "made", expires_at = "ends" }
derive = { encrypted = "true", isolated = "true" }
[sources.accounts]
file = "exports/accounts.csv"
table = "accounts"
timezone = "UTC"
columns = { account_id = "id", created_at = "made" }
"""
MENDED = "id,made,ends,note\nb1,2026-11-01,2026-12-01,weekly\nb2,2026-11-01,2026-12-01,weekly\n"
BROKEN = MENDED.replace(
    "b2,2026-11-01,2026-12-01,weekly", "b2,2026-11-01,,ask a.person@mail.example.org"
)
OPTIONS = ScanOptions(names="off", jobs=1)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "exports").mkdir()
    (tmp_path / "vitrail.toml").write_text(CONFIG)
    (tmp_path / "exports" / "accounts.csv").write_text("id,made\na1,2026-01-05\na2,2026-02-07\n")
    _export(tmp_path, BROKEN)
    return tmp_path


def _export(house: Path, text: str, minutes: float = 0) -> None:
    place = house / "exports" / "backups.csv"
    place.write_text(text)
    when = (datetime.now(UTC) + timedelta(minutes=minutes)).timestamp()
    os.utime(place, (when, when))


def _moves(cycle: object) -> Sequence[tuple[str, object, object]]:
    return [(m.remedy.id, m.before, m.remedy.status) for m in cycle.moved]  # type: ignore[attr-defined]


def test_a_cycle_tells_what_changed_since_the_last_one_and_whether_a_claim_held(
    house: Path,
) -> None:
    with vitrail.open(house) as workspace:
        first = workspace.cycle(OPTIONS)
        assert first.previous is None
        assert ("RET-05", None, FindingStatus.OPEN) in _moves(first)
        assert len(first.stray) == 1
        assert _bad(first, "medium")
        assert _news(first, "medium")

        again = workspace.cycle(OPTIONS)
        assert (again.previous, again.changes, again.moved) == (first.checked.id, (), ())
        assert _bad(again, "medium")
        assert not _news(again, "medium"), "nothing is new"

        workspace.dispose("RET-05", Decision.CLAIM, "each backup has an end now")
        _export(house, MENDED, minutes=5)
        mended = workspace.cycle(OPTIONS)
        assert _moves(mended) == [("RET-05", FindingStatus.CLAIMED, FindingStatus.VERIFIED)]
        (change,) = [c for c in mended.changes if c.control == "RET-05"]
        assert (change.before, change.after) == (Verdict.FAIL, Verdict.PASS)
        assert (change.causes, change.is_progress) == ((), True)
        assert not mended.stray
        assert workspace.verify_ledger().ok
    written = json.loads((house / "reports" / f"{mended.id}.json").read_text())
    assert written["schema"] == "vitrail.cycle/1"
    assert written["check"]["compared_with"] == again.checked.id
    assert "a.person" not in json.dumps(written)


def test_a_verdict_that_changed_for_another_reason_than_the_data_is_no_progress(
    house: Path,
) -> None:
    with vitrail.open(house) as workspace:
        before = workspace.check(only=["RET-05"]).assessments
    (house / "exports" / "backups2.csv").write_text(MENDED)
    _export(house, MENDED)
    (house / "vitrail.toml").write_text(CONFIG.replace("= 90", "= 60"))
    with vitrail.open(house) as workspace:
        after = workspace.check(only=["RET-05"]).assessments
    (change,) = changes(before, after)
    assert change.causes == (Cause.PARAMETERS,)
    assert not change.is_progress
    unlike = [replace(a, missing=("backups.ends",), evidence=replace(a.evidence, sql_sha256="0"))
              for a in after]  # fmt: skip
    (change,) = changes(before, unlike)
    assert set(change.causes) >= {Cause.CONTROL, Cause.COVERAGE}


def test_two_cycles_at_once_are_one_and_the_second_does_nothing(house: Path) -> None:
    with vitrail.open(house) as workspace:
        with FileLock(house / "tmp" / "cycle.lock"), pytest.raises(UsageError, match="Another"):
            workspace.cycle(OPTIONS)
        assert [e.kind for e in workspace.events()] == ["ledger_created"]


@pytest.mark.attack
def test_a_cycle_killed_in_its_midst_leaves_nothing_half_and_the_next_one_runs(
    house: Path,
) -> None:
    command = [sys.executable, "-m", "vitrail", "cycle", "-C", str(house), "--names", "off"]
    going = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not list((house / "runs").glob("scan-*")) and time.monotonic() < end:
        time.sleep(0.01)
    going.send_signal(signal.SIGKILL)
    going.wait(30)
    with vitrail.open(house) as workspace:
        cut = {r.kind: r.state for r in workspace.runs()}
        assert cut["cycle"] is RunState.FAILED
        assert not list((house / "reports").glob("cycle-*"))
        done = workspace.cycle(OPTIONS)
        assert {a.control for a in done.failed} >= {"RET-05"}
        assert (house / "reports" / f"{done.id}.json").exists()
        assert workspace.verify_ledger().ok

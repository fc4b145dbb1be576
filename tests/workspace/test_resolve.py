"""From finding to fixed: open, claimed, verified by a later export, regressed; by its keys."""

from __future__ import annotations

import csv
import json
import os
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import vitrail
from vitrail.errors import Forbidden, UsageError
from vitrail.model import Actor, Decision, FindingStatus, Remedy, Role
from vitrail.scan import ScanOptions
from vitrail.workspace import CheckRun

CONFIG = """
asof = 2026-11-20
[sources.backups]
file = "exports/backups.csv"
table = "backups"
system = "vault"
timezone = "UTC"
[sources.backups.columns]
backup_id = "id"
created_at = "made"
expires_at = "ends"
encrypted = "enc"
isolated = "iso"
[sources.notes]
file = "exports/notes.csv"
table = "support_messages"
system = "desk"
timezone = "UTC"
columns = { message_id = "id" }
[owners]
vault = "platform"
"""
BROKEN = "id,made,ends,enc,iso\n=b1,2026-11-01,2026-12-01,true,true\nb2,2026-11-01,,true,true\n"
MENDED = BROKEN.replace("b2,2026-11-01,,", "b2,2026-11-01,2026-12-01,")
NOTES = "id,note\nm1,all is well\nm2,write to someone.else@mail.example.org\n"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "exports").mkdir()
    (tmp_path / "vitrail.toml").write_text(CONFIG)
    _export(tmp_path, BROKEN)
    return tmp_path


def _export(house: Path, text: str, name: str = "backups.csv", minutes: float = 0) -> None:
    """Write an export as if it had been made so many minutes from now."""
    place = house / "exports" / name
    place.write_text(text)
    when = (datetime.now(UTC) + timedelta(minutes=minutes)).timestamp()
    os.utime(place, (when, when))


def _check(workspace: vitrail.Workspace) -> Remedy:
    workspace.check(only=["RET-05"])
    return next(r for r in workspace.remedies() if r.id == "RET-05")


def test_a_broken_promise_has_a_system_an_owner_and_a_due_day(house: Path) -> None:
    with vitrail.open(house) as workspace:
        broken = _check(workspace)
    assert (broken.kind, broken.cases, broken.status) == ("promise", 1, FindingStatus.OPEN)
    assert (broken.systems, broken.owners) == (("vault",), ("platform",))
    assert broken.due == datetime.now(UTC).date() + timedelta(days=14)
    assert not broken.is_overdue(broken.due)
    assert broken.is_overdue(broken.due + timedelta(days=1))


def test_a_claim_is_verified_by_a_later_export_alone_and_what_comes_back_regressed(
    house: Path,
) -> None:
    with vitrail.open(house) as workspace:
        _check(workspace)
        workspace.dispose("RET-05", Decision.CLAIM, "the vault gives each backup an end now")
        _export(house, MENDED, minutes=-5)  # an export from before the claim proves nothing
        assert _check(workspace).status is FindingStatus.CLAIMED
        _export(house, MENDED, minutes=5)
        assert _check(workspace).status is FindingStatus.VERIFIED
        _export(house, BROKEN, minutes=6)
        back = _check(workspace)
        assert back.status is FindingStatus.REGRESSED
        opened = back.opened_at
        workspace.dispose("RET-05", Decision.CLAIM, "once more")
        assert _check(workspace).status is FindingStatus.REGRESSED, "found after the claim"
        assert _check(workspace).opened_at == opened
        assert workspace.verify_ledger().ok


def test_a_check_that_cannot_test_a_control_or_asks_of_another_day_says_nothing_of_it(
    house: Path,
) -> None:
    with vitrail.open(house) as workspace:
        _check(workspace)
        _export(house, MENDED, minutes=5)
        workspace.check(only=["RET-05"], as_of=date(2027, 6, 1))
        (house / "exports" / "backups.csv").unlink()
        assert _check(workspace).status is FindingStatus.OPEN
        _export(house, MENDED)
        assert _check(workspace).status is FindingStatus.GONE


def test_an_owner_and_a_day_can_be_settled_and_outlive_the_next_check(house: Path) -> None:
    with vitrail.open(house) as workspace:
        _check(workspace)
        workspace.assign("RET-05", "backup crew", date(2026, 12, 24))
        settled = _check(workspace)
        workspace.ledger.rebuild_state()
        assert _check(workspace) == settled
        assert (settled.owners, settled.due) == (("backup crew",), date(2026, 12, 24))
        with pytest.raises(UsageError, match="personal data"):
            workspace.assign("RET-05", "someone@mail.example.org")
        with pytest.raises(UsageError, match="no such finding"):
            workspace.assign("RET-99", "anyone")


def test_the_keys_are_in_a_file_for_its_owner_alone_and_in_the_ledger_first(house: Path) -> None:
    out = house / "keys.csv"
    out.touch()
    out.chmod(0o644)  # whoever could read what was there must not read the keys
    _export(house, BROKEN.replace("=b1,2026-11-01,2026-12-01", "=b1,2026-11-01,"))
    with vitrail.open(house) as workspace:
        _check(workspace)
        rows = workspace.keys_to_mend("RET-05", out)
        told = workspace.events()[-1]
        assert (told.kind, told.payload) == ("keys_listed", {"finding": "RET-05", "rows": 2})
        assert "b1" not in str(told.payload)
        with pytest.raises(UsageError):
            workspace.keys_to_mend("RET-05", house / "nowhere" / "keys.csv")
        assert workspace.events()[-1].seq == told.seq + 1, "logged before it is written"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    written = list(csv.DictReader(out.open()))
    assert [(r["system"], r["key_column"], r["key"], r["row"]) for r in written] == [
        ("vault", "id", "'=b1", "0"), ("vault", "id", "b2", "1"),
    ]  # fmt: skip
    assert {r.why for r in rows} == {"without a day on which they end"}


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMIN, Role.INVESTIGATOR])
def test_only_an_auditor_gets_keys_or_decides(house: Path, role: Role) -> None:
    with vitrail.open(house, Actor("someone", frozenset({role}))) as workspace:
        with pytest.raises(Forbidden):
            workspace.keys_to_mend("RET-05", house / "keys.csv")
        with pytest.raises(Forbidden):
            workspace.assign("RET-05", "platform")
    assert not (house / "keys.csv").exists()


def test_the_year_tells_kept_broken_then_fixed_broken_and_gaps_month_by_month(
    house: Path,
) -> None:
    with vitrail.open(house) as workspace:
        for text, months_ago in ((MENDED, 4), (BROKEN, 3), (BROKEN, 2), (MENDED, 2), (MENDED, 0)):
            _export(house, text)
            _redate(workspace.check(only=["RET-05"]), months_ago)
        (promise,) = workspace.year()
        assert promise.control == "RET-05"
        told = [state.value for _, state in promise.months]
        assert told == ["gap"] * 7 + ["kept", "broken", "broken then fixed", "gap", "kept"]
        assert promise.state.value == "broken then fixed"
        _export(house, BROKEN)
        workspace.check(only=["RET-05"])
        (promise,) = workspace.year()
        assert (promise.months[-1][1].value, promise.state.value) == ("broken", "broken")


def test_a_check_of_another_day_or_of_a_few_controls_is_not_where_the_house_stood(
    house: Path,
) -> None:
    with vitrail.open(house) as workspace:
        _export(house, MENDED)
        workspace.check(only=["RET-05"])
        workspace.check(only=["RET-05"], as_of=date(2027, 6, 1))
        (promise,) = workspace.year()
        assert promise.state.value == "kept", "what was asked of another day is no month's verdict"
        assert workspace.check_history() == ()
        whole = workspace.check()
        (torn := house / "runs" / "check-20990101-000000-torn").mkdir()
        (torn / "assessments.json").write_text("{")
        (torn / "check.json").write_text('{"at": "2099-01-01T00:00:00+00:00", "policy": "p"}')
        assert [record.id for record in workspace.check_history()] == [whole.id]


def _redate(run: CheckRun, months_ago: int) -> None:
    """Let a check have been made so many months before."""
    file = run.directory / "check.json"
    header = json.loads(file.read_text())
    at = run.at.replace(day=1)
    for _ in range(months_ago):
        at = (at - timedelta(days=1)).replace(day=1)
    header["at"] = at.replace(microsecond=run.at.microsecond, second=run.at.second).isoformat()
    file.write_text(json.dumps(header))


def test_a_confirmed_finding_of_a_scan_goes_the_same_way(house: Path) -> None:
    options = ScanOptions(names="off", jobs=1)
    _export(house, NOTES, "notes.csv")
    with vitrail.open(house) as workspace:
        workspace.scan(options)
        (found,) = workspace.findings()
        assert not workspace.remedies(), "an auditor has to confirm it first"
        workspace.dispose(found.id, Decision.CONFIRM, "an address in a note")
        (remedy,) = workspace.remedies()
        assert (remedy.kind, remedy.systems, remedy.cases) == ("finding", ("desk",), 1)
        (row,) = workspace.keys_to_mend(found.id, house / "keys.csv")
        assert (row.key_column, row.key, row.row) == ("id", "m2", 1)
        workspace.dispose(found.id, Decision.CLAIM, "the note was rewritten")
        _export(house, NOTES.replace("someone.else@mail.example.org", "us"), "notes.csv", -5)
        workspace.scan(options)
        assert workspace.finding(found.id).status is FindingStatus.CLAIMED
        _export(house, NOTES.replace("someone.else@mail.example.org", "you"), "notes.csv", 5)
        workspace.scan(options)
        assert workspace.finding(found.id).status is FindingStatus.VERIFIED

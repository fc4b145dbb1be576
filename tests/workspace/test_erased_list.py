"""A list of erased persons is traced through every export, for the controls on deletion."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import vitrail
from vitrail.errors import ConfigError
from vitrail.model import Assessment, Verdict

CONFIG = """
asof = 2026-11-20
erased_file = "allow/erased.txt"
[dpia]
reference = "register 12"
purpose = "proving deletion"
owner = "data protection office"
[sources.accounts]
file = "exports/accounts.csv"
table = "accounts"
timezone = "UTC"
columns = { account_id = "id", status = "status", closed_at = "closed" }
[sources.deletions]
file = "exports/deletions.csv"
table = "deletions"
timezone = "UTC"
columns = { account_id = "id", completed_at = "done" }
[sources.requests]
file = "exports/requests.csv"
table = "dsar_requests"
timezone = "UTC"
columns = { request_id = "id", account_id = "who", kind = "kind", received_at = "got" }
[sources.events]
file = "exports/events.csv"
table = "events"
timezone = "UTC"
columns = { event_id = "id", account_id = "who", name = "what", ts = "at" }
[sources.backups]
file = "exports/backups.csv"
table = "backups"
timezone = "UTC"
columns = { backup_id = "id", created_at = "made" }
[sources.restores]
file = "exports/restores.csv"
table = "restores"
timezone = "UTC"
columns = { restore_id = "id", backup_id = "of", restored_at = "at", reerasure_at = "again" }
"""
MAIL = "jane.roe@mail.example.org"
FILES = {
    "accounts": "id,status,closed\nacc-70001,deleted,2026-01-05\nacc-70002,active,\n",
    "deletions": "id,done\nacc-70001,2026-02-01\n",
    "requests": "id,who,kind,got\nr1,acc-70001,erasure,2026-01-05\n",
    "events": "id,who,what,at,props\ne1,acc-70002,login,2026-03-01,{}\n",
    "backups": "id,made\nb1,2026-01-15\n",
    "restores": "id,of,at,again\nx1,b1,2026-02-10,2026-02-10\n",
    "notes": "n,text\n1,nothing to see\n",
}
DELETION = ["RET-02", "RET-06", "RET-09", "DSR-04"]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name in ("exports", "allow"):
        (tmp_path / name).mkdir()
    (tmp_path / "vitrail.toml").write_text(CONFIG)
    for name, text in FILES.items():
        (tmp_path / "exports" / f"{name}.csv").write_text(text)
    (tmp_path / "allow" / "erased.txt").write_text(f"{MAIL}\tacc-70001\nno.one@mail.example.org\n")
    return tmp_path


def _check(house: Path) -> dict[str, Assessment]:
    with vitrail.open(house) as workspace:
        return {a.control: a for a in workspace.check(only=DELETION).assessments}


def test_who_is_found_nowhere_breaks_nothing(house: Path) -> None:
    found = _check(house)
    assert {a.verdict for a in found.values()} == {Verdict.PASS}
    assert found["RET-02"].denominator == 3, "one ended account, two on the list"


def test_an_address_in_a_file_that_feeds_nothing_is_found_for_each_control(house: Path) -> None:
    (house / "exports" / "notes.csv").write_text(f"n,text\n1,please ask {MAIL.upper()} again\n")
    found = _check(house)
    said = {name: {c.reason for c in a.counted if c.level == "fail"} for name, a in found.items()}
    assert said == {
        "RET-02": {"traced"}, "RET-06": {"came_back"}, "RET-09": set(), "DSR-04": {"traced"},
    }  # fmt: skip
    assert found["RET-02"].evidence.shapes == ("notes.csv",)
    assert "notes.csv" in {i.name for i in found["RET-02"].evidence.inputs}, "all files were read"


def test_a_hash_in_a_later_event_is_activity(house: Path) -> None:
    digest = hashlib.sha256(MAIL.encode()).hexdigest()
    (house / "exports" / "events.csv").write_text(FILES["events"].replace("{}", digest))
    activity = _check(house)["RET-09"]
    assert (activity.verdict, activity.violations) == (Verdict.FAIL, 1)
    assert [c.reason for c in activity.counted if c.level == "fail"] == ["named"]
    (house / "exports" / "events.csv").write_text(
        FILES["events"].replace("{}", digest).replace("2026-03", "2026-01")
    )
    assert _check(house)["RET-09"].verdict is Verdict.PASS, "before the deletion"


def test_what_cannot_be_read_leaves_it_open_and_never_passes(house: Path) -> None:
    (house / "exports" / "broken.parquet").write_bytes(b"PAR1 cut short")
    left_open = _check(house)["RET-02"]
    assert left_open.verdict is Verdict.INCONCLUSIVE
    assert left_open.undecidable == 2


def test_the_list_is_locked_logged_and_kept_nowhere(house: Path) -> None:
    (house / "exports" / "notes.csv").write_text(f"n,text\n1,please ask {MAIL} again\n")
    _check(house)
    with vitrail.open(house) as workspace:
        begun, ended = [e for e in workspace.events() if e.kind.startswith("trace_")]
        assert (begun.payload["use"], begun.payload["subjects"]) == ("check", 2)
        assert (ended.payload["use"], ended.payload["found"]) == ("check", 1)
        (row,) = workspace.keys_to_mend("RET-02", house / "keys.csv")
        assert row.key and MAIL not in row.key
    for place in ("runs", "reports", "logs", "ledger.db", "tmp"):
        for file in [house / place, *(house / place).rglob("*")]:
            assert not file.is_file() or MAIL.encode() not in file.read_bytes()
    (house / "vitrail.toml").write_text(CONFIG.replace('purpose = "proving deletion"', ""))
    with pytest.raises(ConfigError, match="locked"):
        _check(house)
    (house / "vitrail.toml").write_text(CONFIG.replace("erased.txt", "nowhere.txt"))
    with pytest.raises(ConfigError, match="list of erased persons"):
        _check(house)

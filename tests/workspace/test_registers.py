"""Requests and their clocks, consent, retention and backups, as they stood on any day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import vitrail
from vitrail.errors import Forbidden, UsageError
from vitrail.model import Actor, Role
from vitrail.promises.registers import REGISTERS, Register

CONFIG = """
asof = 2026-11-20
[sources.requests]
file = "exports/requests.csv"
table = "dsar_requests"
timezone = "UTC"
columns = { request_id = "id", kind = "kind", received_at = "got", responded_at = "answered" }
derive = { outcome = "outcome", extension_notified_at = "extended" }
[sources.consents]
file = "exports/consents.csv"
table = "consents"
timezone = "UTC"
columns = { account_id = "who", purpose = "what", status = "status", ts = "at", valid_until = "till" }
[sources.accounts]
file = "exports/accounts.csv"
table = "accounts"
timezone = "UTC"
columns = { account_id = "id", email = "mail", status = "status", closed_at = "closed" }
derive = { last_activity_at = "seen" }
[sources.archives]
file = "exports/archives.csv"
table = "archives"
timezone = "UTC"
columns = { account_id = "id", table_name = "of", reason = "why", hold_until = "till" }
[sources.backups]
file = "exports/backups.csv"
table = "backups"
timezone = "UTC"
columns = { backup_id = "id", system = "sys", created_at = "made", expires_at = "ends", purged_at = "gone" }
"""  # noqa: E501
FILES = {
    "requests": "id,kind,got,answered,outcome,extended\n"
    "r-jan,access,2026-01-31,2026-03-01,done,\n"  # a month ends on 28 February, 30 days on 2 March
    "r-leap,access,2024-01-30,2024-02-29,done,\n"  # 29 February is both
    "r-late,erasure,2026-09-01,2026-10-02,done,2026-09-20\n"
    "r-ack,erasure,2026-10-20,2026-10-21,acknowledged,\n"
    "r-open,portability,2026-11-15,,,\n"
    "r-none,access,,,,\n",
    "consents": "who,what,status,at,till\n"
    "a1,marketing,granted,2026-01-10 08:00:00,\n"
    "a1,marketing,withdrawn,2026-03-05 09:00:00,\n"
    "a1,marketing,granted,2026-05-01 00:00:00,\n"
    "a2,marketing,refused,2026-02-01 10:00:00,\n"  # two at one instant: the one that stops counts
    "a2,marketing,granted,2026-02-01 10:00:00,\n"
    "a3,feedback,granted,2026-02-01 10:00:00,2026-06-30\n",
    "accounts": "id,mail,status,closed,seen\n"
    "a1,jane.roe@mail.example.org,closed,2026-10-01,2026-09-30\n"
    "a2,john.poe@mail.example.org,closed,2026-11-10,2026-11-09\n"
    "a3,mary.moe@mail.example.org,closed,2026-05-01,2026-04-30\n"
    "a4,rita.doe@mail.example.org,active,,2024-10-31\n"
    "a5,,deleted,2026-01-01,2025-12-31\n",
    "archives": "id,of,why,till\na3,profiles,dispute,2027-01-01\na5,orders,fraud,2026-02-01\n",
    "backups": "id,sys,made,ends,gone\n"
    "b1,db,2026-01-01,2026-04-01,2026-04-01\nb2,db,2026-02-01,2026-05-01,2026-06-01\n"
    "b3,db,2026-09-01,2026-11-19,\nb4,db,2026-11-01,,\nb5,db,2026-11-01,2026-12-01,\n",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("house")
    (place / "exports").mkdir()
    (place / "vitrail.toml").write_text(CONFIG)
    for name, text in FILES.items():
        (place / "exports" / f"{name}.csv").write_text(text)
    return place


def _read(house: Path, name: str, as_of: date | None = None) -> Register:
    with vitrail.open(house) as workspace:
        return workspace.register(name, as_of)


def _states(register: Register) -> Counter[str]:
    return Counter(entry.state for entry in register.entries)


def test_a_request_is_due_after_30_days_or_a_month_whichever_ends_first(house: Path) -> None:
    found = _read(house, "requests")
    dues = {(e.since, e.due, e.state) for e in found.entries}
    assert (date(2026, 1, 31), date(2026, 2, 28), "answered late") in dues
    assert (date(2024, 1, 30), date(2024, 2, 29), "answered") in dues
    assert (date(2026, 9, 1), date(2026, 10, 1), "answered late, extended") in dues
    assert (date(2026, 10, 20), date(2026, 11, 19), "overdue") in dues, "an answer it is not"
    assert (None, None, "no date of receipt") in dues
    (late,) = found.late
    assert (late.days, late.left) == (31, -1)
    open_one = next(e for e in found.entries if e.kind == "portability")
    assert (open_one.state, open_one.days, open_one.left) == ("open", 5, 25)


def test_a_day_in_the_past_shows_what_was_known_then(house: Path) -> None:
    then = _read(house, "requests", date(2026, 9, 30))
    assert _states(then) == {
        "answered": 1, "answered late": 1, "due within a week": 1, "no date of receipt": 1,
    }  # fmt: skip
    before = _read(house, "requests", date(2020, 1, 1))
    assert _states(before) == {"no date of receipt": 1}


@pytest.mark.parametrize(
    ("day", "states"),
    [
        (date(2026, 1, 9), {}),
        (date(2026, 1, 10), {"granted": 1}),
        (date(2026, 3, 4), {"granted": 2, "refused": 1}),
        (date(2026, 3, 5), {"withdrawn": 1, "granted": 1, "refused": 1}),
        (date(2026, 5, 1), {"granted": 2, "refused": 1}),
        (date(2026, 7, 1), {"granted": 1, "run out": 1, "refused": 1}),
    ],
)
def test_consent_is_the_last_entry_up_to_the_days_end(
    house: Path, day: date, states: dict[str, int]
) -> None:
    assert _states(_read(house, "consent", day)) == states


def test_the_calendar_knows_grace_holds_and_what_was_never_promised(house: Path) -> None:
    found = _read(house, "retention")
    told = {(e.kind, e.due, e.state) for e in found.entries}
    assert told == {
        ("ended account", date(2026, 10, 31), "overdue"),
        ("ended account", date(2026, 12, 10), "due within a month"),
        ("ended account", date(2027, 1, 1), "held"),
        ("idle account", date(2026, 10, 31), "overdue"),
        ("held after deletion", date(2027, 1, 1), "held"),
        ("held after deletion", date(2026, 2, 1), "overdue"),
    }, "an account without anything of a person is in no calendar"


def test_backups_past_their_end_or_without_one_are_late(house: Path) -> None:
    found = _read(house, "backups")
    assert _states(found) == {
        "purged": 1, "purged late": 1, "past expiry": 1, "no end": 1, "kept": 1,
    }  # fmt: skip
    assert {e.state for e in found.late} == {"past expiry", "no end"}
    assert _states(_read(house, "backups", date(2026, 5, 15))) == {"purged": 1, "past expiry": 1}


@pytest.mark.parametrize("name", REGISTERS)
def test_rows_have_keyed_ids_and_nothing_of_a_person(house: Path, name: str) -> None:
    found = _read(house, name)
    told = repr(found)
    assert not any(t in told for t in ("@", "r-jan", "'a1'", "'b1'", "a3|"))
    assert all(len(e.row) == 32 for e in found.entries)
    analyst = Actor("ana", frozenset({Role.ANALYST}))
    with vitrail.open(house, analyst) as workspace, pytest.raises(Forbidden):
        workspace.register(name)


def test_a_row_has_the_id_that_the_evidence_of_its_control_has(house: Path) -> None:
    with vitrail.open(house) as workspace:
        (check,) = workspace.check(only=["DSR-01"]).assessments
        assert {e.row for e in workspace.register("requests").late} <= set(check.keys)


def test_what_is_not_mapped_is_said_and_not_shown_empty(tmp_path: Path) -> None:
    (tmp_path / "vitrail.toml").write_text("")
    with vitrail.open(tmp_path) as workspace:
        with pytest.raises(UsageError, match="needs dsar_requests"):
            workspace.register("requests")
        with pytest.raises(UsageError, match="There are requests, consent"):
            workspace.register("nonsense")

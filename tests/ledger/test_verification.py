"""The walk along the chain names the first line that was changed, removed or moved."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vitrail.errors import UsageError
from vitrail.ledger import Ledger
from vitrail.ledger.chain import line_hash
from vitrail.model import Decision, Disposition, Finding

Tamper = Callable[..., None]
SHIFT = (
    "UPDATE events SET seq = -(seq - 1) WHERE seq > {0}",
    "UPDATE events SET seq = -seq WHERE seq < 0",
)


def test_a_sound_chain_tells_its_length_and_head(filled: Ledger) -> None:
    report = filled.verify()
    assert (report.ok, report.length, report.first_bad, report.problem) == (True, 10, None, None)
    assert report.head == filled.events()[-1].hash


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "'2026-01-01T00:00:00.000000+00:00'"),
        ("kind", "'refusal'"),
        ("actor", "'nobody'"),
        ("payload", '\'{"action":"other"}\''),
        ("prev_hash", f"'{'1' * 64}'"),
        ("hash", f"'{'1' * 64}'"),
    ],
)
@pytest.mark.parametrize("line", [1, 5, 10])
def test_a_changed_line_is_named_whatever_was_changed_in_it(
    filled: Ledger, tamper: Tamper, column: str, value: str, line: int
) -> None:
    tamper(f"UPDATE events SET {column} = {value} WHERE seq = {line}")
    report = filled.verify()
    assert (report.ok, report.first_bad, report.length) == (False, line, line - 1)
    assert report.problem == f"Line {line} was changed."


def test_a_changed_line_with_its_own_hash_mended_is_named_by_the_next(
    filled: Ledger, tamper: Tamper
) -> None:
    line = filled.events()[4]
    forged = line_hash(
        line.seq,
        line.at.isoformat(timespec="microseconds"),
        line.kind,
        "nobody",
        payload='{"action":"room3"}',
        prev_hash=line.prev_hash,
    )
    tamper(f"UPDATE events SET actor = 'nobody', hash = '{forged}' WHERE seq = 5")
    report = filled.verify()
    assert (report.ok, report.first_bad) == (False, 6)


@pytest.mark.parametrize("line", [1, 4, 9])
def test_a_removed_line_is_named(filled: Ledger, tamper: Tamper, line: int) -> None:
    tamper(f"DELETE FROM events WHERE seq = {line}")
    report = filled.verify()
    assert (report.first_bad, report.problem) == (line, f"Line {line} was removed.")


@pytest.mark.parametrize("line", [1, 4, 9])
def test_a_removed_line_is_named_though_the_rest_was_renumbered(
    filled: Ledger, tamper: Tamper, line: int
) -> None:
    shift = [statement.format(line) for statement in SHIFT]
    tamper(f"DELETE FROM events WHERE seq = {line}", *shift)
    report = filled.verify()
    assert (report.first_bad, report.problem) == (line, f"Line {line} was removed.")


def test_two_lines_that_changed_places_are_named(filled: Ledger, tamper: Tamper) -> None:
    tamper(
        "UPDATE events SET seq = -3 WHERE seq = 3",
        "UPDATE events SET seq = 3 WHERE seq = 7",
        "UPDATE events SET seq = 7 WHERE seq = -3",
    )
    report = filled.verify()
    assert (report.first_bad, report.problem) == (3, "Line 3 was moved: it stands as line 7.")


def test_a_line_put_in_between_is_named(filled: Ledger, tamper: Tamper) -> None:
    tamper(
        "UPDATE events SET seq = -(seq + 1) WHERE seq > 5",
        "UPDATE events SET seq = -seq WHERE seq < 0",
        "INSERT INTO events SELECT 6, at, kind, 'x', payload, hash, hash FROM events WHERE seq = 5",
    )
    report = filled.verify()
    assert (report.ok, report.first_bad) == (False, 6)


def test_a_tail_cut_off_shows_only_against_a_head_that_was_noted(
    filled: Ledger, tamper: Tamper
) -> None:
    noted = filled.verify().head
    tamper("DELETE FROM events WHERE seq > 7")
    assert filled.verify().ok, "a shorter chain is a sound chain"
    report = filled.verify(noted)
    assert not report.ok
    assert "cut off its end" in (report.problem or "")


def test_a_noted_head_stays_part_of_a_chain_that_grew(filled: Ledger) -> None:
    noted = filled.verify().head
    filled.append("denied", "amelie", {"action": "ask"})
    assert filled.verify(noted).ok


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_guard_that_was_taken_off_is_told(filled: Ledger, place: Path) -> None:
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER events_not_deleted")
    report = filled.verify()
    assert (report.ok, report.first_bad) == (False, None)
    assert "events_not_deleted" in (report.problem or "")


def test_a_reason_changed_afterwards_is_told_and_one_purged_is_not(
    ledger: Ledger, finding: Callable[..., Finding], tamper: Tamper
) -> None:
    ledger.record_findings("r1", [finding("f1")])
    made = Disposition("f1", Decision.DISMISS, "A test address.", "amelie", datetime.now(UTC))
    event = ledger.dispose(made)
    assert ledger.verify().ok
    tamper("UPDATE reasons SET words = 'Another story.'")
    assert f"line {event.seq} was changed" in (ledger.verify().problem or "")
    tamper("DELETE FROM reasons")
    assert ledger.verify().ok


def test_a_state_is_not_rebuilt_from_a_chain_that_is_not_sound(
    filled: Ledger, tamper: Tamper
) -> None:
    tamper("UPDATE events SET actor = 'nobody' WHERE seq = 4")
    with pytest.raises(UsageError, match="Line 4 was changed"):
        filled.rebuild_state()

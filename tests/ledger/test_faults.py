"""What the disk refuses is told in a sentence with its remedy, and nothing is half-written."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import gettempdir

import pytest

from vitrail.errors import ConfigError, Unwritable, UsageError
from vitrail.ledger import Ledger

KEY = "5ca1ab1e5ca1ab1e"


@pytest.fixture
def address(place: Path) -> Path:
    """What is said here is of SQLite's file; ``test_postgres.py`` says the like of a server."""
    return place


ATTEMPT = """
import json, os, sys
from vitrail.errors import VitrailError
from vitrail.ledger import Ledger
import alembic.command, psutil, sqlalchemy.dialects.sqlite.pysqlite
place, key, lines = sys.argv[1], sys.argv[2], int(sys.argv[3])
if os.geteuid() == 0 and sys.argv[4:] == ["nobody"]:
    os.setgid(65534), os.setuid(65534)
written = 0
try:
    with Ledger.open(place, key) as ledger:
        for written in range(1, lines + 1):
            ledger.append("denied", "amelie", {"action": f"line{written}"})
except VitrailError as error:
    print(json.dumps([type(error).__name__, error.exit_code, error.message, error.remedy]))
else:
    print(json.dumps(["written"]))
"""


def attempt(place: Path, *arguments: str, before: tuple[str, ...] = ()) -> list[str]:
    command = [*before, sys.executable, "-c", ATTEMPT, str(place), KEY, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return [str(part) for part in json.loads(done.stdout)]


def test_a_read_only_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    _let_others_pass(tmp_path)
    kind, code, message, remedy = attempt(tmp_path / "ledger.db", "1", "nobody")
    assert (kind, code) == ("Unwritable", "2")
    assert "ledger.db cannot be opened" in message
    assert str(tmp_path) in remedy
    assert not (tmp_path / "ledger.db").exists()


def test_a_ledger_whose_folder_became_read_only_is_named_with_what_to_do(tmp_path: Path) -> None:
    place = tmp_path / "ledger.db"
    Ledger.open(place, KEY).close()
    place.chmod(0o666)
    tmp_path.chmod(0o555)
    _let_others_pass(tmp_path)
    kind, code, message, remedy = attempt(place, "1", "nobody")
    assert (kind, code) == ("Unwritable", "2")
    assert "ledger.db" in message
    assert str(tmp_path) in remedy


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match=r"See that .*nowhere exists"):
        Ledger.open(tmp_path / "nowhere" / "ledger.db", KEY)


def test_a_full_disk_is_told_and_the_chain_stays_sound(tmp_path: Path) -> None:
    """A real file system of 640 KB, in a mount namespace of its own."""
    small = tmp_path / "small"
    small.mkdir()
    script = (
        f"mount -t tmpfs -o size=640k none {small} && "
        f'"$0" "$@"; status=$?; cp {small}/ledger.db* {tmp_path}; exit $status'
    )
    probe = subprocess.run(["unshare", "-rm", "true"], capture_output=True)
    if probe.returncode:
        pytest.skip("this machine allows no mount namespace")
    before = ("unshare", "-rm", "sh", "-c", script)
    kind, code, message, remedy = attempt(small / "ledger.db", "100000", before=before)
    assert (kind, code) == ("Unwritable", "2")
    assert "full; nothing was half-written" in message
    assert "Make room" in remedy
    with Ledger.open(tmp_path / "ledger.db", KEY) as ledger:
        report = ledger.verify()
        assert report.ok
        assert report.length > 50


def test_a_ledger_held_by_another_program_is_told_after_the_wait(
    filled: Ledger, place: Path
) -> None:
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Ledger.open(place, KEY, wait=0.1) as waiting:
            with pytest.raises(Unwritable, match="held by another program"):
                waiting.append("denied", "amelie", {"action": "ask"})
            assert len(waiting.events()) == 10, "readers never wait"
    assert filled.append("denied", "amelie", {"action": "ask"}).seq == 11


def test_a_file_that_is_no_ledger_is_left_as_it_is(place: Path) -> None:
    place.write_text("The minutes of a meeting. " * 100)
    before = place.read_bytes()
    with pytest.raises(UsageError, match=r"ledger\.db is not a ledger"):
        Ledger.open(place, KEY)
    assert place.read_bytes() == before


def test_a_damaged_ledger_is_told(filled: Ledger, place: Path) -> None:
    filled.close()
    content = bytearray(place.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    place.write_bytes(content)
    with pytest.raises(UsageError, match="damaged"), Ledger.open(place, KEY) as ledger:
        ledger.verify()


@pytest.mark.parametrize("put", ["nothing", "a copy"])
def test_nothing_is_written_to_a_ledger_that_was_moved_or_replaced_while_it_was_open(
    put: str, filled: Ledger, place: Path
) -> None:
    away = place.with_name("away.db")
    copy = place.with_name("copy.db")
    filled.close()
    copy.write_bytes(place.read_bytes())
    assert len(filled.events()) == 10
    place.rename(away)
    if put == "a copy":
        copy.rename(place)
    with pytest.raises(Unwritable, match="moved, removed or replaced while it was open"):
        filled.append("denied", "amelie", {"action": "ask"})
    away.rename(place)
    assert filled.append("denied", "amelie", {"action": "ask"}).seq == 11


def test_a_database_of_another_make_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="SQLite file or on PostgreSQL"):
        Ledger.open("mysql://host/db", KEY)


def test_no_fault_of_the_database_repeats_what_was_to_be_written(
    filled: Ledger, place: Path
) -> None:
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("DROP TABLE runs")
    with pytest.raises(Exception, match="cannot be used") as caught:
        filled.start_run("scan-1", "/home/jeanne-martin/x", os.getpid(), "jeanne", "scan")
    shown = f"{caught.value!r} {caught.value} {caught.value.__cause__}"
    assert "jeanne" not in shown


def _let_others_pass(folder: Path) -> None:
    """pytest's folders are closed to others; let the unprivileged child walk through them."""
    for parent in folder.parents:
        if parent.stat().st_uid == os.geteuid() and parent.is_relative_to(gettempdir()):
            parent.chmod(parent.stat().st_mode | 0o011)

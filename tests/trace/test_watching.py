"""A long trace at a terminal: how far it is, and what Ctrl-C leaves of it."""

from __future__ import annotations

import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

import vitrail

from .conftest import ASSESSED, CASE

ANN = "ann.lee@firm-mail.com"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which one person stands in 12,000 rows among as many of others."""
    place = tmp_path_factory.mktemp("long") / "w"
    (place / "exports").mkdir(parents=True)
    rows = "".join(f"{n},{ANN} wrote to other{n}@mail-firm.org\n" for n in range(12_000))
    (place / "exports" / "notes.csv").write_text(f"id,text\n{rows}")
    (place / "vitrail.toml").write_text(ASSESSED)
    vitrail.open(place).close()
    return place


def begun(place: Path, *options: str, whom: str = ANN) -> tuple[subprocess.Popen[bytes], int]:
    """``vitrail trace`` on a terminal of its own, and our end of it."""
    ours, theirs = pty.openpty()
    asked = [*(f"--{name}={value}" for name, value in CASE.items()), "--no-names", *options]
    process = subprocess.Popen(
        [sys.executable, "-m", "vitrail", "trace", "-C", str(place), *asked],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    assert process.stdin is not None
    process.stdin.write(whom.encode())
    process.stdin.close()
    return process, ours


def said_by(process: subprocess.Popen[bytes], ours: int) -> str:
    said = b""
    try:
        while part := os.read(ours, 65_536):
            said += part
    except OSError:  # the terminal is closed
        pass
    os.close(ours)
    process.wait(60)
    return said.decode("utf-8", "replace")


def events(place: Path) -> list[str]:
    with closing(sqlite3.connect(place / "ledger.db", timeout=30)) as ledger:
        return [kind for (kind,) in ledger.execute("SELECT kind FROM events ORDER BY seq")]


def test_it_tells_how_much_is_read_how_fast_and_how_long_it_will_take(place: Path) -> None:
    process, ours = begun(place, "--json", whom="nobody@firm-mail.com")
    said = said_by(process, ours)
    assert process.returncode == 0, said
    size = (place / "exports" / "notes.csv").stat().st_size / 1e6
    assert f"{size:,.1f} of {size:,.1f} MB" in said
    assert "MB/s" in said
    assert "0:00:00 left" in said


@pytest.mark.parametrize(
    ("use", "pause"), [("--package", 0.0), pytest.param("--proof", 0.5, marks=pytest.mark.attack)]
)
def test_an_interrupt_leaves_nothing_half_written_and_says_so(
    use: str, pause: float, place: Path, tmp_path: Path
) -> None:
    process, ours = begun(place, use, *([str(tmp_path / "out")] if use == "--package" else []))
    end = time.monotonic() + 60
    while events(place)[-1:] != ["trace_begun"] and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(pause)
    process.send_signal(signal.SIGINT)
    said = said_by(process, ours)
    assert (process.returncode, "Interrupted." in said) == (130, True), said
    assert "Traceback" not in said
    assert not list(tmp_path.iterdir())
    assert not list((place / "reports").glob("*"))
    with vitrail.open(place) as workspace:
        assert workspace.verify_ledger().ok
        workspace.trace(["nobody@firm-mail.com"], **CASE)  # so that the next one begins anew

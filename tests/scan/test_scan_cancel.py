"""A scan ends within two seconds of Ctrl-C or of a cancel in the ledger, whatever it is at.

Measured through the command line, at each phase: looking at thousands of columns, reading a packed
file that unpacks slowly, the models at work, writing the documents.
"""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import platformdirs
import psutil
import pytest

import vitrail

RUN = "scan-cancelled"

Write = Callable[[Path], None]


def _wide(columns: int, rows: int) -> Write:
    def write(folder: Path) -> None:
        head = ",".join(f"metric_{n}" for n in range(columns))
        line = ",".join(f"user{n}@example-mail.org" for n in range(columns))
        (folder / "wide.csv").write_text("\n".join([head, *[line] * rows]))

    return write


def _packed(megabytes: int) -> Write:
    """One line in a million of its bytes once packed: it unpacks for long and says little."""

    def write(folder: Path) -> None:
        chance = random.Random(4)
        words = ["order", "late", "again", "zoe.m@example-mail.org", "parcel", "the"]
        lines = "".join(f"{n},{' '.join(chance.choices(words, k=8))}\n" for n in range(20_000))
        with gzip.open(folder / "packed.csv.gz", "wt", compresslevel=1) as file:
            file.write("id,note\n")
            for _ in range(megabytes * 1_000_000 // len(lines)):
                file.write(lines)

    return write


def _texts(folder: Path) -> None:
    firsts = ("Anna", "Pierre", "Martina", "Oliver", "Sophie", "Carlos")
    with (folder / "texts.csv").open("w") as file:
        file.write("id,note\n")
        for n in range(60_000):
            file.write(f"{n},Please ask {firsts[n % 6]} Schneider{n} about parcel {n} in Lyon.\n")


def _is_planning(out: Path) -> bool:
    return not (out / "run.json").exists()


def _is_at_work(out: Path) -> bool:
    return (out / "journal").is_dir()


def _is_finishing(out: Path) -> bool:
    return (out / "columns.json").exists() or (out / ".columns.json.half").exists()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    place = tmp_path / "ws"
    (place / "exports").mkdir(parents=True)
    (place / "vitrail.toml").write_text("")
    return place


def seconds_to_cancel(place: Path, how: str, phase: Callable[[Path], bool], *more: str,
                      wait: float = 0.0) -> float:  # fmt: skip
    """Starts a scan, cancels it ``wait`` seconds into a phase, and times its end."""
    with vitrail.open(place) as house:
        out = place / "runs" / RUN
        child = subprocess.Popen(
            [sys.executable, "-m", "vitrail", "scan", "-C", str(place), "--run-id", RUN, *more],
            env={**os.environ, "XDG_CACHE_HOME": str(platformdirs.user_cache_path())},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        try:
            while not house.runs() or not phase(out):
                assert child.poll() is None, "the scan ended before it could be cancelled"
                time.sleep(0.01)
            time.sleep(wait)
            workers = psutil.Process(child.pid).children(recursive=True)
            asked = time.monotonic()
            if how == "ledger":
                house.cancel_run(RUN)
            else:
                child.send_signal(signal.SIGINT)
            took = _until_over(child, house) - asked
        finally:
            child.kill()
            _, told = child.communicate()
        late = phase is _is_finishing and child.returncode == 1  # what was asked came after all
        assert late or child.returncode == 130, told.decode()
        assert b"Traceback" not in told
        _, alive = psutil.wait_procs(workers, timeout=1)
        assert not [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]
        assert [run.state.value for run in house.runs()] == ["done" if late else "cancelled"]
    return took


def _until_over(child: subprocess.Popen[bytes], house: vitrail.Workspace) -> float:
    """When the process has ended; or, where what was asked came after all, its run."""
    done = None
    while child.poll() is None:
        if done is None and house.runs()[0].state.value == "done":
            done = time.monotonic()
        time.sleep(0.02)
    return done or time.monotonic()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["ledger", pytest.param("Ctrl-C", marks=pytest.mark.attack)])
def test_a_scan_that_is_still_planning_is_cancelled(workspace: Path, how: str) -> None:
    _wide(3_000, 40)(workspace / "exports")
    assert seconds_to_cancel(workspace, how, _is_planning, "--names", "off", wait=0.3) < 2


PHASES = {
    "planning 7,000 columns": (_wide(7_000, 200), _is_planning, "off", 1.0),
    "scanning 7,000 columns": (_wide(7_000, 600), _is_at_work, "off", 2.0),
    "finishing 7,000 columns": (_wide(7_000, 20), _is_finishing, "off", 0.0),
    "reading a packed file": (_packed(400), _is_at_work, "off", 3.0),
    "planning a packed file": (_packed(400), _is_planning, "off", 0.2),
    "the models at work": (_texts, _is_at_work, "all", 6.0),
}


@pytest.mark.attack
@pytest.mark.timeout(600)
@pytest.mark.parametrize("how", ["ledger", "Ctrl-C"])
@pytest.mark.parametrize("phase", PHASES)
def test_a_scan_is_cancelled_within_two_seconds_at_every_phase(
    workspace: Path, how: str, phase: str, record_property: Callable[[str, object], None]
) -> None:
    write, begun, names, wait = PHASES[phase]
    write(workspace / "exports")
    took = seconds_to_cancel(workspace, how, begun, "--names", names, wait=wait)
    record_property("seconds", round(took, 2))
    assert took < 2

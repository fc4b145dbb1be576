"""Ctrl-C reaches the command, whatever the libraries under it do with the signal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[2]

_BEGIN = """
import os, signal, sys, threading, time
from vitrail.cli.interrupts import Interrupts

def press(after):
    threading.Timer(after, os.kill, [os.getpid(), signal.SIGINT]).start()

interrupts = Interrupts()
"""


def _told(script: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _BEGIN + script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_interrupt_that_a_library_swallows_comes_again(tmp_path):
    told = _told(
        """
try:
    with interrupts.heeded():
        press(0.2)
        try:
            time.sleep(30)
        except KeyboardInterrupt:
            pass
        time.sleep(30)
except KeyboardInterrupt:
    print("left")
""",
        tmp_path,
    )
    assert told == "left\n"


def test_an_interrupt_that_falls_into_a_callback_comes_again(tmp_path):
    told = _told(
        """
class Slow:
    def __del__(self):
        time.sleep(1)
try:
    with interrupts.heeded():
        press(0.2)
        slow = Slow()
        del slow
        time.sleep(30)
except KeyboardInterrupt:
    print("left")
""",
        tmp_path,
    )
    assert told == "left\n"


def test_an_interrupt_waits_until_the_module_being_loaded_is_whole(tmp_path):
    """Else the lock on all imports may stay held, and another thread's import never ends."""
    lines = "for _ in range(10): time.sleep(0.05)\n"
    (tmp_path / "slowly_loaded.py").write_text(f"import time\n{lines}WHOLE = True\n")
    told = _told(
        """
sys.path.insert(0, "")
try:
    with interrupts.heeded():
        press(0.2)
        import slowly_loaded
        time.sleep(30)
except KeyboardInterrupt:
    print(slowly_loaded.WHOLE)
""",
        tmp_path,
    )
    assert told == "True\n"


def test_what_cleans_up_after_an_interrupt_is_not_interrupted_by_its_repetition(tmp_path):
    told = _told(
        """
try:
    with interrupts.heeded():
        press(0.2)
        try:
            time.sleep(30)
        finally:
            time.sleep(0.5)
            print("clean")
except KeyboardInterrupt:
    print("left")
""",
        tmp_path,
    )
    assert told == "clean\nleft\n"


def test_an_interrupt_while_a_database_answers_is_no_error_of_the_database(tmp_path):
    told = _told(
        """
import adbc_driver_sqlite.dbapi
from contextlib import closing
from vitrail.exports.formats.adbc import stream
numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000) "
try:
    with (
        interrupts.heeded(),
        closing(adbc_driver_sqlite.dbapi.connect(":memory:")) as database,
        closing(database.cursor()) as cursor,
    ):
        press(0.2)
        for _ in range(50):
            stream(cursor, numbers + "SELECT count(*) FROM n").read_all()
except KeyboardInterrupt:
    print("left")
""",
        tmp_path,
    )
    assert told == "left\n"

"""What a run is doing now: begun, beating, cancelled, ended, or dead without a word."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ledger.conftest import KEY
from vitrail.errors import UsageError
from vitrail.ledger import Ledger
from vitrail.model import Progress, RunState

HOUSE = Path(__file__).parents[2]

HALF = Progress(50, 100, rows=10, cells=80, hits=3, seconds=2.0, current="crm.xlsx · Clients")


def test_a_run_is_followed_from_its_beginning_to_its_end(ledger: Ledger, place: Path) -> None:
    ledger.start_run("scan-1", place.parent / "runs/scan-1", os.getpid(), "amelie", "scan")
    ledger.beat("scan-1", HALF)
    (run,) = ledger.runs()
    assert (run.id, run.kind, run.actor, run.state) == ("scan-1", "scan", "amelie", "running")
    assert run.directory == str(place.parent / "runs/scan-1")
    assert run.progress == HALF
    assert run.beat_at is not None
    ledger.finish_run("scan-1", RunState.DONE, {"hits": 3, "seconds": 4.5})
    (run,) = ledger.runs()
    assert (run.state, run.summary) == (RunState.DONE, {"hits": 3, "seconds": 4.5})
    assert run.ended_at is not None
    kinds = [(e.kind, e.actor) for e in ledger.events(after=1)]
    assert kinds == [("run_begun", "amelie"), ("run_ended", "amelie")], "a beat is no event"


def test_a_run_is_asked_to_stop(ledger: Ledger) -> None:
    ledger.start_run("scan-1", "/elsewhere", os.getpid(), "amelie", "scan")
    assert not ledger.cancel_requested("scan-1")
    ledger.request_cancel("scan-1", "bruno")
    assert ledger.cancel_requested("scan-1")
    assert ledger.runs()[0].cancel_requested
    assert ledger.events()[-1].actor == "bruno"


def test_a_run_whose_process_is_gone_reads_failed(ledger: Ledger) -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    ledger.start_run("scan-1", "/elsewhere", child.pid, "amelie", "scan")
    assert ledger.runs()[0].state is RunState.RUNNING
    child.kill()
    child.wait()
    assert ledger.runs()[0].state is RunState.FAILED


def test_a_run_whose_process_number_was_given_to_another_reads_failed(ledger: Ledger) -> None:
    begun = {"run": "scan-1", "run_kind": "scan", "pid": os.getpid(), "pid_started": 1_000_000.0}
    ledger.append("run_begun", "amelie", begun)
    assert ledger.runs()[0].state is RunState.FAILED


def test_a_run_cut_short_goes_on_under_its_own_name(ledger: Ledger) -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    ledger.start_run("scan-1", "/elsewhere", child.pid, "amelie", "scan")
    ledger.request_cancel("scan-1", "amelie")
    ledger.start_run("scan-1", "/elsewhere", os.getpid(), "amelie", "scan")
    (run,) = ledger.runs()
    assert (run.state, run.pid, run.cancel_requested) == (RunState.RUNNING, os.getpid(), False)


def test_a_living_run_is_not_begun_twice(ledger: Ledger) -> None:
    ledger.start_run("scan-1", "/elsewhere", os.getppid(), "amelie", "scan")
    with pytest.raises(UsageError, match=f"going on, in process {os.getppid()}"):
        ledger.start_run("scan-1", "/elsewhere", os.getpid(), "amelie", "scan")


ELSEWHERE = """
import os, socket, sys
socket.gethostname = lambda: "another-machine"
from vitrail.ledger import Ledger
with Ledger.open(sys.argv[1], sys.argv[2], home=sys.argv[3]) as ledger:
    ledger.start_run("scan-1", "/elsewhere", os.getpid(), "bruno", "scan")
    print("begun", flush=True)
    input()
"""


@contextmanager
def another_machine(address: Path | str, home: Path) -> Iterator[subprocess.Popen[str]]:
    """A machine of another name that has begun the run ``scan-1``; killed at the end."""
    arguments = [sys.executable, "-c", ELSEWHERE, str(address), KEY, str(home)]
    child = subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOUSE
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
        yield child
    finally:
        child.kill()
        child.wait()


def test_a_run_of_another_machine_lives_as_long_as_it_is_heard_of(
    ledger: Ledger, address: Path | str, place: Path, tamper: Callable[..., None]
) -> None:
    with another_machine(address, place.parent):
        assert ledger.runs()[0].state is RunState.RUNNING
        with pytest.raises(UsageError, match="already going on, on another machine"):
            ledger.start_run("scan-1", "/elsewhere", os.getpid(), "amelie", "scan")
        ledger.request_cancel("scan-1", "amelie")
    assert ledger.runs()[0].state is RunState.RUNNING, "its process is not to be seen from here"
    ago = "2026-01-01T00:00:00+00:00"
    tamper(f"UPDATE runs SET beat_at = '{ago}', pid = {os.getpid()}, pid_started = NULL")
    assert ledger.runs()[0].state is RunState.FAILED, "a process here of that number is another"
    ledger.start_run("scan-1", "/elsewhere", os.getpid(), "amelie", "scan")
    assert ledger.runs()[0].state is RunState.RUNNING


def test_a_run_that_tells_nothing_of_its_progress_gives_signs_of_life(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vitrail.ledger.pulse.EVERY", 0.05)
    ledger.start_run("cycle-1", "/elsewhere", os.getpid(), "amelie", "cycle")
    begun = ledger.runs()[0].beat_at
    end = time.monotonic() + 10
    while ledger.runs()[0].beat_at == begun and time.monotonic() < end:
        time.sleep(0.05)
    ledger.finish_run("cycle-1", RunState.DONE, {})
    time.sleep(0.2)
    last = ledger.runs()[0].beat_at
    assert begun is not None and last is not None and last > begun
    time.sleep(0.3)
    assert ledger.runs()[0].beat_at == last, "one that has ended gives none"


def test_runs_come_newest_first(ledger: Ledger) -> None:
    for name in ("a", "b", "c"):
        ledger.start_run(name, "/elsewhere", os.getpid(), "amelie", "scan")
    assert [run.id for run in ledger.runs()] == ["c", "b", "a"]


def test_a_run_that_was_never_begun_is_told(ledger: Ledger) -> None:
    for call in (
        lambda: ledger.finish_run("x", RunState.DONE, {}),
        lambda: ledger.request_cancel("x", "amelie"),
        lambda: ledger.cancel_requested("x"),
    ):
        with pytest.raises(UsageError, match="knows no run x"):
            call()
    assert len(ledger.events()) == 1


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_workspace_can_be_moved_with_its_runs(ledger: Ledger, place: Path) -> None:
    ledger.start_run("scan-1", place.parent / "runs/scan-1", os.getpid(), "amelie", "scan")
    ledger.close()
    moved = place.parent.rename(place.parent.with_name("moved"))
    with Ledger.open(moved / "ledger.db", "5ca1ab1e5ca1ab1e") as again:
        assert again.runs()[0].directory == str(moved / "runs/scan-1")


def test_where_a_run_lies_and_how_far_it_is_are_in_no_event(ledger: Ledger) -> None:
    """A folder or a file may bear a person's name; the chain is kept for good."""
    ledger.start_run("scan-1", "/home/jeanne-martin/x", os.getpid(), "amelie", "scan")
    ledger.beat("scan-1", replace(HALF, current="jeanne-martin.csv"))
    ledger.finish_run("scan-1", RunState.FAILED, {"fault": "OSError"})
    assert "jeanne" not in repr(ledger.events())

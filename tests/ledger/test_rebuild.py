"""The state is what the events add up to: added up anew, it is the same."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vitrail.errors import UsageError
from vitrail.ledger import Ledger
from vitrail.model import Decision, Disposition, Finding, Progress, RunState

KEY = "5ca1ab1e5ca1ab1e"


@pytest.fixture
def address(place: Path) -> Path:
    """What is said here is of SQLite's file; ``test_postgres.py`` says the like of a server."""
    return place


Make = Callable[..., Finding]
NAMES = st.sampled_from("abcd")
EVERYTHING = frozenset("abcd")
STEPS = st.one_of(
    st.tuples(st.just("scan"), st.sets(NAMES), st.booleans()),
    st.tuples(st.just("decide"), NAMES, st.sampled_from(Decision)),
    st.tuples(st.just("run"), NAMES, st.sampled_from(["begin", "cancel", "done", "failed"])),
)


def take(ledger: Ledger, step: tuple[Any, ...], finding: Make) -> None:
    """One step of a life that may make no sense; what the ledger refuses changes nothing."""
    kind, what, how = step
    try:
        if kind == "scan":
            found = [finding(name) for name in sorted(what)]
            examined = EVERYTHING if how else ()
            ledger.record_findings("r1", found, examined=examined)
        elif kind == "decide":
            ledger.dispose(Disposition(what, how, "A reason.", "amelie", datetime.now(UTC)))
        elif how == "begin":
            ledger.start_run(what, "runs/x", os.getpid(), "amelie", "scan")
        elif how == "cancel":
            ledger.request_cancel(what, "amelie")
        else:
            ledger.finish_run(what, RunState(how), {"hits": 1})
    except UsageError:
        pass


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, max_size=12))
def test_whatever_was_done_the_state_added_up_anew_is_the_same(
    finding: Make, state_of: Callable[[Path], Any], steps: list[Any]
) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "ledger.db"
        with Ledger.open(place, KEY) as ledger:
            for step in steps:
                take(ledger, step, finding)
            before = state_of(place)
            ledger.rebuild_state()
            assert state_of(place) == before
            assert ledger.verify().ok


def test_a_state_that_was_lost_or_changed_is_added_up_from_the_events(
    ledger: Ledger, finding: Make, place: Path
) -> None:
    ledger.record_findings("r1", [finding("a"), finding("b")])
    for name, decision in (("a", Decision.DISMISS), ("b", Decision.CONFIRM)):
        ledger.dispose(Disposition(name, decision, "A reason.", "amelie", datetime.now(UTC)))
    ledger.start_run("scan-1", place.parent / "runs/scan-1", os.getpid(), "amelie", "scan")
    ledger.beat("scan-1", Progress(1, 2, 3, 4, 5, 6.0))
    before, runs = ledger.findings(), ledger.runs()
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("UPDATE standings SET decision = 'reopen' WHERE finding = 'a'")
        other.execute("DELETE FROM standings WHERE finding = 'b'")
        other.execute("UPDATE runs SET state = 'done'")
    assert ledger.findings() != before
    ledger.rebuild_state()
    assert ledger.findings() == before
    assert ledger.runs() == runs, "with its folder and progress, which no event tells"


def test_a_run_that_the_state_forgot_lies_where_runs_lie(ledger: Ledger, place: Path) -> None:
    ledger.start_run("scan-1", place.parent / "runs/scan-1", os.getpid(), "amelie", "scan")
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("DELETE FROM runs")
    ledger.rebuild_state()
    (run,) = ledger.runs()
    assert run.directory == str(place.parent / "runs" / "scan-1")

"""Many processes write at once and lose nothing; a killed one leaves a sound chain."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from vitrail.ledger import Ledger

KEY = "5ca1ab1e5ca1ab1e"

WRITER = """
import sys
from vitrail.ledger import Ledger
place, key, name, lines = sys.argv[1:]
with Ledger.open(place, key) as ledger:
    for number in range(int(lines)):
        event = ledger.append("denied", name, {"action": f"line{number}"})
        print(event.seq, event.hash, flush=True)
"""


def writer(address: Path | str, name: str, lines: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(address), KEY, name, str(lines)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_eight_processes_that_begin_and_fill_one_ledger_lose_nothing(address: Path | str) -> None:
    """None of them finds a ledger: they also race to create and migrate it."""
    writers = [writer(address, f"writer{number}", 50) for number in range(8)]
    answers = [process.communicate(timeout=120) for process in writers]
    assert [process.returncode for process in writers] == [0] * 8, [a[1] for a in answers]
    with Ledger.open(address, KEY) as ledger:
        events = ledger.events()
        assert ledger.verify().ok
    assert len(events) == 1 + 8 * 50
    assert Counter(e.actor for e in events[1:]) == {f"writer{n}": 50 for n in range(8)}
    for number in range(8):
        mine = [e.payload["action"] for e in events if e.actor == f"writer{number}"]
        assert mine == [f"line{n}" for n in range(50)]
    answered = {tuple(line.split()) for out, _ in answers for line in out.splitlines()}
    assert answered == {(str(e.seq), e.hash) for e in events[1:]}


@pytest.mark.parametrize("delay", [0.05, 0.3])
def test_a_writer_killed_amid_its_writes_leaves_a_sound_chain_with_all_it_was_answered(
    address: Path | str, delay: float
) -> None:
    Ledger.open(address, KEY).close()
    process = writer(address, "doomed", 100_000)
    assert process.stdout is not None
    answered = [process.stdout.readline()]
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    # a last line may be cut in half by the kill: it was not answered
    answered += [line for line in process.stdout.readlines() if line.endswith("\n")]
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    with Ledger.open(address, KEY) as ledger:
        assert ledger.verify().ok
        kept = {e.seq: e.hash for e in ledger.events()}
        for line in answered:
            number, digest = line.split()
            assert kept[int(number)] == digest
        assert ledger.append("denied", "amelie", {"action": "ask"}).seq == len(kept) + 1


def test_a_ledger_opened_twice_in_a_process_loses_nothing_beside_another_process(
    place: Path,
) -> None:
    """Closing any descriptor of a file gives up every POSIX lock that the process has on it."""
    with Ledger.open(place, KEY) as first:
        first.append("denied", "amelie", {"action": "before"})
        Ledger.open(place, KEY).close()
        assert writer(place, "another", 3).wait(timeout=60) == 0
        first.append("denied", "amelie", {"action": "after"})
        assert writer(place, "last", 1).wait(timeout=60) == 0
        assert first.verify().ok
    with Ledger.open(place, KEY) as ledger:
        assert ledger.verify().ok
        assert [e.actor for e in ledger.events()[1:]] == [
            "amelie", "another", "another", "another", "amelie", "last",
        ]  # fmt: skip


def test_a_ledger_carried_across_a_fork_goes_on_in_both(ledger: Ledger) -> None:
    child = os.fork()
    if child == 0:
        try:
            ledger.append("denied", "child", {"action": "ask"})
        finally:
            os._exit(0)
    ledger.append("denied", "parent", {"action": "ask"})
    os.waitpid(child, 0)
    assert {e.actor for e in ledger.events(after=1)} == {"child", "parent"}
    assert ledger.verify().ok

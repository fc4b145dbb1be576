"""The same question gives the same bytes, whatever threads, process or engine answer it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import vitrail.gate.store as gate_store
from vitrail.gate import FactStore, answer, parse_sql

QUESTIONS = (
    "SELECT country, count(DISTINCT person), count(*), SUM(amount), AVG(amount) FROM visits"
    " GROUP BY country",
    "SELECT week, device, count(DISTINCT person) FROM visits GROUP BY week, device",
    "SELECT month, OUTCOME(converted) FROM visits WHERE country = 'FR' GROUP BY month",
)

ASKED = """
    import sys
    from pathlib import Path
    from vitrail.gate import FactStore, answer, parse_sql
    from vitrail.keys import Keyring
    import vitrail.gate.store as gate_store

    gate_store._LOCKED_DOWN["threads"] = {threads}
    folder = Path({folder!r})
    store = FactStore.open(folder, folder / "queries")
    for question in {questions!r}:
        print(repr(answer(parse_sql(question, store), store, Keyring(bytes(range(32))))))
"""


def copied(house, folder: Path) -> Path:
    """The facts alone, without what was published before: each answer is reckoned anew."""
    shutil.copytree(house.directory, folder, ignore=shutil.ignore_patterns("published*"))
    return folder


def told(folder: Path, keys) -> list[str]:
    store = FactStore.open(folder, folder / "queries")
    return [repr(answer(parse_sql(question, store), store, keys)) for question in QUESTIONS]


@pytest.mark.parametrize("threads", [1, 4])
def test_with_one_thread_and_with_four(house, keys, tmp_path, monkeypatch, threads):
    expected = told(copied(house, tmp_path / "two"), keys)
    monkeypatch.setitem(gate_store._LOCKED_DOWN, "threads", threads)
    assert told(copied(house, tmp_path / str(threads)), keys) == expected


def test_in_another_process(house, keys, tmp_path):
    expected = told(copied(house, tmp_path / "here"), keys)
    folder = copied(house, tmp_path / "there")
    code = ASKED.format(threads=3, folder=str(folder), questions=QUESTIONS)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == expected

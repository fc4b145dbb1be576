"""``kill -9`` at any moment, through the command line: nothing is lost and nothing comes twice.

The moments are drawn with a seed: any instant of a run, a worker at work, the instant in which a
file is half written, the writing of the documents, and, in a workspace, the recording of what was
found. Three kills run with the suite, twenty and more with ``make attacks``.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs
import psutil
import pytest

import vitrail
from vitrail import scan


def write_exports(folder: Path, rows: int) -> None:
    """Files small and large, packed and not, and a database."""
    folder.mkdir(parents=True)
    for name in ("a.csv", "b.csv", "c.csv.gz"):
        lines = ["id,note,state"]
        for n in range(rows):
            note = (
                f"answer to {name[0]}{n}@example-mail.org" if n % 9 == 0 else f"order {n} is late"
            )
            lines.append(f"{n},{note},{('new', 'paid')[n % 2]}")
        text = "\n".join(lines).encode()
        (folder / name).write_bytes(gzip.compress(text, 1) if name.endswith("gz") else text)
    for n in range(12):
        (folder / f"small{n:02d}.csv").write_text(f"id,mail\n1,only{n}@example-mail.org\n")
    with sqlite3.connect(folder / "shop.sqlite") as db:
        db.execute("CREATE TABLE people (mail TEXT)")
        mails = ((f"p{n}@example-mail.org",) for n in range(rows // 10))
        db.executemany("INSERT INTO people VALUES (?)", mails)
    db.close()


@dataclass
class Attack:
    """Runs ``command`` (which goes on with what stands in ``out``) and kills it, ``kills`` times.

    ``quiet``: the folder of the undisturbed run. ``finished`` is called with each run that came to
    its end; the next one begins in a folder of its own.
    """

    command: Callable[[Path], list[str]]
    places: Callable[[int], Path]
    environment: dict[str, str]
    chance: random.Random
    seconds: float = 5.0
    told: list[str] = field(default_factory=list)

    def run(self, moments: list[str], finished: Callable[[Path], None]) -> None:
        left = list(moments)
        number, sessions = 0, 0
        while left:
            out = self.places(number)
            sessions += 1
            assert sessions < 6 * len(moments), self.told
            if self._session(out, left[0]):
                self.told.append(f"{left.pop(0)} after {len(_parts(out))} parts")
                continue
            finished(out)
            number += 1
        while self._session(self.places(number), "never"):
            pass
        finished(self.places(number))

    def _session(self, out: Path, moment: str) -> bool:
        """One session; whether it was struck before it came to its end."""
        child = subprocess.Popen(
            self.command(out), env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        begun, at = time.monotonic(), self.chance.uniform(0, self.seconds)
        process, struck = psutil.Process(child.pid), False
        while child.poll() is None:
            if not struck and self._is_now(moment, process, out, time.monotonic() - begun, at):
                struck = True
                if moment != "worker":
                    child.kill()
            time.sleep(0.001)
        _, told = child.communicate()
        killed = child.returncode == -signal.SIGKILL
        assert killed or child.returncode in (0, 1), told.decode()
        return killed or (struck and moment == "worker")

    def _is_now(
        self, moment: str, process: psutil.Process, out: Path, since: float, at: float
    ) -> bool:
        if moment == "any":
            return since >= at
        if moment == "worker":
            return since >= at and _kill_worker(process, self.chance)
        if moment == "half written":
            return any(p.name.endswith(".half") for p in out.rglob(".*"))
        if moment == "documents":
            return (out / "columns.json").exists()
        if moment == "recording":
            return scan.is_finished(out)
        return False


def _kill_worker(process: psutil.Process, chance: random.Random) -> bool:
    try:
        workers = [p for p in process.children(recursive=True) if "worker" in " ".join(p.cmdline())]
        if workers:
            chance.choice(workers).kill()
    except psutil.Error:
        return False
    return bool(workers)


def _parts(out: Path) -> list[Path]:
    return sorted((out / "journal").glob("part-*.json"))


def plain(directory: Path) -> tuple[Any, ...]:
    """All of a run's documents but what tells of time and name."""
    document = json.loads((directory / "run.json").read_text())
    for name in ("id", "started_at", "ended_at", "seconds"):
        del document[name]
    for file in document["inputs"]:
        del file["seconds"]
    return document, (directory / "columns.json").read_bytes()


def assert_same(directory: Path, quiet: Path) -> None:
    assert scan.read_hits(directory).equals(scan.read_hits(quiet))
    assert plain(directory) == plain(quiet)
    names = {p.name for p in directory.iterdir()} - {"minors.parquet"}  # the command writes it too
    assert names == {"hits.parquet", "columns.json", "run.json"}
    assert not [p for p in directory.rglob("*") if "half" in p.name]


def _environment(home: Path) -> dict[str, str]:
    """A home of our own, for the key; compiled patterns are those that all tests share."""
    cache = platformdirs.user_cache_path()
    return {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(cache)}


def _timed(command: list[str], environment: dict[str, str]) -> float:
    begun = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return time.monotonic() - begun


def attack_a_folder(tmp_path: Path, rows: int, moments: list[str], seed: int) -> Attack:
    """Kills scans without a workspace."""
    write_exports(tmp_path / "exports", rows)

    def command(out: Path) -> list[str]:
        return [
            sys.executable, "-m", "vitrail", "scan", str(tmp_path / "exports"), "--names", "off",
            "--jobs", "2", "--out", str(out), "--resume", "--fail-on", "never",
        ]  # fmt: skip

    environment = _environment(tmp_path / "home")
    quiet = tmp_path / "quiet"
    seconds = _timed(command(quiet), environment)
    attack = Attack(
        command, lambda n: tmp_path / f"out{n}", environment, random.Random(seed), seconds
    )
    attack.run(moments, lambda out: assert_same(out, quiet))
    return attack


def attack_a_workspace(tmp_path: Path, rows: int, moments: list[str], seed: int) -> Attack:
    """Kills scans of a workspace, whose ledger knows of them."""
    write_exports(tmp_path / "ws" / "exports", rows)
    (tmp_path / "ws" / "vitrail.toml").write_text("")
    runs = tmp_path / "ws" / "runs"

    def command(out: Path) -> list[str]:
        return [
            sys.executable, "-m", "vitrail", "scan", "-C", str(tmp_path / "ws"), "--names", "off",
            "--jobs", "2", "--run-id", out.name, "--resume", "--fresh", "--fail-on", "never",
        ]  # fmt: skip

    environment = _environment(tmp_path / "home")
    seconds = _timed(command(runs / "scan-quiet"), environment)
    known = _findings(tmp_path / "ws")

    def finished(out: Path) -> None:
        assert_same(out, runs / "scan-quiet")
        assert {f for f, *_ in _findings(tmp_path / "ws")} == {f for f, *_ in known}
        with vitrail.open(tmp_path / "ws") as workspace:
            states = {run.id: run.state.value for run in workspace.runs()}
            assert states[out.name] == "done"
            assert workspace.verify_ledger().ok
            assert {f.run for f in workspace.findings()} == {out.name}
        assert _findings(tmp_path / "ws") == known

    attack = Attack(
        command, lambda n: runs / f"scan-{n}", environment, random.Random(seed), seconds
    )
    attack.run(moments, finished)
    return attack


def _findings(place: Path) -> list[tuple[Any, ...]]:
    with vitrail.open(place) as workspace:
        return sorted((f.id, f.cells, f.values, f.status.value) for f in workspace.findings())


@pytest.mark.attack
def test_three_kills_of_a_workspace_scan_change_nothing(tmp_path: Path) -> None:
    attack_a_workspace(tmp_path, 4_000, ["any", "half written", "recording"], seed=11)


@pytest.mark.attack
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", [1, 2])
def test_twenty_kills_of_a_scan_change_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    moments = ["any"] * 11 + ["half written"] * 3 + ["documents"] * 3 + ["worker"] * 3
    chance.shuffle(moments)
    attack = attack_a_folder(tmp_path, 200_000, moments, seed)
    assert len(attack.told) == 20


@pytest.mark.attack
@pytest.mark.timeout(1200)
def test_twenty_kills_of_a_workspace_scan_change_nothing(tmp_path: Path) -> None:
    chance = random.Random(3)
    moments = (
        ["any"] * 10 + ["recording"] * 4 + ["documents"] * 2 + ["half written"] * 2 + ["worker"] * 2
    )
    chance.shuffle(moments)
    attack = attack_a_workspace(tmp_path, 120_000, moments, 3)
    assert len(attack.told) == 20

"""Killed, cancelled or out of disk, a run goes on where it stopped: nothing lost, nothing twice."""

from __future__ import annotations

import errno
import importlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pyarrow as pa
import pytest

from vitrail import scan
from vitrail.errors import KeyMismatch, Unwritable, UsageError
from vitrail.keys import Keyring
from vitrail.model import RunState, ScanRun
from vitrail.scan.parts import Parts, write_json

OPTIONS = scan.ScanOptions(names="off", jobs=2)
BLOCK = 128 << 10
ROWS = 16_000

CHILD = """
import sys
from pathlib import Path
from vitrail import scan
from vitrail.keys import Keyring
options = scan.ScanOptions(names="off", jobs=2)
scan.run(scan.plan([sys.argv[1]], options), Path(sys.argv[2]), Keyring(bytes(range(32))),
         run_id="scan-1", resume=True, block_bytes=int(sys.argv[3]))
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, big_csv: Callable[[Path, int], Path]) -> Path:
    return big_csv(tmp_path_factory.mktemp("exports") / "orders.csv", ROWS)


@pytest.fixture(scope="module")
def quiet(source: Path, tmp_path_factory: pytest.TempPathFactory, keys: Keyring) -> ScanRun:
    """The run that nobody disturbed: one process, tasks of another size."""
    plan = scan.plan([source], scan.ScanOptions(names="off", jobs=1))
    return scan.run(plan, tmp_path_factory.mktemp("quiet"), keys, run_id="scan-0")


@pytest.fixture
def every_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that looks up at every turn, so that a quick machine is caught at work too."""
    module = importlib.import_module("vitrail.scan.run")  # the package has a function of that name
    monkeypatch.setattr(module, "_TELL", 0.0)


def scanned(source: Path, directory: Path, keys: Keyring, **more: object) -> ScanRun:
    plan = scan.plan([source], OPTIONS)
    return scan.run(plan, directory, keys, run_id="scan-1", block_bytes=BLOCK, **more)  # type: ignore[arg-type]


def hits_of(run: ScanRun) -> pa.Table:
    return scan.read_hits(Path(run.directory))


def parts_of(directory: Path) -> list[Path]:
    return sorted((directory / "journal").glob("part-*.json"))


@pytest.mark.slow
def test_killed_at_any_moment_it_ends_with_the_same_hits(
    source: Path, quiet: ScanRun, tmp_path: Path, keys: Keyring
) -> None:
    out = tmp_path / "killed"
    chance = random.Random(5)
    kept = [0]
    for _ in range(2):
        child = subprocess.Popen([sys.executable, "-c", CHILD, source, out, str(BLOCK // 4)])
        workers = _workers_at_work(out, child, kept[-1])
        time.sleep(chance.uniform(0, 0.1))
        child.kill()
        child.wait()
        _, alive = psutil.wait_procs(workers, timeout=2)
        assert not [p for p in alive if _works(p)], "workers die with the run"
        kept.append(len(parts_of(out)))
    assert kept == sorted(set(kept)), "each session adds to what the last one left"
    run = scanned(source, out, keys, resume=True)
    assert run.state is RunState.DONE
    assert scan.read_hits(out).equals(hits_of(quiet))
    assert run.columns == quiet.columns
    assert [(i.name, i.rows, i.sha256) for i in run.inputs] == [
        (i.name, i.rows, i.sha256) for i in quiet.inputs
    ]
    assert not [p for p in out.rglob("*") if "half" in p.name]


def _works(process: psutil.Process) -> bool:
    """Whether it is more than an entry that nobody has reaped, as happens in containers."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _workers_at_work(out: Path, child: subprocess.Popen[bytes], kept: int) -> list[psutil.Process]:
    """The workers of a session, once it has finished a part of its own."""
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline and child.poll() is None:
        if len(parts_of(out)) > kept:
            return psutil.Process(child.pid).children(recursive=True)
        time.sleep(0.005)
    raise AssertionError("the run ended or stood still before it could be killed")


@pytest.mark.usefixtures("every_turn")
def test_a_cancel_is_answered_within_two_seconds_and_can_be_resumed(
    source: Path, quiet: ScanRun, tmp_path: Path, keys: Keyring
) -> None:
    asked: list[float] = []
    out = tmp_path / "out"

    def cancelled() -> bool:
        if len(parts_of(out)) >= 2 and not asked:
            asked.append(time.monotonic())
        return bool(asked)

    others = psutil.Process().children(recursive=True)
    run = scanned(source, out, keys, cancelled=cancelled)
    assert time.monotonic() - asked[0] < 2
    assert run.state is RunState.CANCELLED
    assert json.loads((out / "run.json").read_text())["state"] == "cancelled"
    assert not set(psutil.Process().children(recursive=True)) - set(others)
    done = len(parts_of(out))
    again = scanned(source, out, keys, resume=True)
    assert done >= 2
    assert again.state is RunState.DONE
    assert scan.read_hits(out).equals(hits_of(quiet))


@pytest.mark.usefixtures("every_turn")
def test_progress_rises_to_the_whole_with_a_rate_and_a_time_left(
    source: Path, quiet: ScanRun, tmp_path: Path, keys: Keyring
) -> None:
    told = []
    scanned(source, tmp_path / "out", keys, progress=told.append)
    shares = [p.share for p in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert told[-1].rows == ROWS
    assert told[-1].cells == 4 * ROWS
    assert told[-1].cells_per_second > 0
    assert any(p.seconds_left is not None and p.current == "orders.csv" for p in told)


def test_hits_do_not_depend_on_jobs_or_on_the_size_of_tasks(
    source: Path, quiet: ScanRun, tmp_path: Path, keys: Keyring
) -> None:
    scanned(source, tmp_path / "many", keys)
    assert quiet.hits > 400
    assert scan.read_hits(tmp_path / "many").equals(hits_of(quiet))


@pytest.mark.attack
def test_names_are_found_alike_whatever_the_size_of_tasks(tmp_path: Path, keys: Keyring) -> None:
    source = tmp_path / "people.csv"
    firsts = ("Anna", "Pierre", "Martina", "Oliver", "Sophie", "Carlos", "Emma", "Lucas")
    lasts = ("Schneider", "Dupont", "Rossi", "Taylor", "Bernard", "Garcia", "Fischer", "Moreau")
    with source.open("w") as file:
        file.write("first name,note\n")
        for n in range(600):
            note = f"Please ask {firsts[n % 8]} {lasts[n // 8 % 8]} about parcel {n}."
            text = note if n % 3 else "The parcel came back again today."
            file.write(f"{firsts[n % 7]},{text}\n")
    plan = scan.plan([source], scan.ScanOptions(names="auto", languages=("en",)))
    for name, size in (("coarse", 1 << 20), ("fine", 1500)):
        scan.run(plan, tmp_path / name, keys, run_id=name, block_bytes=size)
    coarse = scan.read_hits(tmp_path / "coarse")
    assert coarse.equals(scan.read_hits(tmp_path / "fine"))
    persons = [h for h in coarse.to_pylist() if h["entity_type"] == "PERSON"]
    assert len([h for h in persons if h["column"] == "first name"]) == 600
    assert len([h for h in persons if h["column"] == "note"]) > 300


def _first_made() -> list[psutil.Process]:
    """The process that workers are forked from."""
    return [p for p in psutil.Process().children() if "runners.worker" in " ".join(p.cmdline())]


def _forked() -> list[psutil.Process]:
    return [worker for process in _first_made() for worker in process.children()]


@pytest.mark.parametrize(
    "which",
    [
        pytest.param(_forked, marks=pytest.mark.attack),
        pytest.param(_first_made, marks=pytest.mark.attack),
        lambda: _forked() + _first_made(),
    ],
)
@pytest.mark.usefixtures("every_turn")
def test_a_worker_that_is_killed_is_replaced_and_its_rows_are_not_lost(
    source: Path,
    quiet: ScanRun,
    tmp_path: Path,
    keys: Keyring,
    which: Callable[[], list[psutil.Process]],
) -> None:
    out = tmp_path / "out"
    killed: list[int] = []
    others = set(psutil.Process().children(recursive=True))

    def kill_one() -> bool:
        if not killed and parts_of(out):
            for process in set(which()) - others:
                killed.append(process.pid)
                process.kill()
        return False

    run = scanned(source, out, keys, cancelled=kill_one)
    assert killed
    assert run.state is RunState.DONE
    assert run.unreadable == ()
    assert scan.read_hits(out).equals(hits_of(quiet))


@pytest.fixture
def begun(exports: Path, tmp_path: Path, keys: Keyring) -> Iterator[tuple[Path, Path]]:
    """A run that was cancelled before its first task."""
    out = tmp_path / "out"
    plan = scan.plan([exports], OPTIONS)
    run = scan.run(plan, out, keys, run_id="scan-1", cancelled=lambda: True)
    assert run.state is RunState.CANCELLED
    yield exports, out


def test_another_key_does_not_go_on_with_a_run(begun: tuple[Path, Path]) -> None:
    exports, out = begun
    plan = scan.plan([exports], OPTIONS)
    with pytest.raises(KeyMismatch, match="another key"):
        scan.run(plan, out, Keyring(bytes(32)), run_id="scan-1", resume=True)


def test_other_options_do_not_go_on_with_a_run(begun: tuple[Path, Path], keys: Keyring) -> None:
    exports, out = begun
    plan = scan.plan([exports], scan.ScanOptions(names="off", min_score=0.41))
    with pytest.raises(UsageError, match="other options"):
        scan.run(plan, out, keys, run_id="scan-1", resume=True)


def test_changed_inputs_do_not_go_on_with_a_run(begun: tuple[Path, Path], keys: Keyring) -> None:
    exports, out = begun
    (exports / "contacts.csv").write_text("id,email\n1,other@example-mail.org\n")
    with pytest.raises(UsageError, match="inputs have changed"):
        scan.run(scan.plan([exports], OPTIONS), out, keys, run_id="scan-1", resume=True)


def test_more_jobs_may_go_on_with_a_run(begun: tuple[Path, Path], keys: Keyring) -> None:
    exports, out = begun
    plan = scan.plan([exports], scan.ScanOptions(names="off", jobs=1))
    run = scan.run(plan, out, keys, run_id="scan-1", resume=True)
    assert run.state is RunState.DONE


def test_a_finished_run_is_not_done_again(exports: Path, tmp_path: Path, keys: Keyring) -> None:
    plan = scan.plan([exports], OPTIONS)
    run = scan.run(plan, tmp_path / "out", keys, run_id="scan-1")
    stamp = (tmp_path / "out" / "run.json").stat().st_mtime_ns
    assert scan.run(plan, tmp_path / "out", keys, run_id="scan-1", resume=True) == run
    assert (tmp_path / "out" / "run.json").stat().st_mtime_ns == stamp


def test_without_resume_a_scan_replaces_the_one_that_stood_there(
    exports: Path, tmp_path: Path, keys: Keyring
) -> None:
    scan.run(scan.plan([exports], OPTIONS), tmp_path / "out", keys, run_id="scan-1")
    dull = tmp_path / "dull.csv"
    dull.write_text("a,b\n1,x\n")
    run = scan.run(scan.plan([dull], OPTIONS), tmp_path / "out", keys, run_id="scan-2")
    assert (run.id, run.hits) == ("scan-2", 0)
    assert scan.read_hits(tmp_path / "out").num_rows == 0


def test_a_full_disk_is_told_plainly_and_leaves_nothing_half_written(
    source: Path, quiet: ScanRun, small_disk: Callable[[str], Path], keys: Keyring
) -> None:
    disk = small_disk("160k")
    with pytest.raises(Unwritable, match="disk is full") as caught:
        scanned(source, disk / "out", keys)
    assert "--resume" in caught.value.remedy
    assert not [p for p in (disk / "out").rglob("*") if "half" in p.name]
    counted = {p.stem for p in parts_of(disk / "out")}
    assert counted
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
    run = scanned(source, disk / "out", keys, resume=True)
    assert run.state is RunState.DONE
    assert scan.read_hits(disk / "out").equals(hits_of(quiet))


def test_a_file_that_cannot_be_written_whole_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unwritable, match="disk is full"):
        write_json(tmp_path / "run.json", {"a": 1})
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_session_left_half_done_is_cleared_away(tmp_path: Path) -> None:
    parts = Parts(tmp_path, "aaaaaa")
    parts.prepare(keep=True)
    from vitrail.scan.hits import HITS_SCHEMA

    parts.write("00000-000000000000", HITS_SCHEMA.empty_table(), {"items": []})
    (tmp_path / "hits.parquet" / "part-00000-000000000007-bbbbbb.parquet").write_bytes(b"orphan")
    (tmp_path / "journal" / ".part-x.json.half").write_text("{")
    records = Parts(tmp_path, "cccccc").prepare(keep=True)
    assert len(records) == 1
    assert list((tmp_path / "hits.parquet").iterdir()) == []
    assert len(list((tmp_path / "journal").iterdir())) == 1


def test_a_scan_needs_no_network(source: Path, tmp_path: Path) -> None:
    unshare = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-rn"]
    if subprocess.run([*unshare, "true"], capture_output=True).returncode:
        pytest.skip("network namespaces are not allowed here")
    command = [*unshare, sys.executable, "-c", CHILD, str(source), str(tmp_path / "out"), "9999999"]
    assert subprocess.run(command, timeout=250).returncode == 0
    assert scan.load(tmp_path / "out").hits > 0

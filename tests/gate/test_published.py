"""What was published is kept under its meaning, by several processes at once, and cheaply."""

from __future__ import annotations

import multiprocessing
import stat
import threading
import time

from vitrail.gate.published import FILE_NAME, Published, digest

KEY = ("activity", "release", (("country", "FR"),), "2026-01-05", "2026-01-11", "persons")


def test_the_first_that_was_published_is_kept(tmp_path):
    kept = Published(tmp_path)
    kept.record({digest(KEY): '{"value": 120}'})
    kept.record({digest(KEY): '{"value": 125}'})
    assert Published(tmp_path).lookup([KEY]) == {digest(KEY): '{"value": 120}'}
    assert kept.knows(KEY)
    assert not kept.knows((*KEY, "other"))


def test_what_one_table_withheld_and_another_told_counts_as_told(tmp_path):
    kept = Published(tmp_path)
    kept.record({digest(KEY): "null"})
    kept.record({digest(KEY): '{"value": 120}'})
    kept.record({digest(KEY): "null"})
    assert list(kept.lookup([KEY]).values()) == ['{"value": 120}']


def test_only_its_owner_may_read_the_file(tmp_path):
    Published(tmp_path).record({digest(KEY): "null"})
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def _write(folder, worker: int) -> None:
    kept = Published(folder)
    for i in range(100):
        kept.record({digest((worker, i, j)): str(worker) for j in range(5)})
        kept.record({digest(("shared", i)): str(worker)})


def test_processes_and_threads_write_at_once_and_lose_nothing(tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write, args=(tmp_path, w)) for w in range(2)]
    threads = [threading.Thread(target=_write, args=(tmp_path, w)) for w in (2, 3)]
    for worker in (*workers, *threads):
        worker.start()
    for worker in (*workers, *threads):
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    kept = Published(tmp_path)
    keys = [(w, i, j) for w in range(4) for i in range(100) for j in range(5)]
    assert len(kept.lookup(keys)) == 2000
    assert len(kept.lookup([("shared", i) for i in range(100)])) == 100


def test_recording_a_table_costs_milliseconds_and_asking_again_next_to_nothing(tmp_path):
    """Generous by an order of magnitude: the machine may be busy."""
    kept = Published(tmp_path)
    kept.record({digest(("warm",)): "null"})
    tables = [{digest((t, row)): '{"value": 120.0}' for row in range(20)} for t in range(50)]
    started = time.perf_counter()
    for table in tables:
        kept.record(table)
    assert (time.perf_counter() - started) / len(tables) < 0.02
    started = time.perf_counter()
    assert all(kept.knows((t, 0)) for t in range(50) for _ in range(10))
    assert (time.perf_counter() - started) / 500 < 0.005

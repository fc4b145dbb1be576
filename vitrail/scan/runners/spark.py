"""Tasks worked off by Apache Spark, each as a job of ``mapInArrow`` around the same kernel.

The session is the one that the user's own configuration describes (``SPARK_REMOTE`` aside, which
has no jobs of its own); without one, Spark runs here on as many cores as the scan may take. Tasks
travel to the executors with the keys of the run, so the cluster must be trusted like this machine.
Hits come back to the driver, which alone writes the run's folder.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from vitrail.detect.automaton import cache_folder
from vitrail.errors import UsageError
from vitrail.scan.parts import Parts
from vitrail.scan.runners import Outcome
from vitrail.scan.tasks import Task
from vitrail.scan.work import Setup, Work

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_ANSWER: Final = "record string, hits binary"


class SparkRunner:
    """As many jobs at a time as Spark has slots. One that fails, after Spark's own attempts,
    comes back without a record."""

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._session = _session(jobs)
        self._parts = Parts(setup.directory, setup.session)
        self._scan = _scanner(setup)
        slots: int = self._session.sparkContext.defaultParallelism
        self._pool = ThreadPoolExecutor(slots, "vitrail-spark")
        self._slots = slots
        self._tasks: dict[Future[dict[str, Any]], Task] = {}

    @property
    def busy(self) -> int:
        return len(self._tasks)

    @property
    def room(self) -> bool:
        return len(self._tasks) <= self._slots

    def submit(self, task: Task) -> None:
        self._tasks[self._pool.submit(self._do, task)] = task

    def wait(self, timeout: float) -> list[Outcome]:
        done, _ = wait(self._tasks, timeout, FIRST_COMPLETED)
        return [self._outcome(future) for future in done]

    def stop(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._session.sparkContext.cancelAllJobs()
        self._session.stop()

    def _do(self, task: Task) -> dict[str, Any]:
        packed = pa.table({"task": pa.array([task.to_bytes()], pa.binary())})
        frame = self._session.createDataFrame(packed)
        (answer,) = frame.mapInArrow(self._scan, _ANSWER).collect()
        with pa.ipc.open_stream(pa.py_buffer(answer.hits)) as reader:
            hits = reader.read_all()
        return self._parts.write(task.name, hits, json.loads(answer.record))

    def _outcome(self, future: Future[dict[str, Any]]) -> Outcome:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        task = self._tasks.pop(future)
        try:
            return Outcome(task, future.result())
        except (PySparkException, Py4JError):  # its words could quote a cell
            return Outcome(task, None)


def _scanner(setup: Setup) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What an executor runs. It may not hold what cannot be pickled."""
    data = pickle.dumps(setup, protocol=5)

    def scan(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from vitrail.scan.runners.spark import packed, work_of

        for batch in batches:
            for task in batch.column("task"):
                hits, record = work_of(data).scan(Task.from_bytes(task.as_py()))
                yield packed(hits, record)

    return scan


@lru_cache(maxsize=1)
def work_of(setup: bytes) -> Work:
    """One detector for all the tasks of a run in an executor's process."""
    pa.set_cpu_count(1)
    return Work(replace(pickle.loads(setup), cache=cache_folder()))  # noqa: S301 - from our driver


def packed(hits: pa.Table, record: dict[str, Any]) -> pa.RecordBatch:
    """An answer as one row."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, hits.schema) as writer:
        writer.write_table(hits)
    return pa.record_batch(
        {"record": [json.dumps(record)], "hits": pa.array([sink.getvalue().to_pybytes()])}
    )


def _session(jobs: int) -> SparkSession:
    """The session of the user's configuration, quiet; where there is none, a plain sentence."""
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")  # of pandas 3
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError(
            "--engine spark needs PySpark, which is not installed.",
            "Install it with `pip install 'vitrail[spark]'`, and Java 17 beside it.",
        ) from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("vitrail").config("spark.ui.enabled", "false")
    if "MASTER" not in os.environ and "SPARK_CONF_DIR" not in os.environ:
        builder = builder.master(f"local[{jobs}]")
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError):
        raise UsageError(
            "Spark did not start.",
            "It needs Java 17 (on Debian: apt-get install openjdk-17-jre-headless) and, for a "
            "cluster, its address in SPARK_CONF_DIR; `--engine local` needs neither.",
        ) from None
    session.sparkContext.setLogLevel("OFF")  # an executor's error could quote a cell
    return session

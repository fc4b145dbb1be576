"""Tasks worked off by processes on this machine, one a core."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from pathlib import Path

import vitrail
from vitrail import errors
from vitrail.errors import VitrailError
from vitrail.scan.runners import Outcome
from vitrail.scan.tasks import Task
from vitrail.scan.work import Setup

_ROOT = str(Path(vitrail.__file__).parents[1])
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from vitrail.scan.runners.worker import main; main(int(sys.argv[2]))"
)
#: So many processes in a row may die before they are at work.
_STARTS = 4


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection
    task: Task | None = None
    ready: bool = False


class LocalRunner:
    """A pool of workers. One that dies is replaced, and its task comes back without a record."""

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = pickle.dumps(setup, protocol=5)
        self._stillborn = 0
        self._workers = [self._start() for _ in range(jobs)]

    @property
    def busy(self) -> int:
        return sum(worker.task is not None for worker in self._workers)

    @property
    def room(self) -> bool:
        return any(worker.task is None for worker in self._workers)

    def submit(self, task: Task) -> None:
        free = [worker for worker in self._workers if worker.task is None]
        worker = next((w for w in free if w.ready), free[0])
        worker.task = task
        if worker.ready:
            _send(worker, task)

    def wait(self, timeout: float) -> list[Outcome]:
        by_connection = {worker.connection: worker for worker in self._workers}
        outcomes = []
        for connection in wait_for(list(by_connection), timeout):
            worker = by_connection[connection]  # type: ignore[index]
            try:
                kind, payload = worker.connection.recv()
            except (EOFError, OSError):
                outcomes += self._replace(worker)
                continue
            if kind == "error":
                raise _error(*payload)
            if kind == "ready":
                worker.ready, self._stillborn = True, 0
                if worker.task is not None:
                    _send(worker, worker.task)
            elif worker.task is not None:
                outcomes.append(Outcome(worker.task, payload))
                worker.task = None
        return outcomes

    def stop(self) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.wait()
            worker.connection.close()
            if worker.process.stdin is not None:
                worker.process.stdin.close()
        self._workers = []

    def _start(self) -> _Worker:
        ours, theirs = Pipe()
        process = subprocess.Popen(
            [sys.executable, "-c", _START, _ROOT, str(theirs.fileno())],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # a library's warning could quote a cell
            pass_fds=[theirs.fileno()],
            env={**os.environ, "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"},
        )
        theirs.close()
        worker = _Worker(process, ours)
        worker.connection.send_bytes(self._setup)
        return worker

    def _replace(self, worker: _Worker) -> list[Outcome]:
        """Start another in the place of one that died; what it was at comes back."""
        worker.process.kill()
        worker.process.wait()
        worker.connection.close()
        new = self._workers[self._workers.index(worker)] = self._start()
        if worker.ready:
            return [] if worker.task is None else [Outcome(worker.task, None)]
        self._stillborn += 1
        if self._stillborn > _STARTS:
            raise VitrailError(
                "A scanning process could not start.",
                "Run `vitrail doctor`; with little memory, try --jobs 1.",
            )
        new.task = worker.task  # it has not come to that task yet
        return []


def _send(worker: _Worker, task: Task) -> None:
    try:
        worker.connection.send_bytes(task.to_bytes())
    except OSError:
        return  # it died; the next wait reads the end of its pipe


def _error(name: str, message: str, remedy: str) -> VitrailError:
    """A worker's error as the same error here."""
    kind = getattr(errors, name, VitrailError)
    if kind is errors.InputUnreadable:
        return errors.InputUnreadable("", message, remedy)
    error: VitrailError = kind(message, remedy)
    return error

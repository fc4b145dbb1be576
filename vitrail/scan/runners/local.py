"""Tasks worked off by processes on this machine, one a core."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for

from vitrail import errors
from vitrail.crew import Crew, Member
from vitrail.errors import VitrailError
from vitrail.scan.runners import Outcome
from vitrail.scan.tasks import Task
from vitrail.scan.work import Setup

#: So many processes in a row may die before they are at work.
_STARTS = 4


@dataclass(slots=True)
class _Worker:
    member: Member
    task: Task | None = None
    ready: bool = False


class LocalRunner:
    """A pool of workers. One that dies is replaced, and its task comes back without a record."""

    def __init__(self, setup: Setup, jobs: int, crew: Crew) -> None:
        self._setup = pickle.dumps(setup, protocol=5)
        self._crew = crew
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
            worker.member.tell(task.to_bytes())

    def wait(self, timeout: float) -> list[Outcome]:
        by_connection = {worker.member.connection: worker for worker in self._workers}
        outcomes = []
        for connection in wait_for(list(by_connection), timeout):
            worker = by_connection[connection]  # type: ignore[index]
            try:
                kind, payload = worker.member.connection.recv()
            except (EOFError, OSError):
                outcomes += self._replace(worker)
                continue
            if kind == "error":
                raise _error(*payload)
            if kind == "ready":
                worker.ready, self._stillborn = True, 0
                if worker.task is not None:
                    worker.member.tell(worker.task.to_bytes())
            elif worker.task is not None:
                outcomes.append(Outcome(worker.task, payload))
                worker.task = None
        return outcomes

    def stop(self) -> None:
        for worker in self._workers:
            worker.member.end()
        self._workers = []

    def _start(self) -> _Worker:
        worker = _Worker(self._crew.member())
        worker.member.tell(self._setup)
        return worker

    def _replace(self, worker: _Worker) -> list[Outcome]:
        """Start another in the place of one that died; what it was at comes back."""
        worker.member.end()
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


def _error(name: str, message: str, remedy: str) -> VitrailError:
    """A worker's error as the same error here."""
    kind = getattr(errors, name, VitrailError)
    if kind is errors.InputUnreadable:
        return errors.InputUnreadable("", message, remedy)
    error: VitrailError = kind(message, remedy)
    return error

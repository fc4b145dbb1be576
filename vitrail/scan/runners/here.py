"""Tasks worked off in this process."""

from __future__ import annotations

from vitrail.detect.detector import Detector
from vitrail.scan.runners import Outcome
from vitrail.scan.tasks import Task
from vitrail.scan.work import Setup, Work


class HereRunner:
    """One task at a time, done when it is waited for."""

    def __init__(self, setup: Setup, detector: Detector) -> None:
        self._work = Work(setup, detector)
        self._task: Task | None = None

    @property
    def busy(self) -> int:
        return int(self._task is not None)

    @property
    def room(self) -> bool:
        return self._task is None

    def submit(self, task: Task) -> None:
        self._task = task

    def wait(self, timeout: float) -> list[Outcome]:  # noqa: ARG002 - it has nothing to wait for
        if self._task is None:
            return []
        task, self._task = self._task, None
        return [Outcome(task, self._work.do(task))]

    def stop(self) -> None:
        self._task = None

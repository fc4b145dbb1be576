"""Where tasks are worked off. A runner is one small class; all give the same hits.

- :class:`~vitrail.scan.runners.local.LocalRunner`: a process a core
- :class:`~vitrail.scan.runners.here.HereRunner`: this process, for inputs smaller than the time
  that processes take to start
- :class:`~vitrail.scan.runners.spark.SparkRunner`: the executors of a Spark session
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from vitrail.scan.tasks import Task


@dataclass(frozen=True, slots=True)
class Outcome:
    """A task that has ended: with its record, or without one where its worker died."""

    task: Task
    record: dict[str, Any] | None


class Runner(Protocol):
    """Takes tasks, gives outcomes."""

    @property
    def busy(self) -> int:
        """How many tasks are under way."""

    @property
    def room(self) -> bool:
        """Whether it takes another task at once."""

    def submit(self, task: Task) -> None:
        """Start on a task; only where there is room."""

    def wait(self, timeout: float) -> list[Outcome]:
        """What has ended, after at most about ``timeout`` seconds."""

    def stop(self) -> None:
        """End at once; what is under way is lost, what has ended is on disk."""

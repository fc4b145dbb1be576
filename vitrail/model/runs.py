"""One scan: how far it is, what it read, what its columns hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vitrail.model.inputs import InputFile, InputStatus


class RunState(StrEnum):
    """What a run is doing."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is. ``total_bytes`` is an estimate until all inputs are open."""

    done_bytes: int
    total_bytes: int
    rows: int
    cells: int
    hits: int
    seconds: float
    current: str = ""

    @property
    def share(self) -> float:
        return min(1.0, self.done_bytes / self.total_bytes) if self.total_bytes else 0.0

    @property
    def cells_per_second(self) -> float:
        return self.cells / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """None until a twentieth of a percent is done; before that it would be a guess."""
        if self.share < 0.0005:
            return None
        return self.seconds * (1 - self.share) / self.share


@dataclass(frozen=True, slots=True)
class ColumnVerdict:
    """What a column as a whole holds, with the evidence; a row of ``columns.json``.

    ``unread``: cells of bytes that hold no text; ``examined`` does not count them.
    """

    dataset: str
    table: str | None
    column: str
    rows: int
    non_null: int
    distinct: int
    examined: int
    language: str | None
    verdict: str | None
    confidence: float
    hits: tuple[tuple[str, int], ...]
    reason: str = ""
    unread: int = 0


@dataclass(frozen=True, slots=True)
class ScanRun:
    """One scan: what was read, with what, and what came out; where the parts lie on disk.

    ``made_with``: options, models and recognisers, each with its name, as a report tells them.
    """

    id: str
    directory: str
    state: RunState
    started_at: datetime
    seconds: float
    inputs: tuple[InputFile, ...]
    columns: tuple[ColumnVerdict, ...]
    hits: int
    progress: Progress | None = None
    made_with: tuple[tuple[str, str], ...] = ()

    @property
    def unreadable(self) -> tuple[InputFile, ...]:
        """Inputs of which something could not be read: nothing, or but for what is told."""
        broken = (InputStatus.UNREADABLE, InputStatus.PARTLY)
        return tuple(i for i in self.inputs if i.status in broken)

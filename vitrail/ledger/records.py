"""What the ledger hands out: plain values, none of them tied to a database connection."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from vitrail.model import Progress, RunState


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run as the ledger knows it.

    ``directory`` is absolute. ``state`` reads FAILED where the ledger says RUNNING but the
    process is gone. ``summary`` holds figures (``hits``,
    ``seconds`` …) and the class of a ``fault``; empty until the end.
    """

    id: str
    kind: str
    actor: str
    directory: str
    pid: int
    state: RunState
    started_at: datetime
    ended_at: datetime | None = None
    progress: Progress | None = None
    beat_at: datetime | None = None
    cancel_requested: bool = False
    summary: dict[str, float | str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a walk along the chain found.

    ``head`` is the hash of the last good line: printed or mailed elsewhere, it is what shows a
    tail cut off later. ``first_bad`` is the number of the first line changed, removed or moved;
    ``problem`` says which, in a sentence.
    """

    ok: bool
    length: int
    head: str
    first_bad: int | None = None
    problem: str | None = None

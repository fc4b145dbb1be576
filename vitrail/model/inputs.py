"""What was read, and the proof of which bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class InputStatus(StrEnum):
    """What became of an input file. PARTLY: read to its end, but for rows that are not as they
    should be, or were read as well as could be; the reason names them.
    """

    SCANNED = "scanned"
    SAMPLED = "sampled"
    PARTLY = "partly read"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file (or database table) that was read, or could not be, and the proof of which.

    ``reused_from``: the run that read it, where its bytes have not changed since and what that
    run found was taken over.
    """

    name: str
    table: str | None
    sha256: str | None
    rows: int | None
    bytes: int | None
    seconds: float
    status: InputStatus
    reason: str | None = None
    remedy: str | None = None
    reused_from: str | None = None

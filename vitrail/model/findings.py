"""What a scan found, and what humans decided on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vitrail.model.severity import Severity


@dataclass(frozen=True, slots=True)
class Hit:
    """A value judged personal: its type, place, score, fingerprint and shape; never the value.

    ``start`` and ``end`` are Unicode code points, half open, in the cell as exported; ``row``
    counts from 0 in the file's order; ``path`` holds the index at each ``[]`` of the column.
    """

    dataset: str
    table: str | None
    column: str
    path: tuple[int, ...]
    row: int
    entity_type: str
    start: int
    end: int
    score: float
    recognizer: str
    fingerprint: str
    masked: str


class FindingStatus(StrEnum):
    """Where a finding is in its life: open → claimed fixed → verified → regressed.

    VERIFIED: claimed fixed, and a later scan that read all of it found none. GONE: not found
    again though nobody had claimed so. REGRESSED: found again after either, or after the claim.
    """

    OPEN = "open"
    CONFIRMED = "confirmed"
    CLAIMED = "claimed fixed"
    VERIFIED = "verified"
    DISMISSED = "dismissed"
    GONE = "gone"
    REGRESSED = "regressed"


class Change(StrEnum):
    """What the latest scan says of a finding beside what was known before it."""

    NEW = "new"
    STILL_THERE = "still there"
    REGRESSED = "regressed"
    GONE = "gone"
    NOT_EXAMINED = "not examined again"


@dataclass(frozen=True, slots=True)
class Finding:
    """The hits of one entity type in one column of one source, as one thing to decide on.

    ``id`` stays the same from run to run. ``expected``: the mapping declares that this column
    holds such data, so it is not stray. ``explanation`` says in words why it was flagged.
    ``new_values``: how many of ``values`` the scan before did not hold; None where no scan before
    can be compared with. ``until``: when a dismissal ends; ``proposed_by``: who would dismiss it
    and waits for a second person; ``version`` grows with all that is decided on it.
    """

    id: str
    dataset: str
    table: str | None
    column: str
    entity_type: str
    severity: Severity
    cells: int
    values: int
    score: float
    recognizer: str
    explanation: str
    samples: tuple[str, ...]
    expected: bool
    status: FindingStatus
    run: str
    change: Change = Change.NEW
    new_values: int | None = None
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    until: date | None = None
    proposed_by: str | None = None
    proposal: str | None = None
    version: int = 0


class Decision(StrEnum):
    """What a human may decide on a finding."""

    CONFIRM = "confirm"
    CLAIM = "claim"
    DISMISS = "dismiss"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Disposition:
    """A human's decision on a finding, with reason and actor.

    ``until``: a dismissal's last day. ``seen``: the version that it was decided upon; where the
    finding has another by then, someone else was first. None: whatever it is.
    """

    finding: str
    decision: Decision
    reason: str
    actor: str
    at: datetime
    until: date | None = None
    seen: int | None = None

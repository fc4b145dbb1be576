"""Cases of likely minors: what a human is to decide, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class CaseStatus(StrEnum):
    """Where a case stands. AUTHORISED: under age, and a guardian's authorisation is in force."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    AUTHORISED = "authorised"


class CaseDecision(StrEnum):
    """What a human may decide on a case."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    AUTHORISE = "authorise"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class CaseFound:
    """A person whom a scan takes for a likely minor.

    ``fingerprint``: the person under the workspace's key. ``families``: what speaks for it.
    """

    fingerprint: str
    level: str
    score: float
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MinorCase:
    """One case with a clock. ``fingerprint`` is None once a dismissed case's has expired."""

    id: str
    fingerprint: str | None
    level: str
    score: float
    families: tuple[str, ...]
    opened_at: datetime
    status: CaseStatus
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None

    def due_at(self, hours: int) -> datetime:
        """When the decision is due; of a confirmed case, when the deletion is."""
        since = self.decided_at if self.status is CaseStatus.CONFIRMED else self.opened_at
        return (since or self.opened_at) + timedelta(hours=hours)

    def overdue(self, now: datetime, hours: int) -> bool:
        """Whether an open case waits for longer than ``hours``."""
        return self.status is CaseStatus.OPEN and now > self.due_at(hours)

"""From what is wrong to what is mended: who answers for it, until when, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vitrail.model.findings import FindingStatus
from vitrail.model.severity import Severity


@dataclass(frozen=True, slots=True)
class Failure:
    """A control that data has shown to be broken, as its latest check saw it. It lives as a
    finding does. ``id`` is the control's; ``systems``: where the rows at fault come from."""

    id: str
    section: str
    title: str
    severity: Severity
    violations: int
    denominator: int
    systems: tuple[str, ...]
    run: str
    status: FindingStatus = FindingStatus.OPEN
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Since when a finding or failure is known, and what was settled on its mending.

    ``owner``: the function that mends it, None where ``[owners]`` says; ``due``: None where the
    days of its severity say.
    """

    opened_at: datetime | None
    owner: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """One finding or failure on its way to being mended.

    ``kind``: ``finding`` or ``promise``; ``cases``: cells found, or cases that broke the promise;
    ``systems`` and ``owners``: who holds the data, who mends it; ``place``: where a finding is.
    """

    id: str
    kind: str
    title: str
    place: str
    severity: Severity
    cases: int
    systems: tuple[str, ...]
    owners: tuple[str, ...]
    status: FindingStatus
    opened_at: datetime | None
    due: date | None
    decided_by: str | None
    decided_at: datetime | None

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to be done."""
        return self.status in (FindingStatus.VERIFIED, FindingStatus.GONE, FindingStatus.DISMISSED)

    def is_overdue(self, on: date) -> bool:
        """Whether it should be mended by now and nobody has claimed that it is."""
        waiting = self.is_settled or self.status is FindingStatus.CLAIMED
        return not waiting and self.due is not None and self.due < on

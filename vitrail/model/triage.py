"""Working through findings: which are asked for, how many there are, what was done to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from vitrail.model.severity import Severity


class Standing(StrEnum):
    """Where a finding stands, as it is filtered by: came back and expired count as open."""

    OPEN = "open"
    REVIEW = "second look"
    CONFIRMED = "confirmed"
    CLAIMED = "claimed fixed"
    DISMISSED = "dismissed"
    GONE = "gone"


class Where(StrEnum):
    """Whether the mapping declares that the column holds such data."""

    STRAY = "stray"
    EXPECTED = "expected"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Which findings are asked for; None: whatever it is. ``owner``: "" for those without one."""

    where: Where = Where.STRAY
    standing: Standing | None = Standing.OPEN
    entity_type: str | None = None
    dataset: str | None = None
    severity: Severity | None = None
    owner: str | None = None
    new: bool = False


@dataclass(frozen=True, slots=True)
class Pile:
    """Findings that share something, counted: ``cells`` in all of them together."""

    findings: int = 0
    cells: int = 0


@dataclass(frozen=True, slots=True)
class FindingTally:
    """How many findings a filter leaves, in all and by what they can be grouped by.

    ``new``: how many of all no scan before had found; ``places``: cells by entity type and
    dataset, of the datasets with the most; ``worst``: by entity type; ``owners``: "" for those
    without one; ``offered…``: what there is under the rest of the filter, to filter by;
    ``known``: whether the ledger has findings of any sort.
    """

    total: Pile = Pile()
    new: int = 0
    severities: Mapping[Severity, Pile] = field(default_factory=dict, hash=False)
    kinds: Mapping[str, Pile] = field(default_factory=dict, hash=False)
    datasets: Mapping[str, Pile] = field(default_factory=dict, hash=False)
    places: Mapping[tuple[str, str], int] = field(default_factory=dict, hash=False)
    worst: Mapping[str, Severity] = field(default_factory=dict, hash=False)
    owners: Mapping[str, Pile] = field(default_factory=dict, hash=False)
    offered_kinds: tuple[str, ...] = ()
    offered_datasets: tuple[str, ...] = ()
    known: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that was done to a finding: the event's kind, by whom, when, and their words."""

    seq: int
    at: datetime
    actor: str
    did: str
    words: str | None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who mends a finding, in the words of who assigned it, and by which day."""

    owner: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of deciding on many findings at once.

    ``done``: decided; ``proposed``: put to a second person; ``overtaken``: someone else was first.
    """

    done: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    overtaken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revealed:
    """One cell as exported, for a human's eyes and for a minute; never kept.

    ``start`` and ``end`` are where the value that was flagged stands in ``text``.
    """

    finding: str
    text: str
    start: int
    end: int

    def __repr__(self) -> str:
        return f"Revealed({self.finding!r}, …)"

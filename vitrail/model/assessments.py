"""What data says of a promise, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from vitrail.model.inputs import InputFile
from vitrail.model.promises import ProofKind
from vitrail.model.severity import Severity


class Verdict(StrEnum):
    """What data says of a promise. Zero violations of zero is NOT_TESTED, never PASS."""

    PASS = "PASS"  # noqa: S105 - a verdict
    FAIL = "FAIL"
    WARN = "WARN"
    NOT_TESTED = "NOT_TESTED"
    INCONCLUSIVE = "INCONCLUSIVE"
    NOT_PROVABLE = "NOT_PROVABLE"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many cases got one level for one reason, and the reason in words."""

    level: str
    reason: str
    words: str
    cases: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verdict rests on; never a raw value. ``keys`` are keyed row ids, at most 20.

    ``mapping_sha256`` is of how the exports were read as the tables that the control needs.
    """

    control: str
    control_version: int
    policy: str
    clause_sha256: str
    inputs: tuple[InputFile, ...]
    sql: str
    sql_sha256: str
    parameters: tuple[tuple[str, Any], ...]
    tool_version: str
    keys: tuple[str, ...]
    shapes: tuple[str, ...] = ()
    mapping_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict on one control at one time, with the numbers behind it.

    ``denominator`` is what was examined, ``violations`` what broke the promise, ``warnings``
    what wants a look, ``undecidable`` what the data could not settle. ``rate`` is violations
    over denominator, None where nothing was examined. ``interval`` is Wilson's 95 % interval of
    a sampled rate. ``covered`` are the first and last time among all rows judged, ``counted`` the
    cases by level and reason, ``scope`` which systems were covered of those registered.
    ``explanation`` is the paragraph for a lawyer; ``reason`` one clause of why this verdict.
    ``months`` counts the violations of each calendar month (``2026-03``) that has any; ``aged``
    names each source that is older than the policy lets it be, and how old it is.
    """

    control: str
    section: str
    title: str
    verdict: Verdict
    severity: Severity
    kind: ProofKind
    denominator: int
    violations: int
    warnings: int
    undecidable: int
    rate: float | None
    first: datetime | None
    last: datetime | None
    keys: tuple[str, ...]
    reason: str
    sentence: str
    evidence: Evidence
    missing: tuple[str, ...] = ()
    stale: bool = False
    pattern: str | None = None
    interval: tuple[float, float] | None = None
    covered: tuple[datetime | None, datetime | None] = (None, None)
    counted: tuple[Counted, ...] = ()
    scope: str = ""
    standards: tuple[str, ...] = ()
    law: str = ""
    limits: str = ""
    explanation: str = ""
    months: tuple[tuple[str, int], ...] = ()
    aged: tuple[str, ...] = ()

    @property
    def systems(self) -> str:
        """The ``scope`` without its days: ``exports covering 8 of 11 systems``."""
        return self.scope.partition(", ")[0]

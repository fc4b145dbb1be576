"""How bad a thing is, for findings and promises alike."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding or a broken promise is, mildest first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)

"""What was replaced in one table, counted by column, type and operator; never a value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from vitrail.redaction.options import Operator


@dataclass(slots=True)
class Tally:
    """``replaced``: slices by (column's label, entity type, operator). ``emptied``: cells by
    column whose type could hold nothing else. ``apart``: columns whose values must stay as many
    as they were. ``unmet``: hits whose cell the writer did not come to."""

    replaced: Counter[tuple[str, str, Operator]] = field(default_factory=Counter)
    emptied: Counter[str] = field(default_factory=Counter)
    apart: set[str] = field(default_factory=set)
    unmet: int = 0

    def add(self, other: Tally) -> None:
        """Take in what a later pass over the same table replaced."""
        self.replaced += other.replaced
        self.emptied += other.emptied
        self.unmet = other.unmet

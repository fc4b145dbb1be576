"""What the hidden cells of a table come to together: the row ``other``.

Whether it is shown must not hang on whether one more hidden cell has somebody in it. So the small
cells are told together only where those beside the largest of them would be enough by themselves;
else the values that were too rare to be named at all are told alone, like any cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from vitrail.gate.compiler import RawCell, gathered_statement
from vitrail.gate.grounds import Grounds
from vitrail.gate.resolving import Found


def gather(grounds: Grounds, small: Sequence[RawCell]) -> list[Found]:
    """One cell a period at most, whose labels are all ``other``."""
    if not grounds.question.plain or not small or grounds.question.off_calendar:
        return []
    by_period: dict[date | None, list[RawCell]] = defaultdict(list)
    for raw in small:
        by_period[raw.period].append(raw)
    together = {raw.period: raw for raw in _union(grounds, small)}
    told = [_told(grounds, cells, together[period]) for period, cells in by_period.items()]
    return [
        Found(grounds.question, raw, grounds.about(raw.place))
        for raw in told
        if raw is not None and grounds.passes(raw)
    ]


def _union(grounds: Grounds, small: Sequence[RawCell]) -> list[RawCell]:
    """All small cells of a period as one, counted anew: one person can be in several."""
    statement = gathered_statement(grounds.question, small)
    return grounds.lattice.fetch(grounds.question, statement)


def _told(grounds: Grounds, cells: Sequence[RawCell], together: RawCell) -> RawCell | None:
    """All of them, where they are enough without their largest; else the unnamed values alone."""
    unnamed = next((raw for raw in cells if raw.is_unnamed), None)
    named = [raw.persons for raw in cells if raw is not unnamed]
    beside = together.persons - max(named, default=0) - (unnamed.persons if unnamed else 0)
    rest = replace(together, persons=max(0, beside))
    return together if named and grounds.passes(rest) else unnamed

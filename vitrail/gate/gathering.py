"""What the hidden cells of a table come to together: the row ``other``.

Whether it is shown must not hang on whether one more hidden cell has somebody in it. So the small
cells are told together only where those beside the largest of them would be enough by themselves;
else the values that were too rare to be named at all are told alone, like any cell.

Every hidden cell is looked for, whether somebody is in it or not: an answer with a small cell must
not take longer than one with an empty one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from vitrail.gate.compiler import Place, RawCell, gathered_statement
from vitrail.gate.grounds import Grounds
from vitrail.gate.question import Question
from vitrail.gate.resolving import Found, Resolved


def gather(grounds: Grounds, resolved: Resolved) -> list[Found]:
    """One cell a period at most, whose labels are all ``other``."""
    if not grounds.question.plain or grounds.question.off_calendar:
        return []
    by_period: dict[date | None, list[RawCell]] = defaultdict(list)
    for raw in resolved.small:
        by_period[raw.period].append(raw)
    hidden = {raw.place for raw in resolved.small}
    hidden |= _possible(grounds.question) - resolved.found.keys()
    together = {raw.period: raw for raw in _union(grounds, hidden)}
    told = [_told(grounds, cells, together[period]) for period, cells in by_period.items()]
    return [
        Found(grounds.question, raw, grounds.about(raw.place))
        for raw in told
        if raw is not None and grounds.passes(raw)
    ]


def _possible(question: Question) -> set[Place]:
    """Every place that the closed domains allow, but for values that have no name."""
    periods = [span.first for span in question.periods] if question.grain else [None]
    pinned = dict(question.conditions)
    values = [(pinned[d],) if d in pinned else question.values(d) for d in question.plain]
    return set(product(periods, product(*values)))


def _union(grounds: Grounds, hidden: Collection[Place]) -> list[RawCell]:
    """All hidden cells of a period as one, counted anew: one person can be in several."""
    if not hidden:
        return []
    statement = gathered_statement(grounds.question, sorted(hidden, key=repr))
    return grounds.lattice.fetch(grounds.question, statement)


def _told(grounds: Grounds, cells: Sequence[RawCell], together: RawCell) -> RawCell | None:
    """All of them, where they are enough without their largest; else the unnamed values alone."""
    unnamed = next((raw for raw in cells if raw.is_unnamed), None)
    named = [raw.persons for raw in cells if raw is not unnamed]
    beside = together.persons - max(named, default=0) - (unnamed.persons if unnamed else 0)
    rest = replace(together, persons=max(0, beside))
    return together if named and grounds.passes(rest) else unnamed

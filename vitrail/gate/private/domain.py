"""Which cells a private release has: all that the closed domains allow, whoever is in them.

A cell that shows only because somebody is in it would tell of that somebody, so none is left out
and none is hidden: empty ones get their noise like the others.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from math import prod
from typing import Final

from vitrail.errors import Refused
from vitrail.gate.description import DimensionKind
from vitrail.gate.grammar import MOST_CELLS
from vitrail.gate.question import Question, coarser
from vitrail.gate.suppression import OTHER

#: The most cells that one person counts in where nobody says otherwise. A figure of ours, not of
#: the data: it holds a year of weeks, and a year of months on a few devices.
USUAL_CELLS: Final = 64

#: A cell's place: the first day of its period, and its value of each plain dimension.
Place = tuple[date | None, tuple[str, ...]]


def places(question: Question) -> list[Place]:
    """Every cell in the order of its labels, ``other`` last; too many are refused."""
    count = prod(len(_values(question, d)) for d in question.plain) * len(question.periods)
    if count > MOST_CELLS:
        steps = ", ".join(f"{parent} for {name}" for name, parent in coarser(question))
        raise Refused(
            f"This table has {count:,} cells, each of which would get noise of its own; "
            f"{MOST_CELLS:,} is the most.",
            f"Ask by fewer or coarser dimensions{f', such as {steps}' if steps else ''}.",
        )
    starts = [p.first if question.grain else None for p in question.periods]
    labels = list(product(*(_values(question, d) for d in question.plain)))
    return [(start, values) for start in starts for values in labels]


def reach(question: Question) -> int:
    """How many cells one person could be in whose own attributes never change."""
    kinds = question.fact.definition.dimensions
    events = [d for d in question.plain if kinds[d].kind is DimensionKind.EVENT]
    return prod(len(_values(question, d)) for d in events) * len(question.periods)


def is_fixed(question: Question) -> bool:
    """Whether no attribute of a person is asked for, so that :func:`reach` bounds them all."""
    kinds = question.fact.definition.dimensions
    pinned = dict(question.conditions)
    return all(kinds[d].kind is DimensionKind.EVENT or d in pinned for d in question.plain)


def _values(question: Question, dimension: str) -> tuple[str, ...]:
    pinned = dict(question.conditions)
    if dimension in pinned:
        return (pinned[dimension],)
    return (*question.fact.domains[dimension], OTHER)

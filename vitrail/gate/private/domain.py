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

#: Where nobody says otherwise one person counts in all cells that there are for one, up to so
#: many, or else in every period, in so many cells of each. Figures of ours, not of the data.
_USUAL_CELLS: Final = 64
_USUAL_A_PERIOD: Final = 4

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


def usual_cells(question: Question) -> int:
    """How many cells one person counts in where nobody says otherwise."""
    periods = len(question.periods)
    return min(reach(question), max(_USUAL_CELLS, _USUAL_A_PERIOD * periods))


def changing(question: Question) -> tuple[str, ...]:
    """The attributes of persons that are asked by: who changes one can be in more cells."""
    kinds = question.fact.definition.dimensions
    pinned = dict(question.conditions)
    return tuple(
        d for d in question.plain if kinds[d].kind is not DimensionKind.EVENT and d not in pinned
    )


def _values(question: Question, dimension: str) -> tuple[str, ...]:
    pinned = dict(question.conditions)
    if dimension in pinned:
        return (pinned[dimension],)
    return (*question.fact.domains[dimension], OTHER)

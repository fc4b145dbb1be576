"""Complements: where one of a few siblings is hidden, another is too.

Else the hidden one would be what the whole leaves over. That holds where values part the persons
between them, so for dimensions of the person; of devices or kinds of event one person has several.
The decision hangs on the cell alone, not on the table it is asked in, so that it holds across every
table of an epoch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from vitrail.gate.compiler import Place, who_is_in
from vitrail.gate.description import DimensionKind
from vitrail.gate.lattice import Cells, moved
from vitrail.gate.noise import MOST
from vitrail.gate.question import Question
from vitrail.gate.suppression import FEW_SIBLINGS, surely_enough

if TYPE_CHECKING:
    from vitrail.gate.judging import Judge

Family = dict[str, Place]


def complements(
    judge: Judge, cells: Cells, passed: frozenset[Place], left: frozenset[Place]
) -> frozenset[Place]:
    """The places among ``left`` to withhold: the smallest shown beside a single hidden one."""
    withheld: set[Place] = set()
    for axis in judge.question.axes:
        values = judge.question.values(axis)
        kind = judge.question.fact.definition.dimensions[axis].kind
        if kind is not DimensionKind.PERSON or not 2 <= len(values) <= FEW_SIBLINGS:
            continue
        pinned = axis not in judge.question.plain
        beside = judge.question.by(axis) if pinned else judge.question
        families = {
            place: {v: moved(place, judge.question, beside, axis, v) for v in values}
            for place in left
            if judge.matters(axis, place) and _label(judge, axis, place) in values
        }
        if pinned:
            families = _unsettled(judge, beside, families)
            shown = _shown_beside(judge, beside, families.values())
        else:
            shown = {place: cells[place] for place in passed}
        withheld |= {
            place
            for place, family in families.items()
            if _label(judge, axis, place)
            == _smaller_beside_one_hidden(judge, beside, family, shown)
        }
    return frozenset(withheld)


def _label(judge: Judge, axis: str, place: Place) -> str:
    return dict(judge.question.labels_of(place[1]))[axis]


def _unsettled(
    judge: Judge, beside: Question, families: Mapping[Place, Family]
) -> dict[Place, Family]:
    """The families in which the sample does not show that every sibling has enough persons."""
    sample = judge.lattice.sampled(beside)
    enough = surely_enough(beside.fact.definition.threshold)
    return {
        place: family
        for place, family in families.items()
        if any(sample.get(member, 0) < enough for member in family.values())
    }


def _shown_beside(judge: Judge, beside: Question, families: Iterable[Family]) -> Cells:
    """The siblings that have enough persons to be shown."""
    members = [member for family in families for member in family.values()]
    cells = judge.lattice.exact(beside, members)
    return {p: raw for p, raw in cells.items() if judge.passes(beside, raw)}


def _smaller_beside_one_hidden(
    judge: Judge, beside: Question, family: Family, shown: Cells
) -> str | None:
    """The value of the smallest sibling shown, where exactly one of them is hidden.

    Smallest by a noisy count: of two that are nearly alike, the choice must not tell which.
    """
    there = [value for value, member in family.items() if member in shown]
    if len(there) != len(family) - 1:
        return None

    def blurred(value: str) -> float:
        raw = shown[family[value]]
        asked = judge.about(beside, raw.place).seed
        draw = judge.noise.layered("complement", who_is_in(beside, raw), asked)
        return raw.persons + MOST * draw

    return min(there, key=blurred, default=None)

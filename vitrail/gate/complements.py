"""Complements: where one of a few siblings is hidden, another is too.

Else the hidden one would be what the whole leaves over. That holds where values part the persons
between them, so for dimensions of the person; of devices or kinds of event one person has several.
The decision hangs on the cell alone, not on the table it is asked in, so that it holds across every
table of an epoch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vitrail.gate.compiler import Place, who_is_in
from vitrail.gate.description import DimensionKind
from vitrail.gate.grounds import Grounds
from vitrail.gate.lattice import Cells, moved
from vitrail.gate.noise import MOST
from vitrail.gate.suppression import FEW_SIBLINGS, surely_enough

Family = dict[str, Place]


def complements(
    grounds: Grounds, cells: Cells, passed: frozenset[Place], left: frozenset[Place]
) -> frozenset[Place]:
    """The places among ``left`` to withhold: the smallest shown beside a single hidden one."""
    withheld: set[Place] = set()
    for axis in grounds.question.axes:
        values = grounds.question.values(axis)
        kind = grounds.question.fact.definition.dimensions[axis].kind
        if kind is not DimensionKind.PERSON or not 2 <= len(values) <= FEW_SIBLINGS:
            continue
        pinned = axis not in grounds.question.plain
        beside = grounds.of(grounds.question.by(axis)) if pinned else grounds
        families = {
            place: {v: moved(place, grounds.question, beside.question, axis, v) for v in values}
            for place in left
            if grounds.matters(axis, place) and _label(grounds, axis, place) in values
        }
        if pinned:
            families = _unsettled(beside, families)
            shown = _shown_beside(beside, families.values())
        else:
            shown = {place: cells[place] for place in passed}
        withheld |= {
            place
            for place, family in families.items()
            if _label(grounds, axis, place) == _smaller_beside_one_hidden(beside, family, shown)
        }
    return frozenset(withheld)


def _label(grounds: Grounds, axis: str, place: Place) -> str:
    return dict(grounds.question.labels_of(place[1]))[axis]


def _unsettled(beside: Grounds, families: Mapping[Place, Family]) -> dict[Place, Family]:
    """The families in which the sample does not show that every sibling has enough persons."""
    sample = beside.lattice.sampled(beside.question)
    threshold = beside.question.fact.definition.threshold
    enough = surely_enough(threshold, len(beside.question.axes))
    return {
        place: family
        for place, family in families.items()
        if any(sample.get(member, 0) < enough for member in family.values())
    }


def _shown_beside(beside: Grounds, families: Iterable[Family]) -> Cells:
    """The siblings that have enough persons to be shown."""
    members = [member for family in families for member in family.values()]
    cells = beside.lattice.exact(beside.question, members)
    return {p: raw for p, raw in cells.items() if beside.passes(raw)}


def _smaller_beside_one_hidden(beside: Grounds, family: Family, shown: Cells) -> str | None:
    """The value of the smallest sibling shown, where exactly one of them is hidden.

    Smallest by a noisy count: of two that are nearly alike, the choice must not tell which.
    """
    there = [value for value, member in family.items() if member in shown]
    if len(there) != len(family) - 1:
        return None

    def blurred(value: str) -> float:
        raw = shown[family[value]]
        asked = beside.about(raw.place).seed
        draw = beside.noise.layered("complement", who_is_in(beside.question, raw), asked)
        return raw.persons + MOST * draw

    return min(there, key=blurred, default=None)

"""What becomes of each cell: shown, answered by a cell with a label less, or withheld."""

from __future__ import annotations

from dataclasses import dataclass

from vitrail.gate.compiler import Place
from vitrail.gate.complements import complements
from vitrail.gate.effects import without_effect
from vitrail.gate.grounds import Grounds
from vitrail.gate.lattice import Cells


@dataclass(frozen=True, slots=True)
class Judgement:
    """The places of a question's cells by what becomes of them.

    ``dropped``: by the dimension whose label has too small an effect; such a cell is answered
    without it. ``small``: too few persons, or withheld so that a sibling cannot be told.
    """

    shown: frozenset[Place]
    dropped: dict[str, frozenset[Place]]
    small: frozenset[Place]


def judge(grounds: Grounds, cells: Cells) -> Judgement:
    """Enough persons first, then labels without effect, then complements.

    Only a cell with enough persons may be answered by a wider one: else a cell of nine and one of
    ten would not look alike beside a wider cell of twenty. What holds the unnamed values alone is
    told with the small cells or in their place.
    """
    question = grounds.question
    passed = frozenset(
        place
        for place, raw in cells.items()
        if not raw.is_unnamed and question.tells_of_days(place[1]) and grounds.passes(raw)
    )
    left, dropped = passed, {}
    for axis in question.axes:
        if question.off_calendar and axis in question.once_axes:
            continue  # without it, the cell would be about days that somebody chose
        without = without_effect(grounds, axis, {p: cells[p] for p in left})
        if without:
            dropped[axis] = without
            left -= without
    withheld = complements(grounds, cells, passed, left)
    return Judgement(left - withheld, dropped, frozenset(cells.keys() - passed | withheld))

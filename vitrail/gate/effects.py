"""Labels without effect: leaving one out brings in so few persons that it would tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitrail.gate.compiler import Place, who_is_in
from vitrail.gate.lattice import Cells, moved
from vitrail.gate.suppression import SURELY_AN_EFFECT, has_effect

if TYPE_CHECKING:
    from vitrail.gate.judging import Judge


def without_effect(judge: Judge, axis: str, cells: Cells) -> frozenset[Place]:
    """The places among ``cells`` whose label of ``axis`` keeps out too few persons to count."""
    wider = judge.question.without(axis)
    places = {
        place: moved(place, judge.question, wider) for place in cells if judge.matters(axis, place)
    }
    there = judge.lattice.sampled(wider)
    unsettled = {
        place: above
        for place, above in places.items()
        if there.get(above, 0) - cells[place].sampled < SURELY_AN_EFFECT
    }
    exact = judge.lattice.exact(wider, unsettled.values())
    return frozenset(
        place
        for place, above in unsettled.items()
        if not has_effect(
            exact[above].persons - cells[place].persons,
            judge.noise,
            who_is_in(wider, exact[above]),
            (*judge.about(judge.question, place).seed, axis),
        )
    )

"""Labels without effect: leaving one out brings in so few persons that it would tell of them."""

from __future__ import annotations

from vitrail.gate.compiler import Place, who_is_in
from vitrail.gate.grounds import Grounds
from vitrail.gate.lattice import Cells, moved
from vitrail.gate.suppression import SURELY_AN_EFFECT, has_effect


def without_effect(grounds: Grounds, axis: str, cells: Cells) -> frozenset[Place]:
    """The places among ``cells`` whose label of ``axis`` keeps out too few persons to count."""
    wider = grounds.question.without(axis)
    places = {
        place: moved(place, grounds.question, wider)
        for place in cells
        if grounds.matters(axis, place)
    }
    there = grounds.lattice.sampled(wider)
    unsettled = {
        place: above
        for place, above in places.items()
        if there.get(above, 0) - cells[place].sampled < SURELY_AN_EFFECT
    }
    exact = grounds.lattice.exact(wider, unsettled.values())
    return frozenset(
        place
        for place, above in unsettled.items()
        if not has_effect(
            exact[above].persons - cells[place].persons,
            grounds.noise,
            who_is_in(wider, exact[above]),
            (*grounds.about(place).seed, axis),
        )
    )

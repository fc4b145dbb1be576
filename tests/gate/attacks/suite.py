"""Every attack that is played, in the order of the table."""

from tests.gate.attacks import (
    base_sets,
    changing,
    clipped_sums,
    complement,
    differencing,
    dominance,
    equality,
    erased,
    gathered,
    implied,
    lattice,
    lost_share,
    outcomes,
    small_cell,
    spans,
    stated_error,
    threshold_probe,
    together,
    whale,
)

_MODULES = (
    small_cell,
    differencing,
    equality,
    base_sets,
    threshold_probe,
    whale,
    clipped_sums,
    lattice,
    outcomes,
    erased,
    changing,
    spans,
    gathered,
    complement,
    dominance,
    stated_error,
    lost_share,
    implied,
)

ATTACKS = (
    *(module.ATTACK for module in _MODULES),
    together.ONE,
    together.FOUR,
    together.SIXTEEN,
    together.WEEKLY,
)

"""`other` that is there or not: one row is withheld, and the victim alone would be another."""

from dataclasses import replace

from tests.gate.attacks.asking import asked
from tests.gate.attacks.company import CORNER, IN_THE_CORNER, company, crowd, without_a_corner
from tests.gate.attacks.trial import Attack, Pair


def pair(persons: int, seed: int) -> Pair:
    known = (
        without_a_corner(company(persons, seed))
        + crowd(100, IN_THE_CORNER, 1)
        + crowd(60, replace(IN_THE_CORNER, device="mobile"), 2)
    )
    return ([*known, IN_THE_CORNER],), ([*known, replace(IN_THE_CORNER, device="tablet")],)


ATTACK = Attack("`other` there or not", "1.00", pair, (asked(*CORNER, by=("device",)),))

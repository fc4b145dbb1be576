"""The complement's choice: two siblings tie, and the smaller of them is withheld."""

from dataclasses import replace

from tests.gate.attacks.asking import asked
from tests.gate.attacks.company import CORNER, IN_THE_CORNER, company, crowd, without_a_corner
from tests.gate.attacks.trial import Attack, Pair


def pair(persons: int, seed: int) -> Pair:
    mobile = replace(IN_THE_CORNER, device="mobile")
    known = without_a_corner(company(persons, seed))
    known += crowd(50, IN_THE_CORNER, 1) + crowd(50, mobile, 2)
    return ([*known, IN_THE_CORNER],), ([*known, replace(mobile, person=IN_THE_CORNER.person)],)


ATTACK = Attack(
    "which sibling a complement withholds", "1.00", pair, (asked(*CORNER, by=("device",)),)
)

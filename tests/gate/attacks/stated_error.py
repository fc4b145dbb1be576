"""The stated error of a sum: the victim would be third, next to those whom clipping looks at."""

from dataclasses import replace

from tests.gate.attacks.asking import SPENT, asked
from tests.gate.attacks.company import CORNER, IN_THE_CORNER, company, crowd, without_a_corner
from tests.gate.attacks.trial import Attack, Pair

_LITTLE, _MUCH = replace(IN_THE_CORNER, amount=500), replace(IN_THE_CORNER, amount=6_000)


def pair(persons: int, seed: int) -> Pair:
    known = without_a_corner(company(persons, seed)) + crowd(60, _LITTLE, 1) + crowd(2, _MUCH, 2)
    return ([*known, _LITTLE],), ([*known, replace(_MUCH, amount=5_000)],)


ATTACK = Attack("the stated error of a sum", "1.00", pair, (asked(*CORNER, of=(SPENT,)),))

"""Dominance: two known persons brought something; whether the victim did decides what shows."""

from dataclasses import replace

from tests.gate.attacks.asking import SPENT, asked
from tests.gate.attacks.company import CORNER, IN_THE_CORNER, company, crowd, without_a_corner
from tests.gate.attacks.trial import Attack, Pair

_NOTHING, _SOME = replace(IN_THE_CORNER, amount=0), replace(IN_THE_CORNER, amount=3_000)


def pair(persons: int, seed: int) -> Pair:
    known = without_a_corner(company(persons, seed)) + crowd(60, _NOTHING, 1) + crowd(2, _SOME, 2)
    return ([*known, _NOTHING],), ([*known, _SOME],)


ATTACK = Attack("a dominated sum shown or not", "1.00", pair, (asked(*CORNER, of=(SPENT,)),))

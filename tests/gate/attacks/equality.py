"""Equality: everyone in a corner pays but perhaps the victim; two ways to say that set are one?"""

from dataclasses import replace

from tests.gate.attacks.asking import asked, values
from tests.gate.attacks.company import CORNER, IN_THE_CORNER, company, crowd, without_a_corner
from tests.gate.attacks.trial import Attack, Pair

_PAYING = replace(IN_THE_CORNER, plan="paid")


def pair(persons: int, seed: int) -> Pair:
    known = without_a_corner(company(persons, seed)) + crowd(40, _PAYING)
    return ([*known, IN_THE_CORNER],), ([*known, _PAYING],)


ATTACK = Attack(
    "equality: two ways to say the same set",
    "1.00",
    pair,
    (asked(*CORNER), asked(*CORNER, ("plan", "paid"))),
    compare=lambda releases: [float(len(set(values(releases))) == 1)],
)

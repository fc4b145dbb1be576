"""Outcomes: the base is known to the last person; who converted is sought."""

from dataclasses import replace

from tests.gate.attacks.asking import CONVERTED, asked
from tests.gate.attacks.company import CORNER, IN_THE_CORNER, company, crowd, without_a_corner
from tests.gate.attacks.trial import Attack, Pair


def pair(persons: int, seed: int) -> Pair:
    known = without_a_corner(company(persons, seed)) + crowd(60, IN_THE_CORNER)
    return ([*known, IN_THE_CORNER],), ([*known, replace(IN_THE_CORNER, converted=1)],)


ATTACK = Attack(
    "outcomes: the base known, who converted sought",
    "1.00",
    pair,
    (asked(*CORNER, of=(CONVERTED,)),),
)

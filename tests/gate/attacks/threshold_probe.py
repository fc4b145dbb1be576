"""Threshold probe: so many persons are known that one more makes the most difference."""

from tests.gate.attacks.asking import asked
from tests.gate.attacks.company import CORNER, IN_THE_CORNER, company, crowd, without_a_corner
from tests.gate.attacks.trial import Attack, Pair


def pair(persons: int, seed: int) -> Pair:
    known = without_a_corner(company(persons, seed)) + crowd(13, IN_THE_CORNER)
    return (known,), ([*known, IN_THE_CORNER],)


ATTACK = Attack("threshold probe: everyone else known", "1.00", pair, (asked(*CORNER),), aim=0.10)

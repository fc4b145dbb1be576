"""The whale in a sum: does the victim bring as much as all others together, or what they do?"""

from dataclasses import replace

from tests.gate.attacks.asking import AVERAGE, SPENT, asked
from tests.gate.attacks.company import CORNER, IN_THE_CORNER, company, crowd, without_a_corner
from tests.gate.attacks.trial import Attack, Pair


def pair(persons: int, seed: int) -> Pair:
    known = without_a_corner(company(persons, seed)) + crowd(40, IN_THE_CORNER)
    whale = replace(IN_THE_CORNER, amount=49_000)
    return ([*known, IN_THE_CORNER],), ([*known, whale],)


ATTACK = Attack("the whale in a sum", "1.00", pair, (asked(*CORNER, of=(SPENT, AVERAGE)),))

"""The share lost to clipping: known persons bring it just under a word's border; the victim?"""

from dataclasses import replace

from tests.gate.attacks.asking import SPENT, asked
from tests.gate.attacks.company import CORNER, IN_THE_CORNER, company, crowd, without_a_corner
from tests.gate.attacks.trial import Attack, Pair

_USUAL = replace(IN_THE_CORNER, amount=1_000)


def pair(persons: int, seed: int) -> Pair:
    known = without_a_corner(company(persons, seed)) + crowd(400, _USUAL)
    return ([*known, _USUAL],), ([*known, replace(_USUAL, amount=400_000)],)


ATTACK = Attack("the words for what clipping took", "1.00", pair, (asked(*CORNER, of=(SPENT,)),))

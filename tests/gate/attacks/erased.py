"""An erased person: the old epoch's answers against the new one's, about a cell perhaps theirs."""

from dataclasses import replace

from tests.gate.attacks.asking import asked, values
from tests.gate.attacks.company import CORNER, IN_THE_CORNER, company, crowd, without_a_corner
from tests.gate.attacks.trial import Attack, Pair


def pair(persons: int, seed: int) -> Pair:
    known = without_a_corner(company(persons, seed)) + crowd(60, IN_THE_CORNER)
    elsewhere = replace(IN_THE_CORNER, country="FR", region="EEA")
    return ([*known, elsewhere], known), ([*known, IN_THE_CORNER], known)


ATTACK = Attack(
    "an erased person: old epoch against new",
    "1.00",
    pair,
    (asked(*CORNER),),
    compare=lambda releases: [float(len(set(values(releases))) == 1)],
)

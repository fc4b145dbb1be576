"""A label that another implies, unless one person's row says otherwise: the victim's."""

from dataclasses import replace

from tests.gate.attacks.asking import asked
from tests.gate.attacks.company import Visit, company
from tests.gate.attacks.trial import Attack, Pair


def pair(persons: int, seed: int) -> Pair:
    known, victim = company(persons, seed), Visit()
    return ([*known, victim],), ([*known, replace(victim, region="outside")],)


ATTACK = Attack(
    "a label that one person's row un-implies",
    "1.00",
    pair,
    (asked(("country", "FR"), ("region", "EEA")), asked(("country", "FR"))),
)

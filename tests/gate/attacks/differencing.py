"""Differencing: everyone and those with a plan, asked with the victim's plan unknown."""

from dataclasses import replace

from tests.gate.attacks.asking import asked
from tests.gate.attacks.company import Visit, company
from tests.gate.attacks.trial import Attack, Pair


def pair(persons: int, seed: int) -> Pair:
    known, victim = company(persons, seed), Visit()
    return ([*known, victim],), ([*known, replace(victim, plan="paid")],)


ATTACK = Attack(
    "differencing: a filter with and without the victim",
    "1.00",
    pair,
    (asked(), asked(("plan", "paid"))),
)

"""Sums differenced with clipping at the bound: the victim brings the bound, or nothing."""

from dataclasses import replace

from tests.gate.attacks.asking import SPENT, asked
from tests.gate.attacks.company import Visit, company
from tests.gate.attacks.trial import Attack, Pair


def pair(persons: int, seed: int) -> Pair:
    known, victim = company(persons, seed), Visit(plan="paid", amount=0)
    return ([*known, victim],), ([*known, replace(victim, amount=50_000)],)


ATTACK = Attack(
    "sums: difference with clipping at the bound",
    "1.00",
    pair,
    (
        asked(("plan", "paid"), of=(SPENT,)),
        asked(("plan", "free"), of=(SPENT,)),
        asked(of=(SPENT,)),
    ),
)

"""Attributes that change: when did the victim take the paid plan? Several conditions at once."""

from dataclasses import replace

from tests.gate.attacks.asking import asked
from tests.gate.attacks.company import Visit, company
from tests.gate.attacks.trial import Attack, Pair


def pair(persons: int, seed: int) -> Pair:
    early = Visit(day=60)
    known = [*company(persons, seed), replace(early, day=150, plan="paid")]
    return ([*known, early],), ([*known, replace(early, plan="paid")],)


ATTACK = Attack(
    "changing attributes over time; several conditions dropped at once",
    "1.00",
    pair,
    (
        asked(("month", "2025-03"), by=("plan",)),
        asked(("month", "2025-03"), ("country", "FR"), ("region", "EEA"), ("plan", "paid")),
        asked(("country", "FR"), ("device", "desktop"), ("plan", "free")),
    ),
)

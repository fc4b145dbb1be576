"""Least squares over the whole lattice of allowed questions about one month.

Asked for persons, and for all that is counted and added of them.
"""

from dataclasses import replace
from itertools import combinations

from tests.gate.attacks.asking import PERSONS, ROWS, SPENT, asked
from tests.gate.attacks.company import Visit, company
from tests.gate.attacks.trial import Attack, Pair

_LABELS = (("country", "FR"), ("device", "desktop"), ("region", "EEA"))
_MONTH = ("month", "2025-03")


def pair(persons: int, seed: int) -> Pair:
    known, victim = company(persons, seed), Visit()
    return ([*known, victim],), ([*known, replace(victim, plan="paid")],)


ATTACK = Attack(
    "least squares over the whole lattice of allowed questions",
    "1.00",
    pair,
    tuple(
        asked(_MONTH, *labels, by=by)
        for size in range(len(_LABELS) + 1)
        for labels in combinations(_LABELS, size)
        for by in ((), ("plan",))
    ),
    slow=True,
)

EVERY_MEASURE = replace(
    ATTACK,
    name=f"{ATTACK.name}, by persons, rows and sums",
    questions=tuple(replace(q, measures=(PERSONS, ROWS, SPENT)) for q in ATTACK.questions),
)

"""Least squares over the whole lattice of allowed questions about one month.

Asked for persons, and for all that is counted and added of them. Questions without the plan have
the same answers in both worlds, and those by a country and its region the answers by the country:
they are left out, for there is only noise to learn from them.
"""

from dataclasses import replace

from tests.gate.attacks.asking import PERSONS, ROWS, SPENT, asked
from tests.gate.attacks.company import Visit, company
from tests.gate.attacks.trial import Attack, Pair

_COUNTRY, _DEVICE, _REGION = ("country", "FR"), ("device", "desktop"), ("region", "EEA")
_LABELS = ((), (_COUNTRY,), (_DEVICE,), (_REGION,), (_COUNTRY, _DEVICE), (_DEVICE, _REGION))
_MONTH = ("month", "2025-03")


def pair(persons: int, seed: int) -> Pair:
    known, victim = company(persons, seed), Visit()
    return ([*known, victim],), ([*known, replace(victim, plan="paid")],)


ATTACK = Attack(
    "least squares over the whole lattice of allowed questions",
    "1.00",
    pair,
    tuple(asked(_MONTH, *labels, by=("plan",)) for labels in _LABELS),
    slow=True,
)

EVERY_MEASURE = replace(
    ATTACK,
    name=f"{ATTACK.name}, by persons, rows and sums",
    questions=tuple(replace(q, measures=(PERSONS, ROWS, SPENT)) for q in ATTACK.questions),
    often=4.0,
)

VALUES = replace(
    EVERY_MEASURE,
    name=f"{EVERY_MEASURE.name}, learned from values and from which rows show",
    features=(" value", " shown"),
)

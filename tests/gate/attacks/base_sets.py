"""A hundred base sets around one victim, each with and without the plan that is sought."""

from dataclasses import replace
from itertools import combinations

from tests.gate.attacks.asking import asked
from tests.gate.attacks.company import Visit, company
from tests.gate.attacks.trial import Attack, Pair

_LABELS = (("country", "FR"), ("device", "desktop"), ("region", "EEA"))
_SPANS = ((), *((("month", f"2025-0{m}"),) for m in range(2, 6)), (("week", "2025-03-17"),))


def pair(persons: int, seed: int) -> Pair:
    known = [*company(persons, seed), *(Visit(day=30 * m + 5) for m in (1, 3, 4))]
    return ([*known, Visit()],), ([*known, replace(Visit(), plan="paid")],)


ATTACK = Attack(
    "100 base sets around one victim",
    "0.96",
    pair,
    tuple(
        asked(*labels, *span, *plan)
        for size in range(len(_LABELS) + 1)
        for labels in combinations(_LABELS, size)
        for span in _SPANS
        for plan in ((), (("plan", "paid"),))
    ),
    slow=True,
)

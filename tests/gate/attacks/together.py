"""All answers about one victim together: there every week, or not there at all.

The figure is told, not aimed at: single answers are near guessing, many of them add up. A count
with noise σ tells of one person with d = 1 / σ, and n independent ones with √n / σ, which is right
in Φ(√n / (2 σ)) of all cases.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from tests.gate.attacks.asking import asked
from tests.gate.attacks.company import FIRST, WEEKS, Visit, company
from tests.gate.attacks.trial import Attack, Pair
from vitrail.model import Query

_MONTHS = tuple(("month", f"2025-0{month}") for month in range(1, 6))
_KNOWN = (("country", "FR"), ("plan", "free"), ("device", "desktop"), ("region", "EEA"))
_YEAR = 52
_PINS = ((), (("country", "FR"),), (("plan", "free"),), (("country", "FR"), ("plan", "free")))


def pair(persons: int, seed: int) -> Pair:
    known = company(persons, seed)
    return (known,), ([*known, *(Visit(day=7 * week) for week in range(WEEKS))],)


def _several(name: str, questions: tuple[Query, ...]) -> Attack:
    told = f"all answers about one victim together: {name}"
    return Attack(told, "1.00", pair, questions, aim=None, slow=True, often=0.1)


ONE = _several("1", (asked(),))
FOUR = _several("4", tuple(asked(*pins) for pins in _PINS))
SIXTEEN = _several("16", tuple(asked(month, *pins) for month in _MONTHS[1:5] for pins in _PINS))
WEEKLY = _several("every week of half a year, by 4 sets of labels", tuple(
    asked(*pins, by=("week",)) for pins in _PINS
))  # fmt: skip
SIXTY_FOUR = _several("64 asked at once", tuple(
    asked(month, *pins)
    for month in _MONTHS[1:5]
    for size in range(len(_KNOWN) + 1)
    for pins in combinations(_KNOWN, size)
))  # fmt: skip


def _plan_of_a_year(persons: int, seed: int) -> Pair:
    """Who is in the product every week, and may have the paid plan all year."""
    known = company(persons, seed, events=12, weeks=_YEAR)
    free = [Visit(day=7 * week) for week in range(_YEAR)]
    return ([*known, *free],), ([*known, *(replace(visit, plan="paid") for visit in free)],)


YEAR = Attack(
    "all answers about one victim together: a year of weeks by the paid plan",
    "1.00",
    _plan_of_a_year,
    (asked(("plan", "paid"), by=("week",)),),
    aim=None,
    slow=True,
    often=0.1,
    through=FIRST + timedelta(weeks=_YEAR, days=-1),
)

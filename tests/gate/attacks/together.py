"""All answers about one victim together: there every week, or not there at all.

The figure is told, not aimed at: single answers are near guessing, many of them add up. A count
with noise σ tells of one person with d = 1 / σ, and n independent ones with √n / σ, which is right
in Φ(√n / (2 σ)) of all cases.
"""

from __future__ import annotations

from tests.gate.attacks.asking import asked
from tests.gate.attacks.company import WEEKS, Visit, company
from tests.gate.attacks.trial import Attack, Pair
from vitrail.model import Query

_MONTHS = tuple(("month", f"2025-0{month}") for month in range(1, 6))
_PINS = ((), (("country", "FR"),), (("plan", "free"),), (("country", "FR"), ("plan", "free")))


def pair(persons: int, seed: int) -> Pair:
    known = company(persons, seed)
    return (known,), ([*known, *(Visit(day=7 * week) for week in range(WEEKS))],)


def _several(name: str, questions: tuple[Query, ...]) -> Attack:
    told = f"all answers about one victim together: {name}"
    return Attack(told, "1.00", pair, questions, aim=None, slow=True)


ONE = _several("1", (asked(),))
FOUR = _several("4", tuple(asked(*pins) for pins in _PINS))
SIXTEEN = _several("16", tuple(asked(month, *pins) for month in _MONTHS[1:5] for pins in _PINS))
WEEKLY = _several("every week of half a year, by 4 sets of labels", tuple(
    asked(*pins, by=("week",)) for pins in _PINS
))  # fmt: skip

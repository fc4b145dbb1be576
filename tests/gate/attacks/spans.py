"""Averaging over spans: was the victim there in one week? Every span around it is asked.

Spans of the attacker's choice are refused; those of the calendar are all there are.
"""

from datetime import date, timedelta

from tests.gate.attacks.asking import asked
from tests.gate.attacks.company import FIRST, WEEKS, Visit, company
from tests.gate.attacks.trial import Attack, Pair
from vitrail.model import Span

_WEEK = 11
_MONDAY = FIRST + timedelta(weeks=_WEEK)


def pair(persons: int, seed: int) -> Pair:
    known = company(persons, seed)
    return (known,), ([*known, Visit(day=7 * _WEEK)],)


#: Every run of weeks around that one, of any length; but for the week itself all are refused.
CHOSEN = tuple(
    asked(span=Span(FIRST + timedelta(weeks=i), FIRST + timedelta(weeks=j, days=6)))
    for i in range(_WEEK + 1)
    for j in range(_WEEK, WEEKS)
    if i < j
)

ATTACK = Attack(
    "averaging over every span around one week",
    "0.96",
    pair,
    (
        asked(span=Span(_MONDAY, _MONDAY + timedelta(days=6))),
        asked(span=Span(date(2025, 3, 1), date(2025, 3, 31))),
        asked(span=Span(date(2025, 1, 1), date(2025, 3, 31))),
        asked(span=Span(date(2025, 1, 1), date(2025, 12, 31))),
    ),
    through=date(2025, 12, 31),
)

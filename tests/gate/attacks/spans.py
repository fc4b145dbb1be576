"""Averaging over spans: was the victim there in one week? Every run of weeks around it is asked."""

from datetime import timedelta

from tests.gate.attacks.asking import asked
from tests.gate.attacks.company import FIRST, WEEKS, Visit, company
from tests.gate.attacks.trial import Attack, Pair
from vitrail.model import Span

_WEEK = 11


def pair(persons: int, seed: int) -> Pair:
    known = company(persons, seed)
    return (known,), ([*known, Visit(day=7 * _WEEK)],)


ATTACK = Attack(
    "averaging over every span around one week",
    "0.96",
    pair,
    tuple(
        asked(span=Span(FIRST + timedelta(weeks=i), FIRST + timedelta(weeks=j, days=6)))
        for i in range(_WEEK + 1)
        for j in range(_WEEK, WEEKS)
    ),
    slow=True,
)

"""Averaging over 300 ways to ask one question: who pays, in a corner of known persons?

The same labels in any order, with those that others imply or without, as a filter or by rows, the
week by its day, its number or its span. All come to a handful of questions of one cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, permutations, product

from tests.gate.attacks.asking import asked
from tests.gate.attacks.company import CORNER, IN_THE_CORNER, company, crowd, without_a_corner
from tests.gate.attacks.trial import Attack, Pair
from vitrail.gate.periods import week
from vitrail.model import Query

_PAYING = replace(IN_THE_CORNER, plan="paid")
_MONDAY = CORNER[1][1]
_LABELS = (CORNER[0], ("plan", "paid"), ("region", "outside"))


def _ways() -> Iterator[Query]:
    span = week(_MONDAY)
    times = ((("week", _MONDAY),), (("week", "2025-W12"),), (), (("week", _MONDAY),) * 2)
    for time, implied, by in product(times, (True, False), ((), ("week",))):
        for labels in permutations([*(_LABELS if implied else _LABELS[:2]), *time]):
            for twice in ((), labels[:1], labels[-1:]):
                yield asked(*labels, *twice, by=by, span=span)


#: Each is written otherwise than every other.
WORDINGS = tuple(islice(dict.fromkeys(_ways()), 300))


def pair(persons: int, seed: int) -> Pair:
    known = without_a_corner(company(persons, seed)) + crowd(60, _PAYING)
    known += crowd(60, IN_THE_CORNER, 2)
    return ([*known, IN_THE_CORNER],), ([*known, _PAYING],)


#: One wording of each kind; `test_attacks_hold.py` shows that all 300 say the same number.
ATTACK = Attack(
    "averaging over 300 ways to ask",
    "0.96",
    pair,
    (
        asked(CORNER[1], *_LABELS[:2]),
        asked(CORNER[1], *_LABELS),
        asked(*_LABELS[:2], by=("week",), span=week(_MONDAY)),
    ),
)

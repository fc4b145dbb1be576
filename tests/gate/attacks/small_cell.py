"""A small cell read directly: five persons known, and perhaps one more."""

from tests.gate.attacks.asking import PERSONS, ROWS, asked
from tests.gate.attacks.company import CORNER, IN_THE_CORNER, company, crowd, without_a_corner
from tests.gate.attacks.trial import Attack, Pair


def pair(persons: int, seed: int) -> Pair:
    known = without_a_corner(company(persons, seed)) + crowd(5, IN_THE_CORNER)
    return (known,), ([*known, IN_THE_CORNER],)


ATTACK = Attack(
    "small cell read directly",
    "1.00",
    pair,
    (asked(*CORNER, of=(PERSONS, ROWS)), asked(CORNER[1], by=("country", "device"))),
)

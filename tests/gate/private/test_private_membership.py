"""Someone who knows everyone but one guesses no better than ρ allows, and no worse than it says.

Each victim is in the data or not, as likely; the attacker knows all the others' numbers exactly,
takes the whole release and applies the best test there is: the sum over the victim's own cells.
"""

from __future__ import annotations

import math
import random
from datetime import date, timedelta

import pyarrow as pa
import pytest

from vitrail.gate.private import Terms, best_guess, draw, plan
from vitrail.model import Measure, MeasureKind, Query

PERSONS = Measure(MeasureKind.PERSONS)
ROWS = Measure(MeasureKind.ROWS)
VICTIM = 4242
TRIES = 600


def wilson(wins: int, tries: int, z: float = 4.0) -> tuple[float, float]:
    """Wilson's interval, four deviations wide: no honest run falls outside it."""
    share = wins / tries
    centre = (share + z * z / (2 * tries)) / (1 + z * z / tries)
    half = z * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries**2)) / (1 + z**2 / tries)
    return centre - half, centre + half


@pytest.fixture(scope="module")
def whale(make_house):
    """Forty usual persons, and one in every week with all that the bounds let count."""
    mondays = [date(2025, 1, 6) + timedelta(days=7 * week) for week in range(12)]
    rows = [(key, day) for key in range(1, 41) for day in mondays[key % 4 :: 4]]
    rows += [(VICTIM, day) for day in mondays for _ in range(60)]
    table = pa.table(
        {
            "person": [key for key, _ in rows],
            "day": [day for _, day in rows],
            "region": ["EEA"] * len(rows),
            "country": ["FR"] * len(rows),
            "device": ["desktop"] * len(rows),
            "amount": [100] * len(rows),
            "converted": [0] * len(rows),
        }
    )
    return make_house(table, through=date(2025, 3, 30))


def score(release, made) -> float:
    """The log-likelihood ratio of the victim being in, up to a constant."""
    weights = [bound.clip / bound.sigma**2 for bound in made.guarantee.bounds]
    return sum(
        weight * cell.value
        for row in release.rows
        for weight, cell in zip(weights, row.cells, strict=True)
    )


@pytest.mark.parametrize("rho", [0.02, pytest.param(0.5, marks=pytest.mark.attack)])
def test_the_best_attack_on_one_person_stays_within_what_rho_allows(whale, without, rho):
    query = Query("visits", ("week",), (PERSONS, ROWS))
    inside, outside = whale.store.reader(), without(whale, VICTIM)
    made = plan(query, inside, Terms(rho))
    known = [draw(made, outside) for _ in range(40)]
    # what the attacker knows of the others: the mean of very many; the victim's part lies between
    at_rest = sum(score(r, made) for r in known) / len(known)
    weights = [b.clip**2 / b.sigma**2 * 12 for b in made.guarantee.bounds]
    threshold = at_rest + sum(weights) / 2
    coin = random.Random(11)
    wins = 0
    for _ in range(TRIES):
        present = coin.random() < 0.5
        said = score(draw(made, inside if present else outside), made) > threshold
        wins += said == present
    low, high = wilson(wins, TRIES)
    assert low <= best_guess(rho) <= high, (low, high, best_guess(rho))
    assert best_guess(rho) == made.guarantee.guess

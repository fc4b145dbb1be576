"""Who knows everyone but one person cannot tell that person's secret from the gate's answers.

A short run shows that no attack is clearly beyond its aim; `make attacks` plays each often enough
to show that it is within, and writes the table.
"""

from __future__ import annotations

import math
import os
from dataclasses import replace
from pathlib import Path
from statistics import NormalDist

import pytest

from tests.gate.attacks import together, wordings
from tests.gate.attacks.asking import PERSONS, ROWS
from tests.gate.attacks.company import epoch
from tests.gate.attacks.spans import CHOSEN
from tests.gate.attacks.subsets import subsets
from tests.gate.attacks.suite import ATTACKS
from tests.gate.attacks.table import Played, write
from tests.gate.attacks.trial import Attack, fresh_key, play
from tests.gate.attacks.wordings import ATTACK, WORDINGS
from vitrail.errors import Refused
from vitrail.gate import answer, parse_sql, validate
from vitrail.gate.noise import span_sigma

SIZES = (300, 3_000, 30_000)
#: Of one attack at one size, when all is played.
TRIALS = int(os.environ.get("VITRAIL_ATTACK_TRIALS", "10000"))
_SHORT = 160

QUICK = [pytest.param(a, id=a.name) for a in ATTACKS if not a.slow]


@pytest.mark.parametrize("attack", QUICK)
def test_an_attack_is_not_clearly_beyond_its_aim(attack: Attack, tmp_path: Path):
    played = Played(attack, SIZES[0], play(attack, tmp_path, SIZES[0], _SHORT, victims=1))
    assert not played.broken, str(played)


def test_spans_of_ones_choice_are_refused_whatever_is_asked_of_them(house):
    for question in CHOSEN:
        with pytest.raises(Refused, match="one week, month, quarter or year"):
            validate(replace(question, measures=(ROWS, PERSONS)), house.store)


def test_three_hundred_ways_to_ask_one_question_have_one_answer(tmp_path):
    crowd, _ = wordings.pair(SIZES[0], 1)
    store = epoch(tmp_path, *crowd)
    assert len(set(WORDINGS)) == 300
    answers = [answer(w, store, fresh_key("wordings")) for w in (*WORDINGS, *ATTACK.questions)]
    assert len({tuple(row.cells for row in release.rows) for release in answers}) == 1


def test_no_random_subset_of_persons_can_be_said(house):
    for text in subsets(500):
        with pytest.raises(Refused):
            parse_sql(text, house.store)


@pytest.mark.parametrize("told", [together.SIXTY_FOUR, together.YEAR], ids=lambda a: a.name)
def test_what_adds_up_adds_up_no_further_than_theory_says(told: Attack, tmp_path: Path):
    """n numbers of the least noise about one person are right in Φ(√n / 2σ) of all cases."""
    share = play(told, tmp_path, SIZES[0], 24, victims=1)
    most = NormalDist().cdf(math.sqrt(64) / 2 / span_sigma(7))
    assert share.interval[0] <= most, share


@pytest.mark.attack
@pytest.mark.timeout(0)
def test_every_attack_is_within_its_aim_at_every_size(tmp_path: Path):
    table = []
    for attack in ATTACKS:
        trials = round(TRIALS * attack.often)
        for persons in SIZES:
            place = tmp_path / f"{len(table)}"
            table.append(Played(attack, persons, play(attack, place, persons, trials)))
            write(table)
    beyond = [str(played) for played in table if not played.holds]
    assert not beyond, "\n".join(beyond)

"""Who knows everyone but one person cannot tell that person's secret from the gate's answers.

A short run shows that no attack is clearly beyond its aim; `make attacks` plays each often enough
to show that it is within, and writes the table.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.gate.attacks.search import searched
from tests.gate.attacks.suite import ATTACKS
from tests.gate.attacks.table import CONTROL, Played, write
from tests.gate.attacks.trial import Attack, play

SIZES = (300, 3_000, 30_000)
#: Of one attack at one size, when all is played; a slow one is played a tenth as often.
TRIALS = int(os.environ.get("VITRAIL_ATTACK_TRIALS", "10000"))
_SHORT = 240

QUICK = [pytest.param(a, id=a.name) for a in ATTACKS if not a.slow]


@pytest.mark.parametrize("attack", QUICK)
def test_an_attack_is_not_clearly_beyond_its_aim(attack: Attack, tmp_path: Path):
    played = Played(attack, SIZES[0], play(attack, tmp_path, SIZES[0], _SHORT, victims=1))
    assert not played.broken, str(played)


@pytest.mark.attack
@pytest.mark.timeout(0)
def test_the_best_questions_that_a_search_finds_are_within_the_aim(tmp_path: Path):
    found = searched(tmp_path, SIZES[0], seed=1, generations=8, trials=TRIALS)
    assert found.interval[1] <= CONTROL + 0.05, found


@pytest.mark.attack
@pytest.mark.timeout(0)
def test_every_attack_is_within_its_aim_at_every_size(tmp_path: Path):
    table = []
    for attack in ATTACKS:
        trials = TRIALS // 10 if attack.slow else TRIALS
        for persons in SIZES:
            place = tmp_path / f"{len(table)}"
            table.append(Played(attack, persons, play(attack, place, persons, trials)))
            write(table)
    beyond = [str(played) for played in table if not played.holds]
    assert not beyond, "\n".join(beyond)

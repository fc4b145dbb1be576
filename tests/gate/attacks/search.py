"""Automated search (the idea of QuerySnout, CCS 2022): sets of allowed questions that evolve.

Each set is as fit as the rule learned on its answers is right on fresh keys. The best ones are
crossed and changed; what comes out last is tried on keys that the search has never seen.
"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from tests.gate.attacks.asking import AVERAGE, CONVERTED, PERSONS, ROWS, SPENT, asked
from tests.gate.attacks.company import Visit, Worlds, company
from tests.gate.attacks.trial import Attack, guesses
from tests.gate.attacks.wilson import Share
from vitrail.errors import Refused
from vitrail.gate import answer
from vitrail.keys import Keyring
from vitrail.model import Query

_PINS = (("country", "FR"), ("region", "EEA"), ("plan", "paid"), ("device", "desktop"))
_TIMES = (("month", "2025-03"), ("week", "2025-03-17"))
_SIZE, _KEPT = 4, 3
_GENERATIONS = 8

Asked = tuple[Query, ...]


def searched(folder: Path, persons: int, seed: int, generations: int, trials: int) -> Share:
    """How often the best set that the search found is right about the victim's plan."""
    known, victim = company(persons, seed), Visit()
    paying = replace(victim, plan="paid")
    worlds = Worlds.build(folder, ([*known, victim],), ([*known, paying],))
    rng = random.Random(seed)
    sets = [tuple(_question(worlds, rng) for _ in range(_SIZE)) for _ in range(2 * _KEPT)]
    for generation in range(generations):
        fit = {
            each: _right(each, worlds, trials // 20, f"{seed}/{generation}/{i}")
            for i, each in enumerate(dict.fromkeys(sets))
        }
        best = sorted(fit, key=lambda each: -fit[each])[:_KEPT]
        sets = best + [_child(rng.choice(best), rng.choice(best), worlds, rng) for _ in best]
    each = max(1, trials // 2)
    return Share(_right(sets[0], worlds, each, f"{seed}/last"), 2 * each)


ATTACK = Attack(
    "the best four questions that a search of eight generations finds",
    "1.00",
    None,
    (),
    slow=True,
    search=lambda folder, persons, trials: searched(folder, persons, 1, _GENERATIONS, trials),
)


def _right(questions: Asked, worlds: Worlds, each: int, label: str) -> int:
    attack = Attack("searched", "", lambda _persons, _seed: ((), ()), questions)
    return guesses(attack, worlds, each, label)


def _question(worlds: Worlds, rng: random.Random) -> Query:
    """One at random among those that the gate answers."""
    while True:
        pins = rng.sample(_PINS, rng.randrange(4)) + rng.sample(_TIMES, rng.randrange(2))
        free = [name for name, _ in _PINS if name not in dict(pins)]
        by = tuple(rng.sample(free, rng.randrange(2)))
        of = rng.choice((PERSONS, ROWS, SPENT, AVERAGE, CONVERTED))
        question = asked(*pins, by=by, of=(of,))
        try:
            answer(question, worlds.without[0], Keyring(bytes(32)))
        except Refused:
            continue
        return question


def _child(one: Asked, other: Asked, worlds: Worlds, rng: random.Random) -> Asked:
    """Questions of both parents, one of them anew."""
    mixed = rng.sample(list(dict.fromkeys([*one, *other])), _SIZE - 1)
    return (*mixed, _question(worlds, rng))

"""Playing an attack against the real gate: fresh keys, balanced worlds, how often it is right."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from tests.gate.attacks.classifier import Rule, Seen
from tests.gate.attacks.company import THROUGH, Epochs, World, Worlds
from tests.gate.attacks.remembering import Publications
from tests.gate.attacks.sight import Sight
from tests.gate.attacks.wilson import Share
from vitrail.gate import answer
from vitrail.keys import Keyring
from vitrail.model import Query, Release

#: The two worlds: the victim without what is sought, and with it.
Pair = tuple[World, World]


@dataclass(frozen=True)
class Attack:
    """One row of the table: whose secret is sought by which questions.

    ``pair`` makes the two worlds for so many persons and a seed, or ``worlds`` builds them; every
    question is put to every epoch of a world, in order. ``aim`` is how far above guessing
    the upper end of the interval may lie; None where the figure is told whatever it is.
    """

    name: str
    undefended: str
    pair: Callable[[int, int], Pair] | None
    questions: tuple[Query, ...]
    aim: float | None = 0.05
    #: Features that compare answers with each other, beside all that each shows.
    compare: Callable[[Sequence[Release]], Iterable[float]] | None = None
    #: Builds the worlds in a folder, where a pair of rows is not enough.
    worlds: Callable[[Path, int, int], Worlds] | None = None
    #: The last day that is closed.
    through: date = THROUGH
    #: Whether it takes minutes, for its many questions.
    slow: bool = False
    #: How often it is played beside the others: more near an aim, less where none is set.
    often: float = 1.0
    #: How the names of what is learned from end; of few features less is learned amiss than of all.
    features: tuple[str, ...] = ("",)
    #: Plays it in a folder, for so many persons and trials: where its questions are to be found.
    search: Callable[[Path, int, int], Share] | None = None

    def build(self, folder: Path, persons: int, seed: int) -> Worlds:
        """Both worlds, for so many persons."""
        if self.worlds is not None:
            return self.worlds(folder, persons, seed)
        assert self.pair is not None, "an attack has a pair of rows or builds its worlds"
        return Worlds.build(folder, *self.pair(persons, seed), self.through)


def play(attack: Attack, folder: Path, persons: int, trials: int, victims: int = 2) -> Share:
    """The attacker's right guesses: he learns as often as he is tried, on keys of his own."""
    if attack.search is not None:
        return attack.search(folder, persons, trials)
    right = tried = 0
    for victim in range(victims):
        place = folder / f"{persons}-{victim}"
        worlds = attack.build(place, persons, victim)
        each = max(1, trials // (2 * victims))
        found = guesses(attack, worlds, each, f"{attack.name}/{persons}/{victim}")
        right, tried = right + found, tried + 2 * each
    return Share(right, tried)


def guesses(attack: Attack, worlds: Worlds, each: int, label: str) -> int:
    """Right guesses among ``each`` trials a world, by a rule learned on as many others."""
    sight = Sight()
    learned = [
        _look(attack, epochs, sight, each, f"{label}/learn/{side}")
        for side, epochs in enumerate((worlds.without, worlds.with_))
    ]
    sight.close()
    rule = Rule.learn(*(sight.table(rows) for rows in learned))
    tested = [
        sight.table(_look(attack, epochs, sight, each, f"{label}/test/{side}"))
        for side, epochs in enumerate((worlds.without, worlds.with_))
    ]
    return int(np.sum(~rule.says_with(tested[0])) + np.sum(rule.says_with(tested[1])))


def _look(
    attack: Attack, epochs: Epochs, sight: Sight, times: int, label: str
) -> list[dict[str, float]]:
    return [_seen(attack, epochs, sight, fresh_key(f"{label}/{i}")) for i in range(times)]


def _seen(attack: Attack, epochs: Epochs, sight: Sight, keys: Keyring) -> dict[str, float]:
    published = Publications()
    for epoch in epochs:
        epoch.published = published
    releases = [answer(q, epoch, keys) for epoch in epochs for q in attack.questions]
    seen = sight.of(releases, attack.features)
    if attack.compare is not None:
        seen |= {f"compared {i}": x for i, x in enumerate(attack.compare(releases))}
    return seen


def fresh_key(label: str) -> Keyring:
    return Keyring(hashlib.sha256(label.encode()).digest())


__all__ = ["Attack", "Pair", "Seen", "fresh_key", "play"]

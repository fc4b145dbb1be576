"""One person's signals added up: at most two of a family, and what contradicts is taken off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp
from typing import Final

from vitrail.detect.minors.signals import DOCUMENTED, Family, Judged, Level, Signal, judge, level_of

_OF_A_FAMILY: Final = 2


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a person is likely a minor on a day; ``families``: what spoke for it."""

    level: Level
    score: float
    age_low: int | None
    age_high: int | None
    families: tuple[Family, ...]


def judge_person(signals: Iterable[Signal], on: date, adult: int = 18) -> Judgement | None:
    """The level that all signals about one person reach together; None where they do not."""
    return combine([(signal.family, judge(signal, on, adult)) for signal in signals])


def combine(judged: Sequence[tuple[Family, Judged]]) -> Judgement | None:
    """The same of signals that were judged already, each on the same day."""
    total = sum(_capped(judged))
    speaking = [(s, j) for s, j in judged if j.log_odds > 0]
    documented = any(s in DOCUMENTED and j.level is Level.CERTAIN for s, j in judged)
    level = level_of(total, documented=documented) if speaking else None
    if level is None:
        once = [(s, j) for s, j in judged if j.level is Level.WAS_MINOR]
        if not once:
            return None
        return _told(Level.WAS_MINOR, total, once)
    if all(j.level is Level.POSSIBLE and j.age_high is not None for _, j in speaking):
        level = Level.POSSIBLE  # ages on both sides of the line stay so, however many say them
    return _told(level, total, speaking)


def _capped(judged: Sequence[tuple[Family, Judged]]) -> Iterable[float]:
    """Of each family and side the two weightiest log-odds."""
    odds: dict[tuple[Family, bool], list[float]] = defaultdict(list)
    for family, one in judged:
        odds[family, one.log_odds > 0].append(one.log_odds)
    for values in odds.values():
        yield from sorted(values, key=abs, reverse=True)[:_OF_A_FAMILY]


def _told(level: Level, total: float, by: list[tuple[Family, Judged]]) -> Judgement:
    lows = [one.age_low for _, one in by if one.age_low is not None]
    highs = [one.age_high for _, one in by if one.age_high is not None]
    spoke = {family for family, _ in by}
    families = tuple(family for family in Family if family in spoke)
    score = 1 / (1 + exp(-max(-50.0, min(50.0, total))))
    return Judgement(level, score, max(lows, default=None), min(highs, default=None), families)

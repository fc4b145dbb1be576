"""One person's signals added up: at most two of a family, and what contradicts is taken off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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
    judged = [(signal, judge(signal, on, adult)) for signal in signals]
    total = sum(_capped(judged))
    speaking = [(s, j) for s, j in judged if j.log_odds > 0]
    documented = any(s.family in DOCUMENTED and j.level is Level.CERTAIN for s, j in judged)
    level = level_of(total, documented=documented) if speaking else None
    if level is None:
        once = [(s, j) for s, j in judged if j.level is Level.WAS_MINOR]
        if not once:
            return None
        return _told(Level.WAS_MINOR, total, once)
    if all(j.level is Level.POSSIBLE and s.birth is not None for s, j in speaking):
        level = Level.POSSIBLE  # ages on both sides of the line stay so, however many say them
    return _told(level, total, speaking)


def _capped(judged: list[tuple[Signal, Judged]]) -> Iterable[float]:
    """Of each family and side the two weightiest log-odds."""
    odds: dict[tuple[Family, bool], list[float]] = defaultdict(list)
    for signal, one in judged:
        odds[signal.family, one.log_odds > 0].append(one.log_odds)
    for values in odds.values():
        yield from sorted(values, key=abs, reverse=True)[:_OF_A_FAMILY]


def _told(level: Level, total: float, by: list[tuple[Signal, Judged]]) -> Judgement:
    lows = [one.age_low for _, one in by if one.age_low is not None]
    highs = [one.age_high for _, one in by if one.age_high is not None]
    families = tuple(dict.fromkeys(signal.family for signal, _ in by))
    score = 1 / (1 + exp(-max(-50.0, min(50.0, total))))
    return Judgement(level, score, max(lows, default=None), min(highs, default=None), families)

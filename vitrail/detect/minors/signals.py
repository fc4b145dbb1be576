"""What speaks for somebody being under age, and how much: one signal, its ages, its level.

A level says how often such a signal is right: certain at least 98 times in 100, likely 85,
possible 40. Weights are log-odds, so that what several signals say can be added up; a bench
measures them (``bench/minors.py``). Text alone is never certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import exp, log
from typing import Final

from vitrail.detect.minors.births import Birth


class Level(StrEnum):
    """How sure it is. ``WAS_MINOR``: under age when it was said or processed, of age now."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"
    WAS_MINOR = "was_minor"


class Family(StrEnum):
    """Where a signal comes from."""

    BIRTH_DATE = "birth_date"
    BIRTH_YEAR = "birth_year"
    DECLARED_AGE = "declared_age"
    NATIONAL_ID = "national_id"
    ACCOUNT_FLAG = "account_flag"
    GUARDIAN = "guardian"
    STATEMENT = "statement"
    BIRTH_STATED = "birth_stated"
    MINOR = "minor"
    SCHOOL = "school"
    PARENTS = "parents"
    HINT = "hint"


#: The log-odds of a signal all of whose ages are under age; an adult one takes as much away.
WEIGHTS: Final = {
    Family.BIRTH_DATE: 7.0,
    Family.BIRTH_YEAR: 6.0,
    Family.DECLARED_AGE: 6.0,
    Family.NATIONAL_ID: 3.0,
    Family.ACCOUNT_FLAG: 2.5,
    Family.GUARDIAN: 2.5,
    Family.STATEMENT: 2.9,
    Family.BIRTH_STATED: 2.9,
    Family.MINOR: 2.5,
    Family.SCHOOL: 2.2,
    Family.PARENTS: 0.9,
    Family.HINT: 0.3,
}
#: What a signal weighs of which only some of the ages are under age.
STRADDLING: Final = 0.3
#: Columns in which somebody wrote down an age as such. Only they make it certain.
DOCUMENTED: Final = frozenset(
    {Family.BIRTH_DATE, Family.BIRTH_YEAR, Family.DECLARED_AGE, Family.NATIONAL_ID}
)
_FLOORS: Final = (
    (Level.CERTAIN, 0.98),
    (Level.LIKELY, 0.85),
    (Level.POSSIBLE, 0.40),
)


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that speaks of somebody's age.

    ``birth``: the births that it allows, None where it names none (parental phrases).
    ``said_on``: when it was said, or else when the data was first processed. ``named``: whether
    its column's own name says what it is. ``start``, ``end``: code points in the cell.
    """

    family: Family
    birth: Birth | None
    said_on: date
    named: bool = True
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A signal on a day: its level (None: it speaks for an adult), log-odds, and possible ages."""

    level: Level | None
    log_odds: float
    age_low: int | None
    age_high: int | None

    @property
    def score(self) -> float:
        """The probability that the log-odds stand for."""
        return 1 / (1 + exp(-self.log_odds))


def judge(signal: Signal, on: date, adult: int = 18) -> Judged:
    """What a signal says on a day. ``adult``: the age from which nobody is a minor."""
    weight = WEIGHTS[signal.family]
    if signal.family is Family.NATIONAL_ID and signal.named:
        weight *= 2
    if signal.birth is None:
        return Judged(level_of(weight, documented=False), weight, None, None)
    now, then = signal.birth.ages(on), signal.birth.ages(min(signal.said_on, on))
    low, high = now.low, now.high
    if now.under(adult):
        documented = signal.family in DOCUMENTED
        return Judged(level_of(weight, documented=documented), weight, low, high)
    if now.straddles(adult):
        return Judged(Level.POSSIBLE, STRADDLING, low, high)
    was = Level.WAS_MINOR if then.under(adult) else None
    return Judged(was, -weight, low, high)


def level_of(log_odds: float, *, documented: bool) -> Level | None:
    """The level that log-odds reach; at most likely without a document."""
    for level, floor in _FLOORS:
        if log_odds >= log(floor / (1 - floor)):
            return Level.LIKELY if level is Level.CERTAIN and not documented else level
    return None

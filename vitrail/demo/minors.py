"""Birth dates that make someone a minor, once made them one, or only nearly do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np

from vitrail.demo.people import People, Timeline
from vitrail.demo.seasonality import DAY
from vitrail.demo.streams import Streams
from vitrail.demo.truth import Truth

ADULT: Final = 18


@dataclass(frozen=True, slots=True)
class Case:
    """One planted birth date, or stated age. ``leave``: a guardian's authorisation, if any."""

    account: int
    born: date | None
    level: str
    signal: str
    breaks: str | None
    leave: str | None = None
    age: int | None = None


def years_before(day: date, years: int) -> date:
    """The same day of the year; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def cases(people: People, timeline: Timeline, streams: Streams, truth: Truth) -> tuple[Case, ...]:
    """All planted birth dates, each for another account that is open, and not a new one.

    A company that keeps MIN-01 knows nobody's birth date, for its policy declares none: guardians
    are on record there, and no date.
    """
    rng = streams.of("minors")
    settled = people.created < timeline.end - 60 * DAY
    whom = iter(rng.permutation(np.flatnonzero((people.closed < 0) & settled)).tolist())
    today, count = timeline.last, max(3, len(people) // 1000)
    ended = ("withdrawn", "expired")[: truth.some(2, "MIN-04")]
    if not truth.plants("MIN-01"):
        return tuple(
            Case(next(whom), None, "authorised", "guardian", None, leave)
            for leave in ("valid", "valid", *ended)
        )
    ages = rng.integers(0, 500, count).tolist()
    return (
        *(_minor(next(whom), years_before(today, 16) - timedelta(days=age)) for age in ages),
        # the fourth of March or the third of April: under age in both readings
        _minor(next(whom), date(today.year - 17, 4, 3), "either_reading"),
        *_with_guardian(whom, years_before(today, 15), ended),
        *_near_the_line(whom, today),
        *(_once(people, next(whom)) for _ in range(3)),
        Case(next(whom), None, "certain", "declared_age", None, age=14),
    )


def _minor(account: int, born: date, signal: str = "birth_date", leave: str | None = None) -> Case:
    return Case(account, born, "certain", signal, "violations", leave)


def _with_guardian(whom: Iterator[int], youth: date, ended: tuple[str, ...]) -> tuple[Case, ...]:
    """Two with a guardian's leave in force, and those whose leave has ``ended``."""
    earlier = [youth - timedelta(days=days) for days in (0, 90, 200, 300)]
    return (
        Case(next(whom), earlier[0], "authorised", "birth_date", None, "valid"),
        Case(next(whom), earlier[1], "authorised", "birth_date", None, "valid"),
        *(_minor(next(whom), earlier[2 + n], leave=leave) for n, leave in enumerate(ended)),
    )


def _near_the_line(whom: Iterator[int], today: date) -> tuple[Case, ...]:
    """Eighteen today and tomorrow, born on a leap day, born a century ago."""
    birthday = years_before(today, ADULT)
    return (
        Case(next(whom), birthday, "was_minor", "eighteen_today", "warnings"),
        _minor(next(whom), birthday + timedelta(days=1), "eighteen_tomorrow"),
        *_other_reading(whom, birthday),
        Case(next(whom), date(2004, 2, 29), "none", "leap_day", None),
        Case(next(whom), date(today.year - 100, 6, 15), "none", "century", None),
    )


def _other_reading(whom: Iterator[int], birthday: date) -> tuple[Case, ...]:
    """Under age as the column is written, of age with day and month exchanged, where there is one.

    The mapping says that days come first, so this is no matter of doubt; without it, it would be.
    """
    for month in range(1, 13):
        for day in range(1, 13):
            written, exchanged = date(birthday.year, month, day), date(birthday.year, day, month)
            if written > birthday >= exchanged:
                return (_minor(next(whom), written, "other_reading_adult"),)
    return ()


def _once(people: People, account: int) -> Case:
    """Seventeen when the account was opened, eighteen three weeks later."""
    joined = datetime.fromtimestamp(int(people.created[account]), UTC).date()
    born = years_before(joined, ADULT) + timedelta(days=20)
    return Case(account, born, "was_minor", "minor_at_signup", "warnings")

"""Birth dates that make someone a minor, once made them one, or only nearly do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np

from vitrail.demo.fates import Fates
from vitrail.demo.people import People, Timeline
from vitrail.demo.streams import Streams

ADULT: Final = 18


@dataclass(frozen=True, slots=True)
class Case:
    """One planted birth date. ``leave``: what guardian's authorisation there is, if any."""

    account: int
    born: date
    level: str
    signal: str
    breaks: str | None
    leave: str | None = None


def years_before(day: date, years: int) -> date:
    """The same day of the year; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def cases(people: People, fates: Fates, timeline: Timeline, streams: Streams) -> tuple[Case, ...]:
    """All planted birth dates, each for another account that is open and not erased."""
    rng = streams.of("minors")
    open_ = np.flatnonzero((people.closed < 0) & ~fates.erased)
    whom = iter(rng.permutation(open_).tolist())
    today = timeline.last
    found = [_plain(next(whom), years_before(today, 16) - timedelta(days=int(rng.integers(0, 500))))
             for _ in range(max(3, len(people) // 1000))]  # fmt: skip
    youth = years_before(today, 15)
    found += [
        Case(next(whom), date(2009, 4, 3), "certain", "either_reading", "violations"),
        Case(next(whom), youth, "authorised", "birth_date", None, "valid"),
        Case(next(whom), youth - timedelta(days=90), "authorised", "birth_date", None, "valid"),
        Case(next(whom), youth - timedelta(days=200), "certain", "birth_date", "violations", "withdrawn"),
        Case(next(whom), youth - timedelta(days=300), "certain", "birth_date", "violations", "expired"),
        Case(next(whom), years_before(today, ADULT), "none", "eighteen_today", "edges"),
        Case(next(whom), years_before(today, ADULT) + timedelta(days=1), "certain", "eighteen_tomorrow", "violations"),
        Case(next(whom), date(2004, 2, 29), "none", "leap_day", None),
        Case(next(whom), date(today.year - 100, 6, 15), "none", "century", None),
    ]  # fmt: skip
    found += [_once(people, next(whom)) for _ in range(3)]
    return tuple(found)


def _plain(account: int, born: date) -> Case:
    return Case(account, born, "certain", "birth_date", "violations")


def _once(people: People, account: int) -> Case:
    """Seventeen when the account was opened; the level depends on what the as-of day makes of it."""
    joined = datetime.fromtimestamp(int(people.created[account]), UTC).date()
    born = years_before(joined, ADULT) + timedelta(days=20)
    return Case(account, born, "was_minor", "minor_at_signup", "edges")

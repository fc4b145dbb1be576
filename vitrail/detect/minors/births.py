"""What is known of somebody's birth as an interval, and the ages that follow from it.

A full date is one day, a year 365, "15" said on some day the year of days on which somebody of
that age was born. Every reading of a date that can be read two ways widens the interval, so what
holds for the interval holds for each reading.

Who was born on 29 February comes of age on 28 February or on 1 March, by country: on the day
between both ages are possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ages:
    """The least and the greatest age in whole years that somebody can have on a day."""

    low: int
    high: int

    def under(self, age: int) -> bool:
        """Whether every age in the range is below ``age``."""
        return self.high < age

    def straddles(self, age: int) -> bool:
        return self.low < age <= self.high


@dataclass(frozen=True, slots=True)
class Birth:
    """The first and the last day on which somebody can have been born, both included."""

    earliest: date
    latest: date

    def ages(self, on: date) -> Ages:
        """The ages possible on a day; -1 for who was not born yet."""
        return Ages(
            max(-1, _years(self.latest, on, late=True)),
            max(-1, _years(self.earliest, on, late=False)),
        )

    def joined(self, other: Birth) -> Birth:
        """The interval that holds both."""
        return Birth(min(self.earliest, other.earliest), max(self.latest, other.latest))


def of_day(day: date) -> Birth:
    """Born on that day."""
    return Birth(day, day)


def of_year(year: int) -> Birth:
    """Born in that year, nobody knows when."""
    return Birth(date(year, 1, 1), date(year, 12, 31))


def of_month(year: int, month: int) -> Birth:
    """Born in that month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return Birth(date(year, month, 1), following - _DAY)


def of_ages(low: int, high: int, on: date) -> Birth:
    """Of one of these ages, in whole years, on that day."""
    return Birth(_before(on, high + 1) + _DAY, _before(on, low))


def _before(day: date, years: int) -> date:
    """The same day so many years ago; 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=max(1, day.year - years))
    except ValueError:
        return date(max(1, day.year - years), 2, 28)


def _years(born: date, on: date, *, late: bool) -> int:
    """Whole years from a birth to a day. ``late``: a leap day's birthday is 1 March."""
    month, day = born.month, born.day
    if (month, day) == (2, 29) and not _is_leap(on.year):
        month, day = (3, 1) if late else (2, 28)
    return on.year - born.year - ((on.month, on.day) < (month, day))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

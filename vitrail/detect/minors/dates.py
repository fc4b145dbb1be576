"""Birth dates as they are written, in every order that they can mean.

03/04/2009 is the third of April or the fourth of March where nobody said which part is the day;
the interval then holds both. Two digits of a year are read in this century and the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from typing import Final

from vitrail.detect.minors.births import Birth, of_day, of_month, of_year
from vitrail.detect.vocabulary.birth import MONTHS

_NAMES: Final = (
    "jan|jän|ene|gen",
    "feb|fév|fev",
    "mar|mär|mae|mrz|mrt|maa",
    "apr|avr|abr",
    "may|mai|mag|mei",
    "jun|juin|giu",
    "jul|juil|lug",
    "aug|aoû|aou|ago",
    "sep|set",
    "oct|okt|ott|out",
    "nov",
    "dec|déc|dez|dic",
)
_MONTH: Final = "|".join(
    sorted({re.escape(name.casefold()) for name in MONTHS}, key=lambda name: (-len(name), name))
)
_CLOCK: Final = r"(?:[T ]\s*\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:Z|UTC|[+-]\d\d:?\d\d)?)?"
_SUFFIX: Final = r"(?:st|nd|rd|th|er|[ºª°.])?"
_OF: Final = r"(?:\s*(?:of|de|del|di|d'|d’))?"
_ORDINAL: Final = (
    (re.compile(rf"(\d{{4}})\s*[-/.]\s*(\d{{1,2}})\s*[-/.]\s*(\d{{1,2}}){_CLOCK}", re.I), "ymd"),
    (re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d\d){_CLOCK}", re.I), "either"),
    (re.compile(r"(\d{4})(\d\d)(\d\d)(?:T\d{4,6}Z?)?"), "ymd"),
)
_DAY_FIRST: Final = re.compile(
    rf"(\d{{1,2}}){_SUFFIX}{_OF}[\s/-]*({_MONTH})\.?,?{_OF}[\s/-]*(\d{{4}}|\d\d){_CLOCK}", re.I
)
_MONTH_FIRST: Final = re.compile(rf"({_MONTH})\.?\s+(\d{{1,2}}){_SUFFIX},?\s+(\d{{4}})", re.I)
_MONTH_YEAR: Final = re.compile(rf"(?:({_MONTH})\.?|(\d{{1,2}})/){_OF}\s*(\d{{4}})", re.I)
_YEAR: Final = re.compile(r"\d{4}")
_EPOCH: Final = re.compile(r"-?\d{5,13}")

#: What a date looks like inside a text, for the patterns that look for one.
WRITTEN: Final = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\s?\d{{1,2}}[-/.]\s?\d{{2,4}}"
    rf"|\d{{1,2}}{_SUFFIX}{_OF}\s*(?:{_MONTH})\.?,?{_OF}\s*\d{{4}}"
    rf"|(?:{_MONTH})\.?\s+\d{{1,2}}{_SUFFIX},?\s+\d{{4}}"
    rf"|(?:{_MONTH})\.?{_OF}\s*\d{{4}}|(?:19|20)\d\d)(?![\w/-])"
)


def birth_of(text: str, *, day_first: bool | None = None, form: str | None = None) -> Birth | None:
    """When somebody was born whose birth is written so; None where it is no date.

    ``day_first``: None where nobody said, and then both orders count. ``form``: a strptime format
    that the source declares; nothing else is read then.
    """
    written = text.strip()
    if form is not None:
        return _declared(written, form)
    found = [birth for birth in _readings(written, day_first) if birth.earliest.year >= 1]
    return reduce(Birth.joined, found) if found else None


def _declared(text: str, form: str) -> Birth | None:
    for behind in ("", " %H:%M", " %H:%M:%S"):
        try:
            return of_day(datetime.strptime(text, form + behind).date())
        except ValueError:
            continue
    return None


def _readings(text: str, day_first: bool | None) -> Iterator[Birth]:
    for shape, order in _ORDINAL:
        if match := shape.fullmatch(text):
            yield from _numeric(match.groups(), order, day_first)
            return
    if match := _DAY_FIRST.fullmatch(text):
        yield from _days(match[3], _month(match[2]), int(match[1]))
    elif match := _MONTH_FIRST.fullmatch(text):
        yield from _days(match[3], _month(match[1]), int(match[2]))
    elif match := _MONTH_YEAR.fullmatch(text):
        month = _month(match[1]) if match[1] else int(match[2])
        if 1 <= month <= 12 and _is_year(int(match[3])):
            yield of_month(int(match[3]), month)
    elif _YEAR.fullmatch(text):
        if _is_year(int(text)):
            yield of_year(int(text))
    elif _EPOCH.fullmatch(text):
        yield from _since_1970(int(text))


def _numeric(parts: tuple[str, ...], order: str, day_first: bool | None) -> Iterator[Birth]:
    first, second, third = parts
    if order == "ymd":
        yield from _days(first, int(second), int(third))
        return
    if day_first is not False:
        yield from _days(third, int(second), int(first))
    if day_first is not True:
        yield from _days(third, int(first), int(second))


def _days(year: str, month: int, day: int) -> Iterator[Birth]:
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    for one in years:
        try:
            yield of_day(date(one, month, day))
        except ValueError:
            continue


def _month(name: str) -> int:
    """A month's number by its name in any of the languages; 0 for no month."""
    low = name.casefold()
    return next((n for n, shape in enumerate(_NAMES, 1) if re.match(shape, low)), 0)


def _since_1970(number: int) -> Iterator[Birth]:
    """Seconds, or thousandths of them, at midnight UTC: how machines write a birth date."""
    seconds = number // 1000 if abs(number) >= 10**11 else number
    if seconds % 86_400 == 0:
        yield of_day((datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date())


def _is_year(year: int) -> bool:
    return 1900 <= year <= 2100

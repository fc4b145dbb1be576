"""Dates of birth: any writing of a past date, but only where a word nearby says birth."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

from presidio_analyzer import Pattern, PatternRecognizer

from vitrail.detect.vocabulary.birth import BIRTH, BORN_IN, MONTHS
from vitrail.detect.wording import spellings


def _any_of(words: set[str], gap: str) -> str:
    """The words as alternatives, the longest first; ``gap``: what stands between two of one."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(gap.join(map(re.escape, word.split())) for word in longest)


_MONTHS: Final = _any_of({*map(str.casefold, MONTHS), *spellings(MONTHS)}, " ")
_YEAR: Final = r"(?:19|20)\d{2}"
_START: Final = r"(?<![\w.\-/])"
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th|er|[ºª°]|\.)?"
_OF: Final = r"(?:of |d[eo] |d')?"
_CLOCK: Final = r"\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?[ ]?(?:Z\b|UTC\b|[+\-]\d\d:?\d\d\b)?"
_TIME: Final = rf"(?:[T ,]{{1,2}}{_CLOCK})?"
_BORN_IN: Final = _any_of(set(spellings(BORN_IN)), r"[\W_]{1,3}")
_SHAPES: Final = (
    ("year first", rf"{_START}{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d){_TIME}", 0.2),
    ("year last", rf"{_START}\d{{1,2}}[-/. ]\d{{1,2}}[-/. ]{_YEAR}\b{_TIME}", 0.2),
    ("short year", rf"{_START}\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2}}(?![\w\-/])", 0.1),
    ("digits", rf"\b{_YEAR}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:T\d{{4,6}}Z?)?\b", 0.1),
    (
        "day month year",
        rf"\b{_DAY}[ /\-]?{_OF}(?:{_MONTHS})\.?,?[ /\-](?:de[l]? )?{_YEAR}\b",
        0.2,
    ),
    ("month day year", rf"\b(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}\b", 0.2),
    (
        "year",
        rf"(?<=(?<![^\W_])(?:{_BORN_IN})\W{{1,4}})(?:(?:{_MONTHS})\.? (?:del? )?)?{_YEAR}"
        r"(?![\-/.]\d|\w)",
        0.2,
    ),
    ("whole year", rf"\A{_YEAR}\z", 0.1),
    ("seconds", r"\A-?\d{5,13}\z", 0.1),
)


class DateOfBirthRecognizer(PatternRecognizer):  # type: ignore[misc]
    """A date that a person can have been born on; weak, so that a word must speak for it."""

    within_sentence = True

    def __init__(self, language: str) -> None:
        super().__init__(
            supported_entity="DATE_OF_BIRTH",
            name="DateOfBirthRecognizer",
            supported_language=language,
            patterns=[Pattern(name, shape, score) for name, shape, score in _SHAPES],
            context=list(BIRTH),
        )

    def invalidate_result(self, pattern_text: str) -> bool:
        """Refuses a date that no calendar has, and one to come."""
        numbers = [int(n) for n in re.findall(r"\d+", pattern_text)]
        if len(numbers) == 1 and re.fullmatch(r"-?\d{5,}", pattern_text):
            return not (_is_compact(pattern_text) or _is_midnight(int(pattern_text)))
        if "T" in pattern_text and len(str(numbers[0])) == 8:
            return not _is_compact(pattern_text[:8])
        if len(numbers) < 3:
            year = numbers[-1]
            return not 1900 <= year <= date.today().year or not 1 <= numbers[0] <= max(31, year)
        return not any(_is_past(*order) for order in _orders(numbers[0], numbers[1], numbers[2]))


def _is_compact(digits: str) -> bool:
    return len(digits) == 8 and _is_past(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _is_midnight(since: int) -> bool:
    """Whether seconds or milliseconds since 1970 tell a full hour, as a day's beginning is one in
    any time zone: so written, one number in 3,600 is by chance."""
    seconds = since // 1000 if abs(since) >= 10**10 else since
    if since % 1000 and seconds != since:
        return False
    begin = datetime(1900, 1, 1, tzinfo=UTC).timestamp()
    return seconds % 3600 == 0 and begin <= seconds <= datetime.now(UTC).timestamp()


def _orders(first: int, second: int, third: int) -> tuple[tuple[int, int, int], ...]:
    if first > 31:
        return ((first, second, third),)
    year = third if third > 99 else third + (1900 if third > date.today().year % 100 else 2000)
    return ((year, second, first), (year, first, second))


def _is_past(year: int, month: int, day: int) -> bool:
    try:
        return date(1900, 1, 1) <= date(year, month, day) <= date.today()
    except ValueError:
        return False

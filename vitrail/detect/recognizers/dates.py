"""Dates of birth: any writing of a past date, but only where a word nearby says birth."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from presidio_analyzer import Pattern, PatternRecognizer

_MONTHS: Final = (
    "jan(?:uary|vier|uar|eiro)?|ene(?:ro)?|gen(?:naio)?|f[eé]v(?:rier|ereiro)?|feb(?:ruary|ruar|"
    "rero|braio|ruari)?|mar(?:ch|s|zo|ço|t)?|märz|maart|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|"
    "ma[iy]o?|mag(?:gio)?|mei|jun[ei]?o?|juin|giu(?:gno)?|juni|jul[yi]?o?|juil(?:let)?|"
    "lug(?:lio)?|aug(?:ust|ustus)?|ao[uû]t|ago(?:sto)?|sep(?:t|tember|tembre|tiembre)?|set(?:embro|"
    "tembre)?|oct(?:ober|obre|ubre)?|okt(?:ober)?|ott(?:obre)?|out(?:ubro)?|nov(?:ember|embre|"
    "iembre|embro)?|dec(?:ember)?|d[eé]c(?:embre)?|dez(?:ember|embro)?|dic(?:iembre|embre)?"
)
_YEAR: Final = r"(?:19|20)\d{2}"

BIRTH_WORDS: Final = (
    "birth", "birthdate", "birthday", "dateofbirth", "born", "dob", "bday", "date of birth",
    "naissance", "né", "née", "nee", "datenaissance", "date naissance", "ddn",
    "geburtsdatum", "geburtstag", "geboren", "geb", "gebdatum",
    "nacimiento", "nacido", "nacida", "fechanacimiento", "fecha nacimiento",
    "nascita", "nato", "nata", "datanascita", "data nascita",
    "nascimento", "nascido", "nascida", "data nascimento",
    "geboortedatum", "geboorte", "geboren op",
)  # fmt: skip


_START: Final = r"(?<![\w.\-/])"
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th|er|º|\.)?"
_SHAPES: Final = (
    ("year first", rf"{_START}{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d)", 0.2),
    ("year last", rf"{_START}\d{{1,2}}[-/. ]\d{{1,2}}[-/. ]{_YEAR}\b", 0.2),
    ("short year", rf"{_START}\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2}}(?![\w\-/])", 0.1),
    ("digits", rf"\b{_YEAR}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\b", 0.1),
    (
        "day month year",
        rf"\b{_DAY}[ -](?:d[eo] )?(?:{_MONTHS})\.?,?[ -](?:de[l]? )?{_YEAR}\b",
        0.2,
    ),
    ("month day year", rf"\b(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}\b", 0.2),
)


class DateOfBirthRecognizer(PatternRecognizer):  # type: ignore[misc]
    """A date that a person can have been born on; weak, so that a word must speak for it."""

    def __init__(self, language: str) -> None:
        super().__init__(
            supported_entity="DATE_OF_BIRTH",
            name="DateOfBirthRecognizer",
            supported_language=language,
            patterns=[Pattern(name, shape, score) for name, shape, score in _SHAPES],
            context=list(BIRTH_WORDS),
        )

    def invalidate_result(self, pattern_text: str) -> bool:
        """Refuses a date that no calendar has, and one to come."""
        numbers = [int(n) for n in re.findall(r"\d+", pattern_text)]
        if len(numbers) == 1:
            digits = str(numbers[0])
            numbers = [int(digits[:4]), int(digits[4:6]), int(digits[6:8])]
        if len(numbers) == 2:
            return not 1900 <= numbers[1] <= date.today().year or not 1 <= numbers[0] <= 31
        return not any(_is_past(*order) for order in _orders(numbers[0], numbers[1], numbers[2]))


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

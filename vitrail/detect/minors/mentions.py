"""The numbers of a text that may be an age, and the dates that may be a birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from vitrail.detect.minors.births import Birth, of_ages, of_year
from vitrail.detect.minors.dates import WRITTEN, birth_of
from vitrail.detect.minors.saying import LAST_MINOR, LEAST, Said
from vitrail.detect.minors.vocabulary import Language, age_in, folded

ADULT: Final = LAST_MINOR + 1
#: What makes a number one of something else in whatever language.
_MEASURE: Final = re.compile(
    r" ?(?:[€$£%°]|(?:kg|km|cm|mm|ml|[kmgt]b|px|min|eur|usd|x)(?![^\W\d]))", re.I
)
#: Code points of an ending that makes a number's stem one.
_ENDING: Final = 4
_WRITTEN: Final = re.compile(rf"(?<![\w/.-]){folded(WRITTEN)}", re.I)


@dataclass(frozen=True, slots=True)
class Mention:
    """A number or a date, and the births that it allows if it is its writer's. A number may be the
    age that they are about to reach.

    ``kind``: ``figure``, ``word`` or ``date``; ``adult`` for "18", which a minor names who says
    what they are not yet. ``start``, ``end``: code points.
    """

    kind: str
    start: int
    end: int
    birth: Birth


def mentions(said: Said, words: Language, on: date, day_first: bool | None) -> Iterator[Mention]:
    """All that may be a minor's age or birth on a day, in a language's words."""
    for near in said.places.young:
        for match in words.mentioned.finditer(said.plain, *near):
            age = age_in(words, match[0])
            if age is None:  # a stem, which its ending belongs to: "dodicenne"
                age = age_in(words, said.plain[match.start() : match.end() + _ENDING])
            measure = _MEASURE.match(said.plain, match.end())
            if age is not None and LEAST <= age <= ADULT and measure is None:
                low, high = (age - 1, age) if age < ADULT else (LEAST, LAST_MINOR)
                kind = _kind(match[0], age)
                yield Mention(kind, *match.span(), of_ages(low, high, on))
    for near in said.places.dated:
        for match in _WRITTEN.finditer(said.plain, *near):
            birth = birth_of(said.written[slice(*match.span())], day_first=day_first)
            birth = birth or birth_of(match[0], day_first=day_first)
            if birth is not None and birth.latest <= on and birth.ages(on).under(ADULT):
                yield Mention("date", *match.span(), birth)
        for match in words.year.finditer(said.plain, *near):
            birth = of_year(2000 + (age_in(words, match[0]) or 0))
            if birth.latest <= on and birth.ages(on).under(ADULT):
                yield Mention("date", *match.span(), birth)


def _kind(text: str, age: int) -> str:
    if age == ADULT:
        return "adult"
    return "figure" if text[0].isdigit() else "word"

"""What a person writes of their own age, and nothing of what only looks like it.

A statement counts in the first person and the present. Another person in the same clause, a unit
behind the number, "when", "if", "since" or somebody's words before it take it away. Lines that
quote a message (``> …``) and words between quotation marks are another's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from vitrail.detect.minors.births import Birth, of_ages
from vitrail.detect.minors.dates import WRITTEN, birth_of
from vitrail.detect.minors.vocabulary import LANGUAGES, Language, age_in, language, stages

LEAST, MOST = 8, 99
"""Ages that people write of themselves."""
_MINOR: Final = 17
_SENTENCE: Final = re.compile(r"(?<!\d)[.!?…]+\s|\n|(?<=\D)[.!?…]+(?=[A-Z¡¿])")
_CLAUSE: Final = re.compile(r"[,;:]\s")
_QUOTED: Final = re.compile(r"(?m)^\s*(?:>|\|).*$|[«“„][^»”“\n]*[»”“]|(?<!\w)\"[^\"\n]*\"")
_DATE: Final = re.compile(WRITTEN, re.I)
#: One of these must stand in a text before the patterns look at it: a number, or a word.
_LOOK: Final = re.compile(
    r"\d|minor|mineur|minder|menor|minoren|under ?age|volljähr|volwassen|majeur|young|jeune|jung"
    r"|jong|joven|jovem|giovane|novo|nova|parent|genitor|miei|ouders|padre|madre|mamá|papá|mãe|mamã|pai"
    r"|mum|mom|dad|mother|father|mère|père|maman|papa|mama|mutter|vater|eltern|moeder|vader|mamma"
    r"|mutti|vati|grade|school|college|collège|lycé|brevet|bac\b|classe|terminale|seconde|troisi"
    r"|quatri|cinqui|sixi|klas|abitur|abi\b|oberstufe|eso\b|primaria|media\b|medie|superiore|liceo"
    r"|elementare|maturità|vwo|havo|mavo|vmbo|eindexamen|ano\b|gcse|level|form\b|"
    + "|".join(
        word for code in LANGUAGES for word in language(code).numbers
    ),
    re.I,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said of their age.

    ``signal``: ``statement``, ``birth_stated``, ``school``, ``minor`` or ``parents``. ``start``,
    ``end``: code points. ``birth``: the births that it allows; None where it allows all.
    """

    signal: str
    start: int
    end: int
    birth: Birth | None


def statements(text: str, said_on: date, *, day_first: bool | None = None) -> tuple[Statement, ...]:
    """All statements of a text, in order, none overlapping another.

    ``said_on``: the day of the writing, from which an age is counted. ``day_first``: how the
    writer's source orders a date, None where nobody said.
    """
    if len(text) > _LONGEST or _LOOK.search(text) is None:
        return ()
    own = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    found = [s for code in LANGUAGES for s in _of(own, language(code), said_on, day_first)]
    found += _stages(own, said_on)
    kept: list[Statement] = []
    for one in sorted(found, key=lambda s: (_ORDER[s.signal], s.start - s.end)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda s: s.start))


_LONGEST: Final = 100_000
_ORDER: Final = {"birth_stated": 0, "statement": 1, "minor": 2, "school": 3, "parents": 4}


def _of(text: str, words: Language, on: date, day_first: bool | None) -> Iterator[Statement]:
    for match in words.born.finditer(text):
        written = _DATE.search(match[0])
        birth = birth_of(written[0], day_first=day_first) if written else None
        if birth is not None and birth.earliest <= on and not _vetoed(text, match, words):
            yield Statement("birth_stated", *match.span(), birth)
    for pattern, make in (
        (words.below, lambda n: of_ages(max(LEAST, n - 8), n - 1, on)),
        (words.soon, lambda n: of_ages(n - 1, n - 1, on)),
        (words.now, lambda n: of_ages(n, n, on)),
    ):
        yield from _aged(text, words, pattern, make)
    for signal, pattern in (("minor", words.minor), ("parents", words.parents)):
        for match in pattern.finditer(text):
            if not _reported(text, match, words):
                birth = of_ages(LEAST, _MINOR, on) if signal == "minor" else None
                yield Statement(signal, *match.span(), birth)


def _aged(
    text: str, words: Language, pattern: re.Pattern[str], make: Callable[[int], Birth]
) -> Iterator[Statement]:
    for match in pattern.finditer(text):
        age = age_in(words, match[0])
        if age is None or not LEAST <= age <= MOST or words.after.match(text, match.end()):
            continue
        if not _vetoed(text, match, words):
            yield Statement("statement", *match.span(), make(age))


def _vetoed(text: str, match: re.Match[str], words: Language) -> bool:
    """Whether another person, another time or a supposition stands before it or within it."""
    begin = _sentence(text, match.start())
    clause = begin + max(
        (m.end() for m in _CLAUSE.finditer(text[begin : match.start()])), default=0
    )
    people = text[clause : match.end()]
    return _reported(text, match, words) or words.people.search(people) is not None


def _reported(text: str, match: re.Match[str], words: Language) -> bool:
    return words.before.search(text[_sentence(text, match.start()) : match.start()]) is not None


def _sentence(text: str, start: int) -> int:
    """Where the sentence that ``start`` lies in begins."""
    return max((m.end() for m in _SENTENCE.finditer(text, 0, start)), default=0)


def _stages(text: str, on: date) -> Iterator[Statement]:
    for stage in stages():
        for match in stage.words.finditer(text):
            if not any(_reported(text, match, language(code)) for code in LANGUAGES):
                yield Statement("school", *match.span(), of_ages(stage.low, stage.high, on))

"""What a person writes of their own age, and nothing of what only looks like it.

A statement counts in the first person and the present. Another person in the same clause, a unit
behind the number, "when", "if", "since" or somebody's words before it take it away. Lines that
quote a message (``> …``) and words between quotation marks are another's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from vitrail.detect.minors.births import Birth, of_ages, of_year
from vitrail.detect.minors.dates import WRITTEN, birth_of
from vitrail.detect.minors.schools import stages
from vitrail.detect.minors.vocabulary import (
    LANGUAGES,
    Language,
    Patterns,
    age_in,
    folded,
    language,
)

LEAST, MOST = 8, 99
"""Ages that people write of themselves."""
_MINOR: Final = 17
_SENTENCE: Final = re.compile(r"(?<!\d)[.!?…]+\s|\n|(?<=\D)[.!?…]+(?=[A-Z¡¿])")
_CLAUSE: Final = re.compile(r"[,;:]\s")
_QUOTED: Final = re.compile(
    r"(?m)^\s*(?:>|\|).*$|[«“„][^»”“\n]*[»”“]|(?<!\w)\"[^\"\n]*\"|(?<!\w)'[^'\n]{12,}'(?!\w)"
)
_DATE: Final = re.compile(folded(WRITTEN), re.I)
_SHORT_YEAR: Final = re.compile(r"(?<!\d)(\d\d)(?:er)?\Z")
#: What stands before it belongs to another thought.
_BUT: Final = re.compile(r"\b(?:but|mais|aber|sondern|pero|ma|però|maar|mas)\b", re.I)
#: One of these must stand in a text before the patterns look at it: a number, or a word.
_LOOK: Final = re.compile(
    folded(
    r"\d|minor|mineur|minder|menor|minoren|under ?age|volljähr|volwassen|majeur|young|jeune|jung"
    r"|jong|joven|jovem|giovane|novo|nova|parent|genitor|miei|ouders|padre|madre|mamá|papá|mãe|mamã|pai"
    r"|mum|mom|dad|mother|father|mère|père|maman|papa|mama|mutter|vater|eltern|moeder|vader|mamma"
    r"|mutti|vati|grade|school|college|collège|lycé|brevet|bac\b|classe|terminale|seconde|troisi"
    r"|quatri|cinqui|sixi|klas|abitur|abi\b|oberstufe|eso\b|primaria|media\b|medie|superiore|liceo"
    r"|elementare|maturità|vwo|havo|mavo|vmbo|eindexamen|ano\b|gcse|level|form\b|"
    + "|".join(
        word for code in LANGUAGES for word in language(code).numbers
    )),
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


#: Code points of a long sentence. What stands farther away says nothing of a statement.
_FAR: Final = 400


@dataclass(frozen=True, slots=True)
class _Said:
    """A text as it was written, the words of others blanked, and the same without accents.

    ``sentences``: where each begins.
    """

    written: str
    plain: str
    sentences: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Said:
        own = _QUOTED.sub(lambda match: " " * len(match[0]), text)
        return cls(own, folded(own), (0, *(m.end() for m in _SENTENCE.finditer(own))))

    def sentence(self, place: int) -> int:
        """Where the sentence that ``place`` lies in begins; not farther than a long one reaches."""
        return max(self.sentences[bisect_right(self.sentences, place) - 1], place - _FAR)


def statements(text: str, said_on: date, *, day_first: bool | None = None) -> tuple[Statement, ...]:
    """All statements of a text, in order, none overlapping another.

    ``said_on``: the day of the writing, from which an age is counted. ``day_first``: how the
    writer's source orders a date, None where nobody said.
    """
    if len(text) > _LONGEST or _LOOK.search(folded(text)) is None:
        return ()
    said = _Said.of(text)
    spoken = {c: words for c in LANGUAGES if (words := language(c)).heard.search(said.plain)}
    found = [s for words in spoken.values() for s in _of(said, words, said_on, day_first)]
    found += _stages(said, spoken, said_on)
    kept: list[Statement] = []
    for one in sorted(found, key=lambda s: (_ORDER[s.signal], s.start - s.end)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda s: s.start))


_LONGEST: Final = 100_000
_ORDER: Final = {"birth_stated": 0, "statement": 1, "minor": 2, "school": 3, "parents": 4}


def _of(said: _Said, words: Language, on: date, day_first: bool | None) -> Iterator[Statement]:
    for match in _matches(words.born, said):
        birth = _birth(said, match, day_first)
        if birth is not None and birth.earliest <= on and not _vetoed(said, match, words):
            yield Statement("birth_stated", *match.span(), birth)
    for patterns, make in (
        (words.below, lambda n: of_ages(max(LEAST, n - 8), n - 1, on)),
        (words.soon, lambda n: of_ages(n - 1, n - 1, on)),
        (words.now, lambda n: of_ages(n, n, on)),
    ):
        yield from _aged(said, words, patterns, make)
    for patterns in (words.grown, words.noted):  # they name the past and the person themselves
        yield from _aged(said, words, patterns, lambda n: of_ages(n, n, on), vetoed=False)
    for signal, patterns in (("minor", words.minor), ("parents", words.parents)):
        for match in _matches(patterns, said):
            if not _reported(said, match, words):
                birth = of_ages(LEAST, _MINOR, on) if signal == "minor" else None
                yield Statement(signal, *match.span(), birth)


def _matches(patterns: Patterns, said: _Said) -> Iterator[re.Match[str]]:
    return chain.from_iterable(pattern.finditer(said.plain) for pattern in patterns)


def _birth(said: _Said, match: re.Match[str], day_first: bool | None) -> Birth | None:
    """The date within a match, read as it was written or else without accents."""
    found = _DATE.search(match[0])
    if found is None:
        short = _SHORT_YEAR.search(match[0])
        return of_year(2000 + int(short[1])) if short else None
    start = match.start() + found.start()
    written = said.written[start : start + len(found[0])]
    return birth_of(written, day_first=day_first) or birth_of(found[0], day_first=day_first)


def _aged(
    said: _Said,
    words: Language,
    patterns: Patterns,
    make: Callable[[int], Birth],
    *,
    vetoed: bool = True,
) -> Iterator[Statement]:
    for match in _matches(patterns, said):
        age = age_in(words, match[0])
        if age is None or not LEAST <= age <= MOST or words.after.match(said.written, match.end()):
            continue
        if not (vetoed and _vetoed(said, match, words)):
            yield Statement("statement", *match.span(), make(age))


def _vetoed(said: _Said, match: re.Match[str], words: Language) -> bool:
    """Whether another person, another time or a supposition stands before it or within it."""
    text = said.written
    begin = said.sentence(match.start())
    clause = begin + max(
        (m.end() for m in _CLAUSE.finditer(text[begin : match.start()])), default=0
    )
    people = text[clause : match.end()]
    return _reported(said, match, words) or words.people.search(people) is not None


def _reported(said: _Said, match: re.Match[str], words: Language) -> bool:
    text = said.written
    before = text[said.sentence(match.start()) : match.start()]
    return words.before.search(_BUT.split(before)[-1]) is not None


def _stages(said: _Said, spoken: Mapping[str, Language], on: date) -> Iterator[Statement]:
    for stage in stages():
        words = spoken.get(stage.language)
        for match in stage.words.finditer(said.plain) if words else ():
            if stage.named and not _own(said, match, language(stage.language)):
                continue
            if not any(_reported(said, match, other) for other in spoken.values()):
                yield Statement("school", *match.span(), of_ages(stage.low, stage.high, on))


def _own(said: _Said, match: re.Match[str], words: Language) -> bool:
    """Whether a sentence is somebody's about themselves today, and about nobody else."""
    begin = said.sentence(match.start())
    after = _SENTENCE.search(said.written, match.end())
    whole = said.written[begin : after.start() if after else len(said.written)]
    foreign = words.people.search(whole) or words.past.search(whole)
    return foreign is None and words.mine.search(whole) is not None

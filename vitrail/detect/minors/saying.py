"""A text as its writer's own words, and what around a match says that it is not about them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from vitrail.detect.minors.births import Birth, of_year
from vitrail.detect.minors.candidates import Candidates
from vitrail.detect.minors.dates import WRITTEN, birth_of
from vitrail.detect.minors.vocabulary import (
    Language,
    Patterns,
    age_in,
    folded,
    kin,
    unreal,
)

LEAST, MOST, LAST_MINOR = 8, 99, 17
"""Ages that people write of themselves, and the last of a minor."""
_SENTENCE: Final = re.compile(r"(?<!\d)[.!?…]+\s|\n|(?<=\D)[.!?…]+(?=[A-Z¡¿])")
_CLAUSE: Final = re.compile(r"[,;:]\s")
_QUOTED: Final = re.compile(
    r"(?m)^\s*(?:>|\|).*$|[«“„][^»”“\n]*[»”“]|(?<!\w)\"[^\"\n]*\"|(?<!\w)'[^'\n]{12,}'(?!\w)"
)
_DATE: Final = re.compile(folded(WRITTEN), re.I)
_SHORT_YEAR: Final = re.compile(r"(?<!\d)(?:20)?(\d\d)(?:er)?\Z")
#: What stands before it belongs to another thought.
_BUT: Final = re.compile(r"\b(?:but|mais|aber|sondern|pero|ma|però|maar|mas)\b", re.I)
#: A thought of its own that is joined to another: "… and I'm 14".
_AND: Final = re.compile(r"\b(?:and|et|und|y|e|ed|en)\s*\Z", re.I)
#: Code points of a long sentence. What stands farther away says nothing of a statement.
_FAR: Final = 400
#: Code points behind "at 15" in which its verb is looked for.
_SOON: Final = 60


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said of their age.

    ``signal``: ``statement``, ``birth_stated``, ``school``, ``minor``, ``parents`` or ``hint``.
    ``start``, ``end``: code points. ``birth``: the births that it allows; None where all are.
    """

    signal: str
    start: int
    end: int
    birth: Birth | None


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it was written, the words of others blanked, and the same without accents.

    ``sentences``: where each begins. ``places``: where an age can stand.
    """

    written: str
    plain: str
    sentences: tuple[int, ...]
    places: Candidates

    @classmethod
    def of(cls, text: str) -> Said:
        own = _QUOTED.sub(lambda match: " " * len(match[0]), text)
        plain, sentences = folded(own), (0, *(m.end() for m in _SENTENCE.finditer(own)))
        return cls(own, plain, sentences, Candidates.of(plain, sentences))

    def sentence(self, place: int) -> int:
        """Where the sentence that ``place`` lies in begins; not farther than a long one reaches."""
        return max(self.sentences[bisect_right(self.sentences, place) - 1], place - _FAR)

    def around(self, match: re.Match[str]) -> slice:
        """The sentence that a match stands in; not farther than a long one reaches."""
        after = bisect_left(self.sentences, match.end())
        end = self.sentences[after] if after < len(self.sentences) else len(self.written)
        return slice(self.sentence(match.start()), min(end, match.end() + _FAR))


def matches(
    patterns: Patterns, said: Said, places: Sequence[tuple[int, int]] | None = None
) -> Iterator[re.Match[str]]:
    """All places where one of the patterns holds. ``places``: None for near any age or date."""
    for near in said.places.near if places is None else places:
        for pattern in patterns:
            yield from pattern.finditer(said.plain, *near)


def anywhere(patterns: Patterns, said: Said) -> Iterator[re.Match[str]]:
    """All places where one of the patterns holds that need no number."""
    return chain.from_iterable(pattern.finditer(said.plain) for pattern in patterns)


def birth_in(
    said: Said, match: re.Match[str], words: Language, day_first: bool | None
) -> Birth | None:
    """The date that a match ends with, read as it was written or else without accents."""
    found = max(_DATE.finditer(match[0]), key=re.Match.end, default=None)  # "not 2001 but 2012"
    if found is None:
        short = _SHORT_YEAR.search(match[0])
        year = int(short[1]) if short else age_in(words, match[0])  # "two thousand and eleven"
        return None if year is None else of_year(2000 + year)
    start = match.start() + found.start()
    written = said.written[start : start + len(found[0])]
    return birth_of(written, day_first=day_first) or birth_of(found[0], day_first=day_first)


def vetoed(said: Said, match: re.Match[str], words: Language) -> bool:
    """Whether another person, another time or a supposition stands before it or within it."""
    return anothers(said, match, words) or reported(said, match, words)


def anothers(said: Said, match: re.Match[str], words: Language) -> bool:
    """Whether its clause names another person, or its sentence tells another's words."""
    before = said.written[_clause(said, match) : match.start()]
    people = _BUT.split(before)[-1] + said.written[match.start() : match.end()]
    foreign = words.people.search(people) or kin().search(people)
    return foreign is not None or _of_kin(said, match, words) or _told(said, match, words)


def _of_kin(said: Said, match: re.Match[str], words: Language) -> bool:
    """Whether a match without a word of the writer's follows one of somebody or something else."""
    if words.speaker.search(match[0]):
        return False
    before = said.written[said.sentence(match.start()) : match.start()]
    return any(whose.search(before) for whose in (kin(), words.others))


def reported(said: Said, match: re.Match[str], words: Language) -> bool:
    """Whether a supposition or another time stands before it, or in its sentence others' words."""
    clause = said.written[_clause(said, match) : match.start()]
    return words.before.search(_BUT.split(clause)[-1]) is not None or _told(said, match, words)


def bygone(said: Said, match: re.Match[str], words: Language) -> bool:
    """Whether "at 15" begins what was done then: "at 15 I left school"."""
    behind = said.written[match.start() : min(said.around(match).stop, match.end() + _SOON)]
    if unreal().search(behind):
        return True
    return words.at.match(match[0]) is not None and words.bygone.search(behind) is not None


def _told(said: Said, match: re.Match[str], words: Language) -> bool:
    sentence = said.written[said.sentence(match.start()) : match.start()]
    return words.telling.search(_BUT.split(sentence)[-1]) is not None


def _clause(said: Said, match: re.Match[str]) -> int:
    """Where the clause that a match begins in begins."""
    begin = said.sentence(match.start())
    before = said.written[begin : match.start()]
    if _AND.search(before):
        return match.start()
    return begin + max((m.end() for m in _CLAUSE.finditer(before)), default=0)


def own(said: Said, match: re.Match[str], words: Language) -> bool:
    """Whether a sentence is somebody's about themselves today, and about nobody else."""
    whole = said.written[said.around(match)]
    foreign = words.people.search(whole) or words.past.search(whole) or kin().search(whole)
    return foreign is None and words.mine.search(whole) is not None

"""What may be the writer's own age though nothing says so outright: a possible, never more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from vitrail.detect.minors.births import of_ages
from vitrail.detect.minors.saying import (
    LAST_MINOR,
    LEAST,
    Said,
    Statement,
    birth_in,
    matches,
    own,
    reported,
)
from vitrail.detect.minors.vocabulary import Language, age_in

#: Code points before a number in which a word makes it a length of time, or a count.
_NEAR: Final = 30


def hints(said: Said, words: Language, on: date, day_first: bool | None) -> Iterator[Statement]:
    """Ages and births in a sentence of the writer's own that is about nobody else."""
    if not said.places.young:
        return
    for match in matches(words.hint, said):
        age = age_in(words, match[0])
        if age is None or not LEAST <= age <= LAST_MINOR or _lasting(said, match, words):
            continue
        if _alone(said, match, words):
            yield Statement("hint", *match.span(), of_ages(age, age, on))
    for match in matches(words.hintborn, said):
        birth = birth_in(said, match, day_first)
        if birth is not None and birth.earliest <= on and _alone(said, match, words):
            yield Statement("hint", *match.span(), birth)


def _lasting(said: Said, match: re.Match[str], words: Language) -> bool:
    """Whether a number says how long something took, or how many there are."""
    begin = max(said.sentence(match.start()), match.start() - _NEAR)
    near = said.written[begin : match.end()]
    behind = any(p.match(said.written, match.end()) for p in (words.counted, words.after))
    return behind or words.lasting.search(near) is not None


def _alone(said: Said, match: re.Match[str], words: Language) -> bool:
    sentence = said.around(match)
    told = said.written[match.start() : sentence.stop]
    return (
        own(said, match, words)
        and words.bygone.search(told) is None
        and not reported(said, match, words)
        and words.others.search(said.written[sentence]) is None
        and words.speaker.search(said.plain[sentence]) is not None
    )

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
    anothers,
    birth_in,
    matches,
    over,
    own,
    reported,
)
from vitrail.detect.minors.vocabulary import Language, age_in

#: Code points before a number in which a word makes it a length of time, or a count.
_NEAR: Final = 30


def hints(said: Said, words: Language, on: date, day_first: bool | None) -> Iterator[Statement]:
    """Ages and births in a sentence of the writer's own that is about nobody else."""
    if not said.places.youthful:
        return
    for patterns, holds in (
        (words.hint, _alone),
        (words.aside, lambda s, m, w: _alone(s, m, w) and _present(s, m, w)),
        (words.musing, _mused),
    ):
        for match in matches(patterns, said, said.places.young):
            age = age_in(words, match[0])
            if age is None or not LEAST <= age <= LAST_MINOR or _lasting(said, match, words):
                continue
            if holds(said, match, words):
                yield Statement("hint", *match.span(), of_ages(age, age, on))
    for match in matches(words.hintborn, said, said.places.dated):
        birth = birth_in(said, match, words, day_first)
        if birth is not None and birth.earliest <= on and _alone(said, match, words):
            yield Statement("hint", *match.span(), birth)
    yield from _held(said, words, on)


def _mused(said: Said, match: re.Match[str], words: Language) -> bool:
    """Whether a sentence that names nobody speaks of the present."""
    return not (anothers(said, match, words) or reported(said, match, words)) and _present(
        said, match, words
    )


def _present(said: Said, match: re.Match[str], words: Language) -> bool:
    """Whether nothing in its sentence is over."""
    whole = said.written[said.around(match)]
    return not over(said, whole, words.past)


def _held(said: Said, words: Language, on: date) -> Iterator[Statement]:
    """A parent's words that the account is their child's."""
    for match in matches(words.holder, said, said.places.young):
        ages = [age_in(words, number[0]) for number in words.number.finditer(match[0])]
        age = next((n for n in ages if n is not None), None)
        if age is not None and LEAST <= age <= LAST_MINOR:
            yield Statement("hint", *match.span(), of_ages(age, age, on))


def _lasting(said: Said, match: re.Match[str], words: Language) -> bool:
    """Whether a number says how long something took, or how many there are."""
    begin = max(said.sentence(match.start()), match.start() - _NEAR)
    number = max((n.end() for n in words.number.finditer(match[0])), default=0)
    near = said.written[begin : match.start() + number]
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

"""What a person writes of their own age, and nothing of what only looks like it.

A statement counts in the first person and the present. Another person in the same clause, a unit
behind the number, "when", "if", "since" or somebody's words before it take it away, and so do the
words around it that were learned (:mod:`.weighing`), which also find what no rule knows. Lines that
quote a message (``> …``) and words between quotation marks are another's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from vitrail.detect.minors.births import Birth, of_ages
from vitrail.detect.minors.saying import (
    LAST_MINOR,
    LEAST,
    MOST,
    Said,
    Statement,
    anothers,
    anywhere,
    birth_in,
    bygone,
    matches,
    own,
    reported,
    vetoed,
)
from vitrail.detect.minors.schools import stages
from vitrail.detect.minors.surroundings import most_known
from vitrail.detect.minors.vocabulary import (
    Language,
    Patterns,
    age_in,
    language,
)
from vitrail.detect.minors.weighing import hinted, tempered, weighed


def statements(text: str, said_on: date, *, day_first: bool | None = None) -> tuple[Statement, ...]:
    """All statements of a text, in order, none overlapping another.

    ``said_on``: the day of the writing, from which an age is counted. ``day_first``: how the
    writer's source orders a date, None where nobody said.
    """
    if len(text) > _LONGEST:
        return ()
    said = Said.of(text)
    if not said.places.near and not said.places.worded:
        return ()
    code = most_known(said)
    if not code:
        return ()
    words, around = language(code), weighed(said, code, said_on, day_first)
    claims = _of(said, words, said_on, day_first)
    found = [s for claim in claims if (s := tempered(claim, around, said_on))]
    for heard in said.places.spoken:  # a form's few words may be those of two languages
        found += _labelled(said, language(heard), said_on)
    found += [*_held(said, words, said_on), *hinted(said, code, around)]
    found += _stages(said, code, said_on)
    kept: list[Statement] = []
    for one in sorted(found, key=lambda s: (_ORDER[s.signal], s.start - s.end)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda s: s.start))


_LONGEST: Final = 100_000
_FIGURE: Final = re.compile(r"\d+")
_ORDER: Final = {
    "birth_stated": 0, "statement": 1, "minor": 2, "school": 3, "parents": 4, "hint": 5,
}  # fmt: skip


def _of(said: Said, words: Language, on: date, day_first: bool | None) -> Iterator[Statement]:
    for match in matches(words.born, said, said.places.dated):
        birth = birth_in(said, match, words, day_first)
        if birth is None or birth.earliest > on:
            continue
        if not anothers(said, match, words):  # "if I was born in 2012" is no supposition
            yield Statement("birth_stated", *match.span(), birth)
    for patterns, make in (
        (words.below, lambda n: of_ages(max(LEAST, n - 8), n - 1, on)),
        (words.soon, lambda n: of_ages(n - 1, n - 1, on)),
        (words.now, lambda n: of_ages(n, n, on)),
    ):
        yield from _aged(said, words, patterns, make)
    for patterns in (words.grown, words.noted):  # they name the past and the person themselves
        yield from _aged(said, words, patterns, lambda n: of_ages(n, n, on), freed=True)
    for signal, patterns in (("minor", words.minor), ("parents", words.parents)):
        for match in anywhere(patterns, said) if said.places.worded else ():
            if not reported(said, match, words):
                birth = of_ages(LEAST, LAST_MINOR, on) if signal == "minor" else None
                yield Statement(signal, *match.span(), birth)


def _aged(
    said: Said,
    words: Language,
    patterns: Patterns,
    make: Callable[[int], Birth],
    *,
    freed: bool = False,
) -> Iterator[Statement]:
    """``freed``: the patterns say themselves who is meant, so that no veto is looked for."""
    for match in matches(patterns, said):
        age = age_in(words, match[0])
        if age is None or not LEAST <= age <= MOST or _counted(said, match, words):
            continue
        if not bygone(said, match, words) and (freed or not vetoed(said, match, words)):
            yield Statement("statement", *match.span(), make(age))


def _labelled(said: Said, words: Language, on: date) -> Iterator[Statement]:
    """What a form's own field says, whatever is around it."""
    for match in matches(words.labelled, said):
        age = int(_FIGURE.findall(match[0])[-1])
        yield Statement("statement", *match.span(), of_ages(age, age, on))
    for match in matches(words.infant, said):
        yield Statement("statement", *match.span(), of_ages(0, LEAST - 1, on))


def _held(said: Said, words: Language, on: date) -> Iterator[Statement]:
    """A parent's words that the account is their child's: a possible."""
    for match in matches(words.holder, said, said.places.young):
        ages = [age_in(words, number[0]) for number in words.number.finditer(match[0])]
        age = next((n for n in ages if n is not None), None)
        if age is not None and LEAST <= age <= LAST_MINOR:
            yield Statement("hint", *match.span(), of_ages(age, age, on))


def _counted(said: Said, match: re.Match[str], words: Language) -> bool:
    """Whether what stands behind the number makes it one of something else."""
    if match[0].endswith(")"):
        return False
    numbers = list(words.number.finditer(match[0]))
    end = match.start() + numbers[-1].end()
    if said.plain[end : end + 1].isalpha():  # an ordinal: "15th"
        return words.after.match(said.written, match.end()) is not None
    unit = words.unit.match(said.plain, end)
    behind = unit.end() if unit and unit.end() <= match.end() else end
    return any(words.after.match(said.written, place) for place in {behind, match.end()})


def _stages(said: Said, code: str, on: date) -> Iterator[Statement]:
    words = language(code)
    for stage in stages() if said.places.worded else ():
        for match in stage.words.finditer(said.plain) if stage.language == code else ():
            if stage.named and not own(said, match, words):
                continue
            if not reported(said, match, words):
                yield Statement("school", *match.span(), of_ages(stage.low, stage.high, on))

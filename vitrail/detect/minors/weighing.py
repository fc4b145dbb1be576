"""What the words around a number say of it, beside what the rules say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vitrail.detect.minors.classifier import probability
from vitrail.detect.minors.mentions import ADULT, Mention, mentions
from vitrail.detect.minors.saying import Said, Statement
from vitrail.detect.minors.surroundings import features
from vitrail.detect.minors.vocabulary import language, unreal

#: From this probability on a mention that no rule found is a hint (how often such are right:
#: docs/minors.md).
HINTED: Final = 0.12
#: The same of a line in which no language is heard: an address, a label.
UNHEARD: Final = 0.5
#: Below the first, what a rule finds is a hint alone; below the second, nothing.
DOUBTED: Final = 0.5
DENIED: Final = 0.03
#: Code points behind a number in which the verb of what would have been is looked for.
_SOON: Final = 60
#: Code points before it in which a verb of the past is about it: "I was 17".
_JUST: Final = 12


@dataclass(frozen=True, slots=True)
class Weighed:
    """A mention, and the probability that it is its writer's present age or birth."""

    mention: Mention
    chance: float


def weighed(said: Said, code: str, on: date, day_first: bool | None) -> Sequence[Weighed]:
    """The mentions of a text in a language."""
    found = mentions(said, language(code), on, day_first)
    return [Weighed(mention, probability(features(said, mention, code))) for mention in found]


def hinted(said: Said, code: str, weighed: Sequence[Weighed]) -> Iterator[Statement]:
    """What may be the writer's own: a possible, never more. Not what was or would have been."""
    least, past = HINTED if said.places.spoken else UNHEARD, language(code).past
    for one in weighed:
        start, end = one.mention.start, one.mention.end
        gone = past.search(said.written, max(0, start - _JUST), start)
        if one.chance >= least and not gone and not unreal().search(said.written, end, end + _SOON):
            yield Statement("hint", start, end, one.mention.birth)


def tempered(found: Statement, weighed: Sequence[Weighed], on: date) -> Statement | None:
    """What a rule found, as far as the words around it bear it out. What speaks for an adult
    stands, for nobody is suspected by it."""
    if found.birth is None or not found.birth.ages(on).under(ADULT):
        return found
    chances = [
        one.chance
        for one in weighed
        if one.mention.start < found.end and found.start < one.mention.end
    ]
    if not chances or max(chances) >= DOUBTED:
        return found
    return replace(found, signal="hint") if max(chances) >= DENIED else None

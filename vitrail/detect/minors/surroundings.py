"""What stands around a number, as the features that :mod:`.classifier` weighs.

A feature is a string that a reader of the weights understands: ``en -1 am`` is "am" right before
the number in English, ``any -1 (`` a bracket there in any language, ``clause- people`` another
person before it in its clause, ``last self`` that the last who was named before it is the writer.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import Final

from vitrail.detect.minors import classifier
from vitrail.detect.minors.mentions import Mention
from vitrail.detect.minors.saying import Said
from vitrail.detect.minors.topics import WHOLE, named, subjects, topics
from vitrail.detect.minors.vocabulary import LANGUAGES, language

#: Code points to either side that are looked at, and words of them whose order counts.
_REACH: Final = 240
_NEAR: Final = 8
_PLACED: Final = 3
#: Code points before it in which the last who was named is looked for.
_NAMED: Final = 90
#: From so many numbers around it on, how many there are makes no difference.
_MANY: Final = 4
#: Code points of a text from which its language is told.
_BEGINNING: Final = 1_000
_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|\n")
_FIGURES: Final = re.compile(r"\d+")
_SIGNS: Final = {"\n": "¶"}
_STOP: Final = re.compile(r"[.!?…]\s|\n")
_COMMA: Final = re.compile(r"[,;:]\s")


def features(said: Said, mention: Mention, code: str) -> frozenset[str]:
    """What speaks for or against a mention being its writer's own present age."""
    start, end = mention.start, mention.end
    before, behind = said.plain[max(0, start - _REACH) : start], said.plain[end : end + _REACH]
    clause = _clause(before, behind)
    return frozenset(
        {
            f"{code} is {mention.kind}",
            *_value(said.plain[start:end], mention, before + " " + behind),
            *_words(before, behind, code),
            *_topics(clause, code),
            *_subjects(before, behind, clause, code),
            *_last(before[-_NAMED:], code),
            *_shape(before, behind, clause),
        }
    )


def most_known(said: Said) -> str:
    """The language that most words of a text were learned in, of equal ones one that may be heard
    in it; empty where there is none."""
    counts = Counter[str]()
    for word in set(_TOKEN.findall(said.plain[:_BEGINNING].casefold())):
        counts.update(known().get(word, ()))
    spoken = said.places.spoken
    return max(counts, key=lambda code: (counts[code], code in spoken, code), default="")


@cache
def known() -> Mapping[str, frozenset[str]]:
    """The languages in which each word was learned."""
    learned: dict[str, set[str]] = defaultdict(set)
    for feature in classifier.learned():
        code, *words = feature.split(" ")
        if code in LANGUAGES:
            for word in words[1:]:
                learned[word].add(code)
    return {word: frozenset(codes) for word, codes in learned.items()}


def _value(text: str, mention: Mention, around: str) -> Iterator[str]:
    """Which number it is, and how many there are: a list is full of them."""
    if mention.kind == "figure":
        yield f"value {text}"
    yield f"numbers {min(_MANY, len(_FIGURES.findall(around)))}"


def _words(before: str, behind: str, code: str) -> Iterator[str]:
    left, right = _tokens(before, code)[::-1], _tokens(behind, code)
    yield from (f"{code} near {word}" for word in {*left, *right})
    for side, words, edge in (("-", left, "^"), ("+", right, "$")):
        near = [*words[:_NEAR], *([edge] if len(words) < _NEAR else [])]
        yield from (f"{code} {side} {word}" for word in near)
        yield from (f"{code} {side}{n} {word}" for n, word in enumerate(near[:_PLACED], 1))
        pairs = pairwise(near[: _PLACED + 1])
        yield from (f"{code} {side}{n} {a} {b}" for n, (a, b) in enumerate(pairs, 1))
        yield from (f"any {side}{n} {word}" for n, word in enumerate(near[:_PLACED], 1))
    yield from (f"any near {word}" for word in {*left, *right})
    if left and right:
        yield f"any {left[0]} _ {right[0]}"


def _tokens(text: str, code: str) -> Sequence[str]:
    """Its words in small letters; every number is the same."""
    plain = language(code).mentioned.sub(" 0 ", text).casefold()
    return [_SIGNS.get(token, "#" if token.isdigit() else token) for token in _TOKEN.findall(plain)]


def _clause(before: str, behind: str) -> tuple[str, str]:
    """What of both sides lies in the mention's own clause."""
    sentence = max((m.end() for m in _STOP.finditer(before)), default=0)
    begin = max((m.end() for m in _COMMA.finditer(before, sentence)), default=sentence)
    stop = _STOP.search(behind)
    comma = _COMMA.search(behind, 0, stop.start() if stop else len(behind))
    last = comma or stop
    return before[begin:], behind[: last.start()] if last else behind


def _topics(clause: tuple[str, str], code: str) -> Iterator[str]:
    left, right = clause
    whole, end = f"{left}#{right}", len(left) + 1
    for name, pattern in topics(code):
        for match in pattern.finditer(whole):
            if match.start() == match.end():
                continue
            if match.end() < end:
                yield f"clause- {name}"
                if match.end() >= len(left.rstrip()):
                    yield f"next- {name}"
            elif match.start() >= end:
                yield f"clause+ {name}"
                if match.start() <= end + 1:
                    yield f"next+ {name}"
            else:
                yield f"around {name}"


def _subjects(before: str, behind: str, clause: tuple[str, str], code: str) -> Iterator[str]:
    """What its clause, and the whole text, is about by the lists that only the weights read."""
    left, right = clause
    for name, pattern in subjects(code):
        ahead = [match.end() for match in pattern.finditer(left)]
        if ahead:
            yield f"clause- {name}"
            if ahead[-1] >= len(left.rstrip()):
                yield f"next- {name}"
        if match := pattern.search(right):
            yield f"clause+ {name}"
            if match.start() <= 1:
                yield f"next+ {name}"
        if name in WHOLE and (pattern.search(before) or pattern.search(behind)):
            yield f"text {name}"


def _last(before: str, code: str) -> Iterator[str]:
    """Who was named last before it: its writer or somebody else, and by which list."""
    ends = [
        (match.end(), who, name)
        for who, name, pattern in named(code)
        for match in pattern.finditer(before)
        if match.end() > match.start()
    ]
    _, who, name = max(ends, key=itemgetter(0), default=(0, "nobody", "nobody"))
    yield from {f"last {who}", f"last {name}"}


def _shape(before: str, behind: str, clause: tuple[str, str]) -> Iterator[str]:
    """Whether it begins or ends the text, its sentence or its clause."""
    if not before.strip():
        yield "begins text"
    if not behind.strip(" .!?"):
        yield "ends text"
    left, right = clause
    if not left.strip():
        yield "begins clause"
    if not right.strip():
        yield "ends clause"
    if _STOP.search(before) is None:
        yield "first sentence"
    if _STOP.search(behind) is None:
        yield "last sentence"

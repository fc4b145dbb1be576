"""From Presidio's answer on one cell to Vitrail's, step by step, each under one rule's name.

No prefilter and no column stands between: every recogniser reads every cell. So what comes out is
also what the detector has to tell, and what its prefilter may not lose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from vitrail.detect import evidence
from vitrail.detect.decoding import readings
from vitrail.detect.detector import ColumnContext, Detector
from vitrail.detect.difference import Difference
from vitrail.detect.first_look import FirstLook
from vitrail.detect.judgement import Judge, Span, same_type_once
from vitrail.detect.overlaps import settle
from vitrail.detect.windows import LONG, windows

Answer = frozenset[tuple[str, int, int, float]]
"""What is told of a cell: (entity type, start, end, score)."""

_NO_WORDS: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """What one rule takes away and what it adds."""

    rule: Difference
    gone: Answer
    new: Answer


@dataclass(frozen=True, slots=True)
class Derivation:
    """``presidio``: its engine's answer; ``ours``: the detector's; ``steps``: between the two."""

    presidio: Answer
    steps: tuple[Step, ...]
    ours: Answer


def derive(judges: Sequence[Judge], text: str, min_score: float) -> Derivation:
    """The answers to a cell of a column whose name and other cells say nothing."""
    first = answer(_strong(_spans(judges, text, nearby=False), min_score))
    before, steps = first, []
    for rule, after in _states(judges, text, min_score):
        if after != before:
            steps.append(Step(rule, before - after, after - before))
        before = after
    return Derivation(first, tuple(steps), before)


def answer(spans: Sequence[Span]) -> Answer:
    """``spans`` as they are compared: of one type once, scores to four places."""
    return frozenset(
        (s.entity, s.start, s.end, round(s.score, 4)) for s in same_type_once([*spans])
    )


def answers(detector: Detector, cells: Sequence[str]) -> list[Answer]:
    """What the detector tells of each cell by itself."""
    context = ColumnContext("note", first_look=FirstLook())
    found = detector.judge(pa.array(cells, pa.string()), context, names=False)
    told: list[set[tuple[str, int, int, float]]] = [set() for _ in cells]
    rows = zip(found.value, found.entity_type, found.start, found.end, found.score, strict=True)
    for value, entity, start, end, score in rows:
        told[value].add((entity, int(start), int(end), round(float(score), 4)))
    return [frozenset(each) for each in told]


def _states(
    judges: Sequence[Judge], text: str, min_score: float
) -> Iterator[tuple[Difference, Answer]]:
    """The answer after each rule has had its say, in order."""
    if len(text) > LONG:
        yield (
            Difference.LONG,
            answer(_strong(_spans(judges, text, nearby=False, cut=True), min_score)),
        )
    spoken = _strong(_spans(judges, text, cut=True), min_score)
    yield Difference.TEXT_WORDS, answer(spoken)
    left = [(span, evidence.refusal(span, text, _NO_WORDS, _NO_WORDS)) for span in spoken]
    for rule in Difference:
        if any(refused is rule for _, refused in left):
            left = [(span, refused) for span, refused in left if refused is not rule]
            yield rule, answer([span for span, _ in left])
    told = same_type_once([span for span, _ in left])
    told = same_type_once([*told, *_hidden(judges, text, min_score)])
    yield Difference.ENCODED, answer(told)
    yield Difference.OVERLAP, answer(settle(told))


def _spans(
    judges: Sequence[Judge], text: str, *, nearby: bool = True, cut: bool = False
) -> Iterator[Span]:
    for offset, piece in windows(text) if cut else ((0, text),):
        for judge in judges:
            for span in judge.spans(piece, _NO_WORDS, nearby=nearby):
                yield span._replace(start=span.start + offset, end=span.end + offset)


def _strong(spans: Iterator[Span], min_score: float) -> list[Span]:
    return [span for span in spans if span.score >= min_score]


def _hidden(judges: Sequence[Judge], text: str, min_score: float) -> Iterator[Span]:
    """What stands in the text once it is decoded, at its places as it is encoded."""
    for reading in readings(text):
        for span in _strong(_spans(judges, reading.text, cut=True), min_score):
            if evidence.refusal(span, reading.text, _NO_WORDS, _NO_WORDS) is None:
                start, end = reading.placed(span.start, span.end)
                yield span._replace(start=start, end=end)

"""The pass over the column is a superset: what a judge would find, it calls the judge for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail.detect import registry
from vitrail.detect.decoding import readings
from vitrail.detect.evidence import refusal
from vitrail.detect.judgement import Judge
from vitrail.detect.prefilter import Prefilter

THRESHOLD = 0.4
Texts = Callable[[int, int], list[str]]


@pytest.fixture(scope="module")
def judges() -> list[Judge]:
    return [Judge(recognizer) for recognizer in registry.recognizers("en")]


@pytest.fixture(scope="module")
def prefilter(judges: list[Judge], cache: Path) -> Prefilter:
    return Prefilter(judges, THRESHOLD, cache)


def calls(prefilter: Prefilter, values: list[str]) -> set[tuple[int, int]]:
    """(value, judge), whether it is called for the value as it is written or as it reads."""
    index, judge = prefilter.candidates(pa.array(values, pa.string()))
    called = set(zip(index.tolist(), judge.tolist(), strict=True))
    read = [(n, r.text) for n, t in enumerate(values) if (n, prefilter.encoded) in called
            for r in readings(t)]  # fmt: skip
    index, judge = prefilter.candidates(pa.array([text for _, text in read], pa.string()))
    of_readings = zip(index.tolist(), judge.tolist(), strict=True)
    return called | {(read[number][0], judge) for number, judge in of_readings}


def missed(prefilter: Prefilter, judges: list[Judge], values: list[str]) -> list[tuple[str, str]]:
    """(recogniser, text) of credible results whose judge was not called. Values are made up."""
    called = calls(prefilter, values)
    return [
        (each.name, text)
        for number, text in enumerate(values)
        for place, each in enumerate(judges)
        if (number, place) not in called
        for span in each.spans(text, frozenset())
        if span.score >= THRESHOLD and refusal(span, text, frozenset(), frozenset()) is None
    ]


def test_nothing_that_a_recogniser_finds_is_passed_over(
    prefilter: Prefilter, judges: list[Judge], texts: Texts
) -> None:
    assert missed(prefilter, judges, texts(1500, 3)) == []


def test_nothing_is_passed_over_in_text_beyond_ascii(
    prefilter: Prefilter, judges: list[Judge], texts: Texts
) -> None:
    values = [f"été {t} ü" for t in texts(800, 4)]
    values += [t.replace(" ", "\u00a0") for t in texts(400, 5)]
    values += [f"é{t}ß" for t in texts(400, 6)] + [f"Привет {t} 漢字" for t in texts(400, 7)]
    assert missed(prefilter, judges, values) == []


def test_no_pattern_sees_a_neighbouring_value(prefilter: Prefilter) -> None:
    halves = pa.array(["jo@shop", ".fr", "4111 1111 1111", "1111", "06 12 34", "56 78", "AKIA"])
    alone = [prefilter.candidates(halves.slice(i, 1))[1].tolist() for i in range(len(halves))]
    index, judge = prefilter.candidates(halves)
    together = [judge[index == i].tolist() for i in range(len(halves))]
    for value, own in zip(together, alone, strict=True):
        assert set(own) <= set(value)
    assert len(judge) <= sum(map(len, alone)) + 2


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_any_text_is_taken_whatever_its_characters(
    prefilter: Prefilter, judges: list[Judge], values: list[str]
) -> None:
    clean = [v.encode("utf-8", "replace").decode() for v in values]
    assert missed(prefilter, judges, clean) == []

"""The verdict is Presidio's: same spans, types and scores as its engine with the same registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer
from presidio_analyzer.nlp_engine import NoOpNlpEngine

from vitrail.detect import registry
from vitrail.detect.evidence import DIFFERENCES
from vitrail.detect.judgement import Judge, Span, same_type_once
from vitrail.detect.wording import column_words

THRESHOLD = 0.4
Texts = Callable[[int, int], list[str]]
Spans = set[tuple[str, int, int, float]]


@pytest.fixture(scope="module")
def engine() -> Iterator[AnalyzerEngine]:
    nlp = NoOpNlpEngine(models=[{"lang_code": "fr", "model_name": "none"}])
    nlp.load()
    yield AnalyzerEngine(
        registry=registry.build(["fr"]),
        nlp_engine=nlp,
        supported_languages=["fr"],
        context_aware_enhancer=LemmaContextAwareEnhancer(context_matching_mode="whole_word"),
    )


@pytest.fixture(scope="module")
def judges() -> list[Judge]:
    return [Judge(recognizer) for recognizer in registry.recognizers("fr")]


def by_presidio(engine: Any, text: str, context: list[str]) -> Spans:
    results = engine.analyze(text, language="fr", score_threshold=THRESHOLD, context=context)
    return {(r.entity_type, r.start, r.end, round(r.score, 6)) for r in results}


def by_us(judges: list[Judge], text: str, words: frozenset[str]) -> Spans:
    spans: list[Span] = []
    for judge in judges:
        spans += judge.spans(text, words, nearby=False)
    strong = [s for s in spans if s.score >= THRESHOLD]
    return {(s.entity, s.start, s.end, round(s.score, 6)) for s in same_type_once(strong)}


@pytest.mark.filterwarnings("ignore:LemmaContextAwareEnhancer cannot use")
@pytest.mark.parametrize("column", ["note", "passport_no", "birthDate", "customer_phone", "ssn"])
def test_spans_types_and_scores_are_those_of_presidios_engine(
    engine: Any, judges: list[Judge], texts: Texts, column: str
) -> None:
    words = column_words(column)
    found = 0
    for text in texts(160, sum(map(ord, column))):
        theirs = by_presidio(engine, text, list(words))
        assert by_us(judges, text, frozenset(words)) == theirs
        found += len(theirs)
    assert found > 50


def test_every_deliberate_difference_is_named_once_and_has_a_reason() -> None:
    names = [name for name, _ in DIFFERENCES]
    assert len(names) == len(set(names))
    assert all(reason.endswith(".") and len(reason) > 20 for _, reason in DIFFERENCES)

"""The verdict is Presidio's: same spans, types and scores as its engine with the same registry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer
from presidio_analyzer.nlp_engine import NoOpNlpEngine

from vitrail.detect import registry
from vitrail.detect.difference import Difference
from vitrail.detect.judgement import Judge, Span, same_type_once
from vitrail.detect.wording import column_words

THRESHOLD = 0.4
DIFFERENCES = Path(__file__).with_name("differences.yaml")
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


def test_every_deliberate_difference_has_a_reason_and_every_listed_case_a_rule() -> None:
    listed = yaml.safe_load(DIFFERENCES.read_text(encoding="utf-8"))
    reasons, cases = listed["rules"], listed["cases"]
    assert set(Difference) <= reasons.keys()
    assert all(reason.endswith(".") and len(reason) > 20 for reason in reasons.values())
    assert cases.keys() <= reasons.keys()
    digests = [digest for some in cases.values() for digest in some]
    assert len(digests) == len(set(digests))
    assert all(re.fullmatch("[0-9a-f]{12}", digest) for digest in digests)

"""Deny-lists of any length and allow-lists."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pyarrow as pa
from presidio_analyzer import PatternRecognizer

from tests.detect.own.conftest import Look
from vitrail.detect.detector import Detector
from vitrail.detect.own.definition import OwnRecognizer
from vitrail.detect.own.schema import DEFAULT_FLAGS
from vitrail.detect.recognizers.own_lists import OwnListRecognizer

ENTRIES = ("Zoé Marchetti", "Bo", "Mr. Bean", "@zoe", "C++", "İpek", "Σίσυφος", "x_1", "9-ball")
SURROUNDED = (
    "{}",
    "a {} b",
    "({})",
    "{}s",
    "s{}",
    "_{}",
    "«{}»",
    "{}\n{}",
    "é{}",
    "{}\u0301",
    "٣{}",
)


def _list(*entries: str) -> OwnListRecognizer:
    own = OwnRecognizer("list", "NAME", DEFAULT_FLAGS, deny_list=entries, deny_list_score=0.9)
    return OwnListRecognizer(own, "en")


def test_a_list_answers_as_presidios_regex_does() -> None:
    theirs = PatternRecognizer("NAME", deny_list=list(ENTRIES), deny_list_score=0.9)
    ours = _list(*ENTRIES)
    for entry in ENTRIES:
        for form in (entry, entry.upper(), entry.lower()):
            for around in SURROUNDED:
                text = around.replace("{}", form)
                expected = {(r.start, r.end, r.score) for r in theirs.analyze(text, ["NAME"])}
                assert set(ours.spans(text)) == expected, text
                if expected:
                    assert ours.candidates(pa.array(["other", text])).tolist() == [1], text


def test_of_entries_that_begin_at_one_place_the_longest_is_taken() -> None:
    text = "bo, Bo Diddley and Bo Didd"
    assert [text[s:e] for s, e, _ in _list("Bo", "Bo Diddley").spans(text)] == [
        "bo", "Bo Diddley", "Bo",
    ]  # fmt: skip


def test_a_hundred_thousand_entries_cost_no_more_than_a_few_seconds() -> None:
    """Presidio's regex of so many takes a third of a millisecond at every letter."""
    rng = random.Random(5)
    parts = ("ka", "lo", "mi", "ten", "ra", "be", "shu", "dor", "vel", "an", "os", "é")

    def name() -> str:
        return "".join(rng.choice(parts) for _ in range(rng.randint(2, 6))).title()

    entries = tuple({f"{name()} {name()}" for _ in range(110_000)})[:100_000]
    texts = [f"order {n} of the client was paid and sent" for n in range(50_000)]
    for n in range(0, 50_000, 500):
        texts[n] += f" to {entries[n].upper()}."
    begun = time.monotonic()
    many = _list(*entries)
    called = many.candidates(pa.array(texts))
    found = [texts[n][s:e] for n in called for s, e, _ in many.spans(texts[n])]
    assert time.monotonic() - begun < 20
    assert found == [entries[n].upper() for n in range(0, 50_000, 500)]


def test_what_is_allowed_is_not_reported_in_whatever_writing(
    detector_of: Callable[..., Detector], look_with: Look
) -> None:
    detector = detector_of(
        r"""
allow_list:
- support@acme.example
- {value: +33 1 42 68 53 00, entity: PHONE_NUMBER, reason: our own}
- {regex: '.*@acme\.de', entity: EMAIL_ADDRESS, columns: [contact]}
- {value: 4111 1111 1111 1111, entity: PHONE_NUMBER}
""",
        ("EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "URL"),
    )
    assert look_with(detector, "write to Support@ACME.example or +33142685300") == []
    assert look_with(detector, "call 01 42 68 53 01", column="phone") != []
    assert look_with(detector, "jo@acme.de", column="contactEmail") == []
    assert look_with(detector, "jo@acme.de", column="note") == [("EMAIL_ADDRESS", "jo@acme.de")]
    assert look_with(detector, "x jo@acme.de.fr", column="contact") != []
    assert look_with(detector, "4111111111111111", column="card") == [
        ("CREDIT_CARD", "4111111111111111")
    ]

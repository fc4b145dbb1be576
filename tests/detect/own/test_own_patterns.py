"""A user's patterns are found as Presidio would find them, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.own.conftest import Look, Read
from vitrail.detect.detector import ColumnContext, Detector
from vitrail.detect.own.automata import wider_form
from vitrail.detect.own.schema import DEFAULT_FLAGS

MEMBERS = r"""
recognizers:
- name: Member number
  supported_entity: MEMBER_NUMBER
  severity: high
  words: membership number
  patterns:
  - {name: with prefix, regex: '\bMB-\d{6}\b', score: 0.6}
  - {name: digits, regex: '\b\d{6}\b', score: 0.1}
  context: [member, "n° d'adhérent"]
  columns: [memberNo]
- name: Loyalty card
  supported_entity: LOYALTY_CARD
  checks: [luhn]
  patterns:
  - {regex: '\b9\d{8}\b', score: 0.3}
- name: Client
  supported_entity: CLIENT_REF
  patterns:
  - {regex: '(?<=client )\K\p{Lu}{2}\d+', score: 0.9}
"""
SHAPES = (
    r"\bMB-\d{6}\b", r"(?:foo|bär)+\s?x", r"[^a-z]{3}k", r"(?i:s)traße", r"^\w{2,5}$", r"a{,3}b",
    r"(a|b)\1c", r"\p{L}{2}\d", r"[\p{Lu}-]{2,}x", r"[^\p{L}]k", r"\d{20,40}", r"(?<=x)y|z",
    r".{3}$", r"\S+@\S+", r"[\s\-]k[İı]", r"(x)?(?(1)a|b)c", r"[]a]b", r"ſs", r"a(?!b)",
    r"[^\W\d_]{4}", r"(?x) a b c # note", "\u212a", r"(?>ab|a)c", r"a++b", r"\S\x1c", r"[^\d]{2}Ⅳ",
)  # fmt: skip
LETTERS = "abkKsSiIxyzfoMB-0123456789 \n\t\x1c_@.]éßſİı\u212a１٣Ⅳ\u0301😀\xa0äÄµμΣς\u2028"


@pytest.fixture(scope="module")
def members(detector_of: Callable[..., Detector]) -> Detector:
    return detector_of(MEMBERS)


def test_a_pattern_is_found_and_a_weak_one_where_a_word_or_its_column_speaks_for_it(
    members: Detector, look_with: Look
) -> None:
    assert look_with(members, "her MB-123456 ok") == [("MEMBER_NUMBER", "MB-123456")]
    assert look_with(members, "n° d'adhérent : 654321") == [("MEMBER_NUMBER", "654321")]
    assert look_with(members, "nothing 654321") == []
    assert look_with(members, "654321", column="member_no") == [("MEMBER_NUMBER", "654321")]
    assert look_with(members, "654321", column="invoice") == []


def test_a_check_decides(members: Detector, look_with: Look) -> None:
    assert look_with(members, "900000001", "900000002") == [("LOYALTY_CARD", "900000001")]


def test_a_regex_that_only_its_own_engine_knows_is_tried_on_every_cell(
    members: Detector, look_with: Look
) -> None:
    assert look_with(members, "client ÉB12") == [("CLIENT_REF", "ÉB12")]


def test_own_types_are_told_wherever_types_are(members: Detector) -> None:
    assert {"MEMBER_NUMBER", "LOYALTY_CARD"} <= set(members.coverage()["fr"])
    assert "a membership number" in members.explain("MEMBER_NUMBER", "Member number")


def test_a_changed_definition_is_another_version(detector_of: Callable[..., Detector]) -> None:
    before = detector_of(MEMBERS).recognizer_versions()
    after = detector_of(MEMBERS.replace("{6}", "{7}", 1)).recognizer_versions()
    changed = {place for place, version in before.items() if after[place] != version}
    assert changed == {"MEMBER_NUMBER/Member number"}


@settings(max_examples=40, deadline=None)
@given(data=st.data(), shape=st.sampled_from(SHAPES))
def test_the_wider_form_misses_nothing(data: st.DataObject, shape: str) -> None:
    """Hyperscan over the wider form's bytes sees every text that the regex itself fits."""
    import hyperscan

    wider = wider_form(shape, DEFAULT_FLAGS)
    assert wider is not None
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=[wider.encode()], ids=[0], flags=[0])
    texts = data.draw(st.lists(st.text(LETTERS, max_size=9), min_size=60, max_size=60))
    for text in texts:
        found = regex.search(shape, text, DEFAULT_FLAGS)
        if found is not None and found.group():
            seen: list[int] = []
            database.scan(text.encode(), match_event_handler=lambda *_, s=seen: s.append(1))
            assert seen, (shape, text)


def test_the_detector_answers_as_presidio_does(
    read: Read, detector_of: Callable[..., Detector], texts: Callable[[int, int], list[str]]
) -> None:
    """The same spans and scores as Presidio's recogniser on its own, over made-up cells."""
    from presidio_analyzer import Pattern, PatternRecognizer

    shape = r"\b[a-zà-ÿ]{2,4}[ .:=]\d{2,4}"
    cells = texts(3_000, 7)
    detector = detector_of(
        f"recognizers:\n- name: A\n  supported_entity: AB\n  patterns:\n"
        f"  - {{regex: '{shape}', score: 0.7}}\n"
    )
    hits = detector.judge(pa.array(cells), ColumnContext("note"))
    ours = list(zip(hits.value.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True))
    presidio = PatternRecognizer("AB", patterns=[Pattern("a", shape, 0.7)])
    theirs = [
        (n, result.start, result.end)
        for n, cell in enumerate(cells)
        for result in sorted(presidio.analyze(cell, ["AB"]), key=lambda r: r.start)
    ]
    assert len(theirs) > 100
    assert ours == theirs

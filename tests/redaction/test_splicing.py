"""A replaced slice leaves its cell what it was: JSON stays JSON, a link stays a link."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.redaction.splicing import Span, splice


def tag(span: Span, value: str) -> str:
    return f"<{span.entity_type}>"


def of(cell: str, part: str, entity_type: str = "X") -> Span:
    start = cell.index(part)
    return Span(start, start + len(part), entity_type)


@pytest.mark.parametrize(
    ("cell", "part", "after"),
    [
        ("call 06 12 now", "06 12", "call <X> now"),
        ("https://a.example/?m=jo%40b.fr&n=1", "jo%40b.fr", "https://a.example/?m=%3CX%3E&n=1"),
        ("https://a.example/u/jo@b.fr/x", "jo@b.fr", "https://a.example/u/%3CX%3E/x"),
        ("/p?m=jo%40b.fr", "40b.fr", "/p?m=jo%3CX%3E"),
        ("see https://a.example and jo@b.fr", "jo@b.fr", "see https://a.example and <X>"),
        ('{"to": "jo@b.fr", "n": 1.10}', "jo@b.fr", '{"to": "<X>", "n": 1.10}'),
        ('{"tel":33612345678}', "33612345678", '{"tel":"<X>"}'),
        ('{"a":"\\nJo","b":"é"}', "nJo", '{"a":"<X>","b":"é"}'),
        ('["\\u00e9a@b.fr"]', "00e9a@b.fr", '["<X>"]'),
        ('{"jo@b.fr": 1}', "jo@b.fr", '{"<X>": 1}'),
        ("{not json jo@b.fr", "jo@b.fr", "{not json <X>"),
    ],
)
def test_what_encloses_a_slice_stays_valid(cell: str, part: str, after: str) -> None:
    assert splice(cell, [of(cell, part)], tag) == after


def test_an_operator_sees_what_the_slice_says_not_how_it_is_written() -> None:
    seen: list[str] = []

    def note(span: Span, value: str) -> str:
        seen.append(value)
        return "-"

    splice('{"a": "caf\\u00e9"}', [Span(7, 16, "X")], note)
    splice("/p?m=jo%40b.fr", [of("/p?m=jo%40b.fr", "jo%40b.fr")], note)
    assert seen == ["café", "jo@b.fr"]


def test_overlapping_slices_become_one_of_the_longer_ones_type() -> None:
    cell = "a 4111111111111111 b"
    spans = [Span(2, 10, "SHORT"), Span(4, 18, "LONG")]
    assert splice(cell, spans, tag) == "a <LONG> b"


_SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: Span(p[0], sum(p), "X")),
    max_size=4,
)


@given(st.text(max_size=50), _SPANS)
def test_what_no_slice_covers_stays_in_its_order(cell: str, spans: list[Span]) -> None:
    covered = {place for span in spans for place in range(span.start, span.end)}
    rest = "".join(c for place, c in enumerate(cell) if place not in covered)
    if cell.lstrip()[:1] in {"{", "["} or "%" in cell:
        return  # written anew, or cut at whole signs alone
    assert splice(cell, spans, lambda span, value: "") == rest


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(_JSON.filter(lambda v: isinstance(v, dict | list)), _SPANS, st.booleans())
def test_json_stays_json_of_the_same_structure(value: Any, spans: list[Span], plain: bool) -> None:
    cell = json.dumps(value, ensure_ascii=plain)
    kept = splice(cell, spans, lambda span, value: value)
    assert _outline(json.loads(kept)) == _outline(value)
    assert _outline(json.loads(splice(cell, spans, tag))).keys() >= {"size"}


def _outline(value: Any) -> dict[str, Any]:
    """Its structure without what its leaves say."""
    if isinstance(value, list):
        return {"size": len(value), "inside": [_outline(v) for v in value]}
    if isinstance(value, dict):
        return {"size": len(value), "inside": [_outline(v) for v in value.values()]}
    return {"size": 1}


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.text("xy@. é&=%", min_size=1)), min_size=1),
    st.data(),
)
def test_a_link_keeps_its_other_parameters(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:

    cell = f"https://shop.example/path?{urlencode(pairs)}"
    place = data.draw(st.integers(0, len(pairs) - 1))
    before = f"https://shop.example/path?{urlencode(pairs[:place])}{'&' if place else ''}"
    start = len(before) + len(pairs[place][0]) + 1
    end = start + len(urlencode([pairs[place]])) - 2
    after = splice(cell, [Span(start, end, "X")], tag)
    expected = [(k, "<X>" if i == place else v) for i, (k, v) in enumerate(pairs)]
    assert parse_qsl(urlsplit(after).query) == expected

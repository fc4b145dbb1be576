"""A pattern is not tried on a text that lacks a character without which it cannot match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.detect.registry import recognizers
from vitrail.detect.required import required_characters

PATTERNS = [p for r in recognizers("en") for p in getattr(r, "patterns", None) or []]


@pytest.mark.parametrize(
    ("regex", "needed"),
    [
        (r"\d+\.\d+", "."),
        (r"(?:a@b|c@d)", "@"),
        (r"(?:a-b|c:d)", ""),
        (r"x?-?(?:/y){2,3}", "/"),
        (r"(?=-)\w", ""),
        (r"[.-]\d", ""),
        (r"(", ""),
    ],
)
def test_the_characters_of_a_pattern_that_it_cannot_do_without(regex: str, needed: str) -> None:
    assert required_characters(regex) == needed


@given(st.sampled_from([p for p in PATTERNS if required_characters(p.regex)]), st.data())
def test_a_text_without_them_holds_no_match(pattern: object, data: st.DataObject) -> None:
    regex = pattern.regex  # type: ignore[attr-defined]
    try:
        compiled = re.compile(regex, re.IGNORECASE | re.MULTILINE)
    except re.error:  # one that only the `regex` library knows
        return
    text = data.draw(st.from_regex(compiled))
    assert all(letter in text for letter in required_characters(regex))

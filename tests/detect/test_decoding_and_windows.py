"""Reading encoded and very long cells keeps every character's place."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from vitrail.detect.decoding import decode
from vitrail.detect.windows import LONG, windows

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@given(TEXT, st.sampled_from([1, 2]))
def test_decoded_text_knows_where_each_character_stood(text: str, times: int) -> None:
    encoded = text.replace("%", "")
    for _ in range(times):
        encoded = quote(encoded, safe="")
    read, places = decode(encoded)
    assert read == text.replace("%", "")
    assert len(places) == len(read) + 1
    assert places[-1] == len(encoded)
    assert all(a < b for a, b in pairwise(places))


@given(TEXT)
def test_any_text_can_be_decoded(text: str) -> None:
    read, places = decode(f"%{text}%zz%ff")
    assert len(places) == len(read) + 1


def test_bytes_that_are_no_utf8_stay_as_they_are() -> None:
    assert decode("a%ffb")[0] == "a%ffb"


def test_windows_cover_a_long_text_and_overlap() -> None:
    text = "word " * (LONG // 2)
    pieces = list(windows(text))
    assert len(pieces) > 2
    assert all(text.startswith(piece, offset) for offset, piece in pieces)
    ends = [offset + len(piece) for offset, piece in pieces]
    assert ends[-1] == len(text)
    assert all(start < end for (start, _), end in zip(pieces[1:], ends, strict=False))


def test_a_short_text_is_one_window() -> None:
    assert list(windows("a short cell")) == [(0, "a short cell")]

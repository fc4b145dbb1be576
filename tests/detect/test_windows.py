"""Very long cells are read in pieces that keep every character's place."""

from __future__ import annotations

from vitrail.detect.windows import LONG, windows


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

"""Texts whose accents are letters of their own (NFD), read as the models and lists know them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from vitrail.detect.judgement import Span


class Composed(NamedTuple):
    """A text in NFC, and for each place in it the place in the text as it was written."""

    text: str
    places: tuple[int, ...]

    def span(self, span: Span) -> Span:
        """``span`` of the composed text as one of the text as written."""
        return span._replace(start=self.places[span.start], end=self.places[span.end])


def composed(text: str) -> Composed:
    """``text`` in NFC, letter by letter with the marks that follow it."""
    letters: list[str] = []
    for character in text:
        if letters and unicodedata.combining(character):
            letters[-1] += character
        else:
            letters.append(character)
    places, parts = [0], []
    for letter, end in zip(letters, accumulate(map(len, letters)), strict=True):
        parts.append(unicodedata.normalize("NFC", letter))
        places += [end - len(letter)] * (len(parts[-1]) - 1) + [end]
    return Composed("".join(parts), tuple(places))


def is_composed(text: str) -> bool:
    """Whether there is nothing to compose."""
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def split(
    rows: Sequence[tuple[int, str]],
) -> tuple[list[tuple[int, str]], list[tuple[int, str, Composed]]]:
    """The texts that are composed, and those that are not with what they are in NFC."""
    whole = [(index, text) for index, text in rows if is_composed(text)]
    apart = [(index, text, composed(text)) for index, text in rows if not is_composed(text)]
    return whole, apart

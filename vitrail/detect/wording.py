"""The words that stand near a value: in its column's name and in the text before it.

Presidio raises a score where such a word is one that the recogniser knows. Whole words count,
and phrases of up to four, so that "social security" is found and "us" is not seen in "status".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

_CAMEL: Final = re.compile(r"(?<=[a-z0-9à-ÿ])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD: Final = re.compile(r"[^\W_]+")
_BEFORE, _AFTER, _REACH, _PHRASE = 6, 2, 90, 4


def column_words(name: str) -> tuple[str, ...]:
    """``messages[].phoneNumber`` -> messages, phone, number, phone number, phonenumber, …"""
    words: list[str] = []
    for part in re.split(r"[.\[\]/]+", name):
        words += [w.casefold() for w in _WORD.findall(_CAMEL.sub(" ", part))]
        words += [w.casefold() for w in _WORD.findall(part.replace("_", ""))]
    own = [w.casefold() for w in _WORD.findall(_CAMEL.sub(" ", name))]
    return tuple(dict.fromkeys([*phrases(own), *words]))


def near_words(text: str, start: int, end: int) -> set[str]:
    """Words and phrases within six words before and two words after ``text[start:end]``."""
    before = _WORD.findall(text[max(0, start - _REACH) : start].casefold())[-_BEFORE:]
    after = _WORD.findall(text[end : end + _REACH // 2].casefold())[:_AFTER]
    return set(phrases(before)) | set(phrases(after))


def phrases(words: list[str]) -> Iterable[str]:
    """Each run of one to four words, joined by blanks."""
    for size in range(1, _PHRASE + 1):
        for first in range(len(words) - size + 1):
            yield " ".join(words[first : first + size])


def spellings(words: Iterable[str]) -> Iterator[str]:
    """Each word in small letters, as it is spelt and as where accents are left out."""
    for word in words:
        small = word.casefold()
        yield small
        letters = unicodedata.normalize("NFD", small)
        yield "".join(c for c in letters if not unicodedata.combining(c))

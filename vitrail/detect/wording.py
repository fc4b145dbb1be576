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
_BEFORE, _AFTER, _REACH, _PHRASE, _SHORT = 6, 2, 90, 4, 3
_NUMBER: Final = re.compile(r"(?<=[^\W\d_])\d{1,2}$")
#: The first and the last word of a text that was cut within it.
_HALF: Final = re.compile(r"^[^\W_]+")
_CUT: Final = re.compile(r"[^\W_]+$")
_CLAUSE: Final = re.compile(r"[^,;|\n]*?(?=[,;|\n]|\.\s)")
_SENTENCE: Final = re.compile(r"(?<=\w\w\w\w)[.!?]\s+(?=[^\W\d_a-z])")
#: What joins two values of a kind.
_JOINING: Final = frozenset(
    {"and", "or", "et", "ou", "und", "oder", "y", "o", "e", "ed", "en", "of"}
)


def column_words(name: str) -> tuple[str, ...]:
    """``messages[].phoneNumber`` -> messages, phone, number, phone number, phonenumber, …

    Of a numbered name also the name: ``phone2`` -> phone2, phone.
    """
    words: list[str] = []
    for part in re.split(r"[.\[\]/]+", name):
        words += [w.casefold() for w in _WORD.findall(_CAMEL.sub(" ", part))]
        words += [w.casefold() for w in _WORD.findall(part.replace("_", ""))]
    own = [w.casefold() for w in _WORD.findall(_CAMEL.sub(" ", name))]
    found = [*phrases(own), *words]
    return tuple(dict.fromkeys([*found, *(_NUMBER.sub("", word) for word in found)]))


def last_in_name(word: str, words: frozenset[str]) -> bool:
    """Whether no phrase among the ``words`` of a column's name goes on after this one."""
    return word in words and not any(phrase.startswith(f"{word} ") for phrase in words)


def near_words(text: str, start: int, end: int, since: int, until: int) -> frozenset[str]:
    """Words and phrases within six words before and two words after ``text[start:end]``.

    ``since``, ``until``: where the value before it ends and the next begins, else the text's own
    bounds. Words between two values speak for the later one: "shipped 3 May, born 2 March".
    """
    before = _words(_reached(text, max(since, start - _REACH), start, since))[-_BEFORE:]
    if since and all(word in _JOINING for word in before):
        # "mobile 5123 4567 or 5234 5678": what spoke for the first speaks for the second.
        before = _words(_reached(text, max(0, start - _REACH), start, 0))[-_BEFORE:]
    behind = text[end : min(until, end + _REACH // 2)]
    if end + _REACH // 2 < until:
        behind = _CUT.sub("", behind) if text[end + _REACH // 2].isalnum() else behind
    if until < min(len(text), end + _REACH // 2):
        own = _CLAUSE.match(behind)
        behind = own.group() if own else ""
    return frozenset([*phrases(before), *phrases(_words(behind)[:_AFTER])])


def _reached(text: str, first: int, start: int, since: int) -> str:
    """``text[first:start]``; where it begins later than ``since``, without half a word."""
    if first > since and text[first - 1].isalnum():
        return _HALF.sub("", text[first:start])
    return text[first:start]


def sentence_start(text: str, place: int) -> int:
    """Where the sentence around ``place`` begins, as far as words reach; 0 where none is seen.

    A full stop after a short word is an abbreviation's: "geb. März".
    """
    ends = [m.end() for m in _SENTENCE.finditer(text, max(0, place - _REACH), place)]
    return ends[-1] if ends else 0


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def phrases(words: list[str]) -> Iterable[str]:
    """Each run of one to four words, joined by blanks."""
    for size in range(1, _PHRASE + 1):
        for first in range(len(words) - size + 1):
            yield " ".join(words[first : first + size])


def spellings(words: Iterable[str]) -> Iterator[str]:
    """Each word or phrase as words are compared, as it is spelt and as where accents are left
    out: "F. Nac." as "f nac". Of a short word nothing is left: "né" is no "ne", "née" no "nee".
    """
    for word in words:
        small = " ".join(_WORD.findall(word.casefold()))
        yield small
        letters = unicodedata.normalize("NFD", small)
        plain = "".join(c for c in letters if not unicodedata.combining(c))
        if len(plain) > _SHORT:
            yield plain

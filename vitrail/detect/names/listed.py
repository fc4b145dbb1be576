"""People whom the models pass over: by the list of first names, and by their name said before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from vitrail.detect.models.pipelines import PERSON
from vitrail.detect.names.in_titles import TRADE
from vitrail.detect.names.readings import Reading
from vitrail.detect.names.words import WORD, Lists

_CAPITAL: Final = r"[A-ZÀ-ÖØ-ÞĀ-ŽȘȚΆ-ΏА-Я][^\W\d_]*(?:['’\-][^\W\d_]+)*"
_REST: Final = re.compile(
    rf"(?:[ \u00a0](?:[A-ZÀ-Þ]\.?|de|del|di|da|dos|do|van|von|der|den|la|le|el|bin|{_CAPITAL})"
    rf"(?![\w@]))*[ \u00a0]{_CAPITAL}(?![\w@])"
)
_FIRST: Final = re.compile(rf"(?<![\w@/#.\-]){_CAPITAL}(?![\w@])")


_NO_TOWN: Final = 0.2
"""The probability of a name from which on a word is not held for a town alone."""

_LETTER: Final = "[A-ZÀ-ÖØ-ÞĀ-ŽȘȚ]"
_LARGE: Final = rf"(?:[DLO]['’])?{_LETTER}{{2,}}(?:['’\-]{_LETTER}{{2,}})*"
_IN_CAPITALS: Final = re.compile(
    rf"(?<![\w@/#.\-]){_LARGE}(?:[ \u00a0/]|, )(?:{_LARGE}[ \u00a0/]){{0,2}}{_LARGE}(?![\w@/\-])"
)


def in_capitals(text: str, lists: Lists) -> Iterator[tuple[int, int]]:
    """``LAST FIRST``, ``FIRST LAST`` and ``LAST/FIRST`` within a text of other letters.

    The models know no capitals, and what stands in them is to them a town as often as a name.
    """
    if text.isupper():
        return
    for match in _IN_CAPITALS.finditer(text):
        words = WORD.findall(match[0].casefold())
        if TRADE.isdisjoint(words) and (
            lists.is_first_name(words[0]) or lists.is_first_name(words[-1])
        ):
            yield match.span()


def by_list(reading: Reading, lists: Lists) -> Iterator[tuple[int, int]]:
    """A first name and what is written like a last name after it, on one line.

    Nothing is said where a model sees a place, an organisation or an address.
    """
    text = reading.text
    if text.isupper() or text.islower():
        return
    taken = [(e.start, e.end) for e in reading.entities or () if e.label != PERSON]
    taken += [(w.start, w.end) for w in reading.words if w.address > 0.3 and w.name < _NO_TOWN]
    end = -1
    for match in _FIRST.finditer(text):
        start = match.start()
        if start < end or not lists.is_first_name(match[0]):
            continue
        rest = _REST.match(text, match.end())
        if rest is None:
            continue
        end = rest.end()
        if not any(s < end and start < e for s, e in taken):
            yield start, end


def again(text: str, found: Iterable[tuple[int, int, float]]) -> Iterator[tuple[int, int]]:
    """Where a name that was found, or a last part of it, stands once more, written alike."""
    places = list(found)
    names = {text[start:end] for start, end, _ in places}
    names |= {parts[-1] for name in names if len(parts := WORD.findall(name)) > 1}
    for name in sorted(names):
        if len(name) < 3 or not name[0].isupper():
            continue
        for match in re.finditer(rf"(?<![\w@/.\-]){re.escape(name)}(?![\w@\-])", text):
            if not any(s < match.end() and match.start() < e for s, e, _ in places):
                yield match.span()

"""People whom the models pass over: by the list of first names, and by their name said before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from vitrail.detect.models.pipelines import PERSON
from vitrail.detect.names.readings import Reading
from vitrail.detect.names.words import WORD, Lists

_CAPITAL: Final = r"[A-ZÀ-ÖØ-ÞĀ-ŽȘȚΆ-ΏА-Я][^\W\d_]*(?:['’\-][^\W\d_]+)*"
_REST: Final = re.compile(
    rf"(?:[ \u00a0](?:[A-ZÀ-Þ]\.?|de|del|di|da|dos|do|van|von|der|den|la|le|el|bin|{_CAPITAL})"
    rf"(?![\w@]))*[ \u00a0]{_CAPITAL}(?![\w@])"
)
_FIRST: Final = re.compile(rf"(?<![\w@/#.\-]){_CAPITAL}(?![\w@])")


def by_list(reading: Reading, lists: Lists) -> Iterator[tuple[int, int]]:
    """A first name and what is written like a last name after it, on one line.

    Nothing is said where a model sees a place, an organisation or an address.
    """
    text = reading.text
    if text.isupper() or text.islower():
        return
    taken = [(e.start, e.end) for e in reading.entities or () if e.label != PERSON]
    taken += [(w.start, w.end) for w in reading.words if w.address > 0.3]
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

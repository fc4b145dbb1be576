"""Towns, regions and countries in a piece of text, where they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vitrail.detect.models.pipelines import LOCATION
from vitrail.detect.names.addresses import Address
from vitrail.detect.names.persons import Person, trimmed
from vitrail.detect.names.readings import Reading
from vitrail.detect.names.words import is_capital

_SURE: Final = 0.5
_LABELS: Final = {"CITY", "STATE"}
_POSTCODE: Final = re.compile(
    r"(?<![^\W_])(?i:c\.?p\.?|c[óo]digo postal|code postal|zip(?: ?code)?|post ?code|postal code|"
    r"plz|postleitzahl|cap)[ ]?:?[ ]{0,2}"
    r"((?:[A-Z]{1,2}-?)?\d[\dA-Z]{2,4}(?:[ -]?\d[\dA-Z]{2,3})?)(?!\w)"
)
"""A postcode after the word for one; Rampart's own label for them takes in other numbers."""


def places(
    reading: Reading, persons: list[Person], addresses: list[Address]
) -> Iterator[tuple[int, int]]:
    """The places of a piece that are neither part of an address nor of a name."""
    text = reading.text
    taken = [(p.start, p.end) for p in persons] + [(a.start, a.end) for a in addresses]
    last = -1
    for start, end in sorted([*_by_spacy(reading), *_by_rampart(reading)]):
        if start < last or any(s < end and start < e for s, e in taken):
            continue
        last = end
        if is_capital(text[start:end]) or text.islower():
            yield start, end
    for match in _POSTCODE.finditer(text):
        start, end = match.span(1)
        if not any(s < end and start < e for s, e in taken):
            yield start, end


def _by_spacy(reading: Reading) -> Iterator[tuple[int, int]]:
    for entity in reading.entities or ():
        if entity.label == LOCATION:
            yield from trimmed(reading.text, entity.start, entity.end)


def _by_rampart(reading: Reading) -> Iterator[tuple[int, int]]:
    start = end = -1
    for word in reading.words:
        if word.label not in _LABELS or word.address < _SURE:
            continue
        if end >= 0 and reading.text[end : word.start] in {" ", "-", "'", "’", ""}:
            end = word.end
            continue
        if end >= 0:
            yield from trimmed(reading.text, start, end)
        start, end = word.start, word.end
    if end >= 0:
        yield from trimmed(reading.text, start, end)

"""Postal addresses put together from the parts that Rampart marks.

A street with a number, and what belongs to it before and after: unit, postcode, town, state,
country, on the same line or on the next ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from vitrail.detect.models.pipelines import LOCATION
from vitrail.detect.models.rampart import Word
from vitrail.detect.names.readings import Reading

_PART: Final = 0.4
"""Rampart's probability that a word belongs to an address; below, it does not count."""
_GLUE: Final = re.compile(
    r"(?:[ \t,;.\-/ºª°#()'’&:]|\n(?![ \t>?*]*\n[ \t>?*]*\n)[ \t>?*|]*|(?<![^\W_])(?!(?:in|at|am|is|"
    r"on|to|for|my|it|was|has|from|with|por|con|fax|tel|tlf)(?![^\W_]))(?:[^\W_]{1,4}|(?i:suite|floor|"
    r"local|planta|puerta|bajo|number|número|postal|code|corner))(?![^\W_])){0,16}"
)
_CODE: Final = re.compile(r"(?<![\w.,/+\-])(?:[A-Z]{1,2}-)?\d{4,6}(?:-\d{3,4})?(?![\w/\-]|[.,]\d)")
_NUMBER_BEFORE: Final = re.compile(r"(?<![\w.,/\-])\d{1,6}(?:[ -]?[A-Za-z])?,?[ ]\Z")
_NUMBER_AFTER: Final = re.compile(
    r",?[ ]?(?:n[º°o.]{0,2}[ ]?)?(?:\d{1,5}(?:[ ]?[A-Za-z](?![^\W\d_]))?(?!\w)|s/n)", re.I
)
_UNIT_AFTER: Final = re.compile(
    r"[\s,>?]{1,8}(?:apt|apartment|suite|ste|unit|flat|floor|room|box|p\.?o\.? box|bâtiment|bât|"
    r"appt|appartement|étage|piso|puerta|esc|bajo|wohnung|top|interno|int|scala|andar|bus)\.?[ ]?"
    r"#?\w{1,6}",
    re.I,
)


class Address(NamedTuple):
    """An address's place."""

    start: int
    end: int


def addresses(reading: Reading) -> Iterator[Address]:
    """The addresses in a piece of text that its parts add up to."""
    text = reading.text
    for chain in _chains(text, _parts(reading)):
        start, end = chain[0].start, chain[-1].end
        before = _NUMBER_BEFORE.search(text, max(0, start - 10), start)
        start = before.start() if before else start
        for more in (_NUMBER_AFTER, _UNIT_AFTER):
            after = more.match(text, end)
            end = after.end() if after else end
        if _is_address(text, start, end, chain):
            yield Address(start, end)


def _is_address(text: str, start: int, end: int, chain: list[Word]) -> bool:
    """Whether it has a street by name, and a number or the words for none."""
    named = any(
        w.label == "STREET_NAME" and any(map(str.isalpha, text[w.start : w.end])) for w in chain
    )
    piece = text[start:end]
    return named and (any(map(str.isdigit, piece)) or piece.lower().endswith("s/n"))


def _parts(reading: Reading) -> list[Word]:
    """What may be part of an address: Rampart's words, spaCy's places, and postcodes."""
    text = reading.text
    words = [w for w in reading.words if w.address >= _PART and w.address >= w.name]
    weak = [
        *((e.start, e.end, "STATE") for e in reading.entities or () if e.label == LOCATION),
        *((*match.span(), "ZIP_CODE") for match in _CODE.finditer(text)),
    ]
    words += [
        Word(start, end, label, 0.0, _PART)
        for start, end, label in weak
        if all(end <= w.start or w.end <= start for w in words)
    ]
    return sorted(words)


def _chains(text: str, words: Iterable[Word]) -> Iterator[list[Word]]:
    """Parts of addresses with nothing between them but what joins such parts."""
    chain: list[Word] = []
    for word in words:
        if chain and not _GLUE.fullmatch(text, chain[-1].end, word.start):
            yield chain
            chain = []
        chain.append(word)
    if chain:
        yield chain

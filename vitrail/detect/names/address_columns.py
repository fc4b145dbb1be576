"""Columns of addresses: by the column's name, and by cells that are written as addresses are.

Street names are without number, so a cell of a column called ``street`` need not be of a street
that a recogniser knows: a number and a word are enough, where most of its column are so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import mean
from typing import Final

from vitrail.detect.models import rampart
from vitrail.detect.titles.addresses import calls_addresses

_MOST, _NEARLY_ALL = 0.6, 0.7
"""The least share of cells: where something speaks for addresses, and where nothing does."""
_ENOUGH, _MODEL_SAMPLE, _SURE = 12, 40, 0.5

_LONGEST: Final = 200
_NUMBER: Final = re.compile(r"(?<![^\W_])\d{1,6}[A-Za-z]?(?![^\W_])")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_NUMBERED: Final = re.compile(
    r"\d{1,6}[A-Za-z]?,? .*[^\W\d_]{3}.*"
    r"|[^\W\d_][^\d]*[^\W\d_]\.?,? \d{1,5}[A-Za-z]?(?:[\s/,\-].{0,80})?",
    re.S,
)
_NO_ADDRESS: Final = re.compile(r"@|://|\d[:]\d\d|[=<>{}\[\]|]")


def is_address_column(sample: Sequence[str], words: frozenset[str]) -> bool:
    """Whether the column is called by a word for addresses and most of its cells look like one."""
    return calls_addresses(words) and mean(map(is_address_like, sample)) >= _MOST


def read_as_addresses(sample: Sequence[str]) -> bool:
    """Whether nearly all cells of a column with a silent name have a number where addresses have
    it, and the model sees a street there."""
    if len(sample) < _ENOUGH or mean(map(_is_numbered, sample)) < _NEARLY_ALL:
        return False
    few = sample[:: max(1, len(sample) // _MODEL_SAMPLE)]
    return mean(map(_has_street, rampart.words(few))) >= _MOST


def _is_numbered(text: str) -> bool:
    return is_address_like(text) and _NUMBERED.fullmatch(text) is not None


def _has_street(words: Sequence[rampart.Word]) -> bool:
    labels = {word.label for word in words if word.address >= _SURE}
    return {"STREET_NAME", "BUILDING_NUMBER"} <= labels


def is_address_like(text: str) -> bool:
    """Whether the cell has a word and a number apart from one another, as addresses have."""
    return (
        5 < len(text) <= _LONGEST
        and _NUMBER.search(text) is not None
        and _LETTERS.search(text) is not None
        and len(text.split()) > 1
        and _NO_ADDRESS.search(text) is None
    )

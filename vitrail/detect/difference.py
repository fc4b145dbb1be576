"""The rules by which the verdict on one cell departs from Presidio's on the same text.

Whatever a cell gets that ``AnalyzerEngine`` with the same registry would not give it, and whatever
it does not get, is by one of these; ``tests/detect/differences.yaml`` says why of each.
"""

from __future__ import annotations

from enum import StrEnum


class Difference(StrEnum):
    """A deliberate difference from ``AnalyzerEngine``, by the rule that makes it."""

    # what is refused for the value and what stands around it
    WANTS_WORD = "wants a word"
    INSIDE = "inside a longer value"
    ID_TAIL = "end of an id"
    CODE_WORD = "named as a code"
    VERSION = "version"
    DOTTED_PHONE = "dotted phone number"
    ROW_NUMBER = "numbered rows"
    NO_NETWORK = "card of no network"
    # what is told besides, and which of several results stays
    TEXT_WORDS = "words of the text"
    ENCODED = "encoded text"
    LONG = "long cell"
    OVERLAP = "overlap"

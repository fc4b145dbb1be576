"""What some of a column's cells say about all: whether they are versions, or phone numbers.

Told by cells that are one value and nothing else, so that a cell's verdict need not rest on what
it looks like alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vitrail.detect.judgement import Judge
from vitrail.detect.recognizers.numbering import SHAPED
from vitrail.detect.titles.numbers import HOSTS

_QUAD: Final = re.compile(r"(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})")
_FIRST, _PARTS, _PRIVATE, _ALIKE, _FEW_QUADS = 9, 31, 10, 0.9, 3
"""The most that a version begins with, the most of any of its parts, what private networks begin
with, the share of a column's quads that must be so, and the least number of them. Of public
addresses one in 25 begins so low, and one in 4,000 stays so low."""

_FEW, _NEARLY_ALL, _WRITTEN = 20, 0.95, 0.4
"""The least number of cells, the share that must be possible numbers, and the share of those
that are written as such."""
_NUMBER: Final = re.compile(r"[^A-Za-z]*\d\d[^A-Za-z]*(?:(?:x|ext\.?|poste)[^A-Za-z]*)?")


def holds_versions(sample: Sequence[str], words: frozenset[str]) -> bool:
    """Whether the dotted quads of a column's cells are too much alike to be addresses."""
    quads = [match for text in sample if (match := _QUAD.fullmatch(text))]
    if len(quads) < _FEW_QUADS or not words.isdisjoint(HOSTS):
        return False
    return sum(map(_is_low, quads)) >= _ALIKE * len(quads)


def _is_low(quad: re.Match[str]) -> bool:
    parts = [int(part) for part in quad.groups()]
    return parts[0] <= _FIRST or (max(parts) <= _PARTS and parts[0] != _PRIVATE)


def holds_phones(sample: Sequence[str], judge: Judge) -> bool:
    """Whether nearly all cells could be phone numbers by ``judge``, and enough are written as
    such that those of digits alone are too."""
    if len(sample) < _FEW or not all(map(_NUMBER.fullmatch, sample[:_FEW])):
        return False
    scores = [_score(judge, text) for text in sample]
    possible = sum(score > 0 for score in scores)
    written = sum(score >= SHAPED for score in scores)
    return possible >= _NEARLY_ALL * len(scores) and written >= _WRITTEN * len(scores)


def _score(judge: Judge, text: str) -> float:
    whole = (score for start, end, score, _ in judge.find(text) if (start, end) == (0, len(text)))
    return max(whole, default=0.0)

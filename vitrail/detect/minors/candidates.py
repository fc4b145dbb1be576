"""Where in a text an age, a birth or a word about being a minor can stand at all.

One pass of Hyperscan over the text without accents tells it. The patterns of
:mod:`vitrail.detect.minors.vocabulary` take a thousand times as long: they are tried where a
candidate stands, within its sentence and the two beside it, and nowhere else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import hyperscan
import numpy as np

from vitrail.detect.automaton import Automaton, Expression, cache_folder
from vitrail.detect.minors.vocabulary import LANGUAGES, folded, heard, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_AGE, _YOUNG, _DATE, _WORD = range(4)
_FIGURES: Final = (
    (r"(?:^|[^\d.,/+#])(?:[89]|1[0-8])(?:$|[^\d%])", _YOUNG),
    (r"(?:^|[^a-z])[mfhvw]/1[0-8](?:$|\D)", _YOUNG),
    (r"(?:19|20)\d\d|\d[-./] ?\d{1,2}[-./] ?\d\d|(?:^|\D)(?:0[5-9]|1\d)(?:$|\D)", _DATE),
    (r"(?:duemila|zweitausend|tweeduizend|deux mille|dos mil|dois mil|two thousand|twenty)", _DATE),
    (r"(?:19|[2-9]\d)[ -]{0,2}(?:y|a[nñ]|j|lenze|tacos|piges|balais|printemps)", _AGE),
    (r"\b(?:i.?m|am|bin|ben|tengo|tenho|ho|ai|en) (?:\w{1,9} ){0,2}(?:19|[2-9]\d)(?:$|\D)", _AGE),
    (r"[a-z] ?[:=]{1,2} ?\d{1,2}(?:$|\D)", _AGE),
)  # fmt: skip
#: Code points to either side of a candidate that its statement may reach over.
_REACH: Final = 240
_SHORT: Final = 60


@dataclass(frozen=True, slots=True)
class Candidates:
    """``near``: the stretches around each number and date that may be somebody's age or birth.

    ``young``: those around what may be a minor's age; ``dated``: around what may be a birth.
    ``worded``: whether there is a word about schools, parents or being of age. ``spoken``: the
    languages that may be heard in it.
    """

    near: tuple[tuple[int, int], ...]
    young: tuple[tuple[int, int], ...]
    dated: tuple[tuple[int, int], ...]
    worded: bool
    spoken: tuple[str, ...]

    @classmethod
    def of(cls, plain: str, sentences: Sequence[int]) -> Candidates:
        """``plain``: the text without accents. ``sentences``: where each begins."""
        ends, kinds = _automaton().scan(plain.encode("ascii", "replace"))
        found = set(kinds.tolist())
        near, young, dated = (
            tuple(_joined(_around(np.unique(ends[kind]).tolist(), sentences, len(plain))))
            for kind in (kinds < _WORD, kinds == _YOUNG, kinds == _DATE)
        )
        spoken = tuple(c for n, c in enumerate(LANGUAGES, _WORD + 1) if n in found)
        return cls(near, young, dated, _WORD in found, spoken)


def _around(
    places: Sequence[int], sentences: Sequence[int], length: int
) -> Iterator[tuple[int, int]]:
    """The sentence before each place to the one after; further where they are short."""
    for place in places:
        begin = bisect_right(sentences, max(place - _SHORT, 0)) - 1
        end = bisect_left(sentences, place + _SHORT)
        yield (
            max(sentences[max(begin, 0)], place - _REACH),
            min(sentences[end] if end < len(sentences) else length, place + _REACH),
        )


def _joined(stretches: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those that overlap or touch as one."""
    last: tuple[int, int] | None = None
    for begin, end in stretches:
        if last is not None and begin <= last[1]:
            last = last[0], max(last[1], end)
            continue
        if last is not None:
            yield last
        last = begin, end
    if last is not None:
        yield last


@cache
def _automaton() -> Automaton:
    said = [read(code) for code in LANGUAGES]
    numbers = {
        word.split("(?")[0].split("[")[0]
        for words in said
        for key in ("numbers", "ordinals")
        for spelled in words[key].values()
        for word in spelled.split("|")
    }
    ages = "|".join(sorted(folded(word) for word in numbers))
    words = "|".join(read("frames")["roots"].splitlines())
    rows = [*_FIGURES, (rf"(?:^|[^a-z])(?:{ages})", _YOUNG), (rf"(?:^|[^a-z])(?:{words})", _WORD)]
    for kind, code in enumerate(LANGUAGES, _WORD + 1):
        rows.append((rf"(?:^|[^a-z])(?:{heard(code)})(?:$|[^a-z])", kind))
    flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_DOTALL | hyperscan.HS_FLAG_PREFILTER
    return Automaton(
        [Expression(_of_bytes(regex), flags, kind) for regex, kind in rows], cache_folder()
    )


def _of_bytes(regex: str) -> str:
    """A pattern for text in which every character that is not ASCII's is a question mark."""
    return "".join(c if c.isascii() else r"\?" for c in regex)

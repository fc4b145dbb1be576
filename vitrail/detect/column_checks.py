"""Which recognisers fit a column: those whose check nearly all of its cells pass.

What one number proves little, a column of them does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vitrail.detect.column_evidence import holds_phones
from vitrail.detect.digits import digits_of
from vitrail.detect.evidence import PHONE
from vitrail.detect.judgement import Judge
from vitrail.detect.recognizers.phone_columns import are_phones
from vitrail.detect.titles.numbers import CODES, PHONES, ROW_NUMBERS

ENOUGH_CELLS, HIT_RATE, CHANCE_RATE = 20, 0.8, 0.3
_CHANCE_PLATES: Final = 0.6
"""Of random codes of their shape, one in three is a number plate."""
_PLATES: Final = "UkVehicleRegistrationRecognizer"
FEWEST_CELLS: Final = 6
"""With fewer cells than enough, all have to pass: by chance, six do in one column of a million."""
_SCATTERED, _NEXT_TOO = 0.25, 0.5
"""Of numbers without a check digit, the least share of different first six digits; and the share of
numbers from which on, where the next one passes as well, there is no such digit."""

_ISBN: Final = re.compile(r"\d{9}X")
"""Nine of ten book numbers pass the check of the British health service's; one in eleven, which
that never has, ends in X."""
_NHS: Final = "NhsRecognizer"
_MONTH_END: Final = 31
_LATER: Final = 0.2
"""The least share of numbers with two digits over a month's days at the fifth place, where none has
a check digit: birth dates and random digits have more, codes that begin with a day none."""

_LIKE_A_NUMBER: Final = re.compile(
    r"[A-Z]{0,2}[ \-]?\d[\d .\-/]{5,20}[A-Z]{0,3}\d?|[A-Z]{2}\d\d[ \-]?[A-Z]{3}", re.I
)


def columnar_judges(
    sample: Sequence[str], judges: Sequence[Judge], words: frozenset[str]
) -> list[Judge]:
    """Those of ``judges`` whose check nearly every whole cell of the sample passes. ``words``: of
    the column's name; an ISBN passes the check of the British health service's numbers."""
    if len(sample) < FEWEST_CELLS or not words.isdisjoint(CODES):
        return []
    shaped = [text for text in sample if _LIKE_A_NUMBER.fullmatch(text)]
    enough = len(sample) >= ENOUGH_CELLS
    needed = HIT_RATE * len(sample) if enough else len(sample)
    numbers = len(shaped) >= needed
    fitting = [j for j in judges if numbers and j.validates and _passes(j, shaped) >= needed]
    fitting = [j for j in fitting if j.is_named(words) or _is_proof(j, shaped)]
    if any(map(_ISBN.fullmatch, sample)):
        fitting = [j for j in fitting if j.name != _NHS]
    fitting = _agreeing(fitting, words)
    if enough and words.isdisjoint(ROW_NUMBERS):
        phones = [j for j in judges if j.name == PHONE]
        fitting += [j for j in phones if holds_phones(sample, j)]
        fitting += [j for j in phones if not fitting and are_phones(sample)]
    return fitting


def _agreeing(fitting: Sequence[Judge], words: frozenset[str]) -> list[Judge]:
    """Those of ``fitting`` that the column's name leaves room for: a phone column's cells that
    look like birth dates are phones."""
    if words.isdisjoint(PHONES):
        return list(fitting)
    return [j for j in fitting if j.is_named(words)]


def _is_proof(judge: Judge, texts: Sequence[str]) -> bool:
    """Whether the judge's check says more than that the numbers are in its range: they have a check
    digit, or they are no rows of a table, whose first digits are alike."""
    after = [f"{text[:-1]}{(int(text[-1]) + 1) % 10}" for text in texts if text[-1:].isdecimal()]
    if len(after) < _NEXT_TOO * len(texts) or _passes(judge, after) < _NEXT_TOO * len(after):
        return True
    heads = [digits_of(text)[:6] for text in texts]
    later = sum(int(head[4:] or 0) > _MONTH_END for head in heads)
    return len(set(heads)) >= _SCATTERED * len(texts) and later >= _LATER * len(texts)


def is_like_a_number(text: str) -> bool:
    """Whether the cell is one number or code and nothing else."""
    return len(text) <= 30 and _LIKE_A_NUMBER.fullmatch(text) is not None


def _passes(judge: Judge, texts: Sequence[str]) -> int:
    # A tenth of the cells tells off nearly every recogniser that does not fit.
    few = texts[:: max(1, len(texts) // 20)]
    may_fail = len(few) - HIT_RATE * 0.7 * len(few)
    for text in few:
        may_fail -= not _is_whole(judge, text)
        if may_fail < 0:
            return 0
    return sum(_is_whole(judge, text) for text in texts)


def _is_whole(judge: Judge, text: str) -> bool:
    return any(
        start == 0 and end == len(text) and score >= 1.0
        for start, end, score, _ in judge.find(text)
    )


def passed_by_chance(name: str, called: int, passed: int) -> bool:
    """Whether so few of the whole cells that look like a number pass the recogniser's check, that
    chance explains it."""
    rate = _CHANCE_PLATES if name == _PLATES else CHANCE_RATE
    return called >= ENOUGH_CELLS and passed < rate * called

"""Cells that are one phone number, scored as :mod:`vitrail.detect.recognizers.phones` scores them.

The number plans are those of libphonenumber, run by RE2 over all numbers of a country at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from vitrail.detect.recognizers import numbering
from vitrail.detect.recognizers.numbering import DIALLED, INTERNATIONAL, POSSIBLE, SHAPED, WEAK
from vitrail.detect.recognizers.phones import AFTER_PLUS, LONGEST, LONGEST_PLAIN, SOCIAL, THOUSANDS
from vitrail.detect.whole.networks import QUAD
from vitrail.detect.whole.rule import Flags, Numbers, Verdicts, first_bytes, lengths, matches

_Scores = npt.NDArray[np.float64]

_GAPS: Final = r"[ .\-/()+]"
# A first piece of nine characters could be a number of its own, the rest another's beginning.
_LATER: Final = r"(?: \d(?:[ .\-/]?\d)*)?"
_JOINED: Final = r"(?:[.\-/]?\d)*"
_ABROAD: Final = rf"\+[1-9]\d{{0,6}}{_LATER}|00[1-9]\d{{0,5}}{_LATER}|(?:\+|00)[1-9]{_JOINED}"
_TRUNK: Final = rf"0[1-9]\d{{0,6}}{_LATER}|0[1-9]{_JOINED}"
_DATED: Final = r"(?:[0-2]?\d|3[01])[\-./ ](?:[0-2]?\d|3[01])[\-./ ](?:19|20)\d\d(?: .*)?|\d+\.\d+"
_YMD: Final = r"(?:19|20)\d\d(?:0?[1-9]|1[0-2])(?:[0-2]?\d|3[01])"
_NANP: Final = r"(?:1[\-. ])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[\-. ])[2-9]\d\d[\-. ]\d{4}"
_PLUS: Final = ord("+")


class PhoneRule:
    """Numbers with a country code or a trunk 0, North American ones, and digits alone."""

    def verdicts(self, values: pa.Array) -> Verdicts:
        sure = np.zeros(len(values), bool)
        score = np.zeros(len(values))
        blank = np.asarray(pc.match_substring(values, " ").to_numpy(zero_copy_only=False), bool)
        for shape, judge in (
            (r"[1-9]\d*", _bare),
            (QUAD, _quad),
            (_ABROAD, _abroad),
            (_TRUNK, _trunk),
            (_NANP, _shaped),
        ):
            left = np.flatnonzero(~sure)
            here = left[matches(values.take(pa.array(left)), shape)]
            if len(here):
                cells = values.take(pa.array(here))
                score[here], sure[here] = judge(cells)
                # A weak run with blanks may still hold a number between two of them.
                sure[here] &= ~blank[here] | (score[here] >= POSSIBLE)
        return Verdicts(sure, score)

    def normal(self, values: pa.Array) -> pa.Array:
        return pc.replace_substring_regex(_digits(values), r"\A00", "")

    def shapes(self, values: pa.Array) -> Numbers:
        shapes: Numbers = lengths(_digits(values)) * 2 + (first_bytes(values) == _PLUS)
        return shapes


def _digits(values: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(values, _GAPS, "")


def _bare(values: pa.Array) -> tuple[_Scores, Flags]:
    size = lengths(values)
    likely = (size >= 7) & (size <= LONGEST) & ~matches(values, _YMD)
    return np.where(likely, WEAK, 0.0), np.ones(len(values), bool)


def _quad(values: pa.Array) -> tuple[_Scores, Flags]:
    size = lengths(values) - 3
    return np.where(size >= 7, WEAK, 0.0), first_bytes(values) != ord("0")


def _shaped(values: pa.Array) -> tuple[_Scores, Flags]:
    return np.full(len(values), SHAPED), np.ones(len(values), bool)


def _abroad(values: pa.Array) -> tuple[_Scores, Flags]:
    digits = _digits(values)
    size = lengths(digits)
    plus = first_bytes(values) == _PLUS
    called = pc.replace_substring_regex(digits, r"\A00", "")
    score = np.where(lengths(called) >= 7, _international(called), 0.0)
    dialled = np.where(score > 0, np.minimum(score, DIALLED), np.where(size <= LONGEST, WEAK, 0.0))
    grouped = (score == WEAK) & np.isin(size, AFTER_PLUS) & (lengths(values) > size + 1)
    score = np.where(grouped & ~matches(values, THOUSANDS), POSSIBLE, score)
    score = np.where(plus, score, dialled)
    score[(size < 7) | (size > 17)] = 0.0
    return score, np.ones(len(values), bool)


def _trunk(values: pa.Array) -> tuple[_Scores, Flags]:
    digits = _digits(values)
    size = lengths(digits)
    plain = size == lengths(values)
    dialled = _by_length(digits, _dialled) & ~matches(values, SOCIAL)
    dialled &= ~plain | (size <= LONGEST_PLAIN)
    score = np.where(dialled & (size >= 9 + plain), DIALLED, WEAK)
    score[(size < 7) | (size > 17) | (~dialled & (size > LONGEST))] = 0.0
    return score, ~matches(values, _DATED)


def _international(digits: pa.Array) -> _Scores:
    """Of digits behind a +, the first no 0."""
    score = np.full(len(digits), WEAK)
    codes = _country_codes(digits)
    for code in np.unique(codes).tolist():
        here = np.flatnonzero(codes == code)
        if code:
            national = pc.utf8_slice_codeunits(digits.take(pa.array(here)), len(str(code)))
            valid = _is_valid(code, national)
            again = np.flatnonzero(~valid & matches(national, r"0\d*"))
            rest = pc.utf8_slice_codeunits(national.take(pa.array(again)), 1)
            valid[again] = _is_valid(code, rest)
            possible = np.isin(lengths(national), list(numbering.lengths(code)))
            score[here] = np.where(valid, INTERNATIONAL, np.where(possible, SHAPED, WEAK))
    return score


def _is_valid(code: int, national: pa.Array) -> Flags:
    return _by_length(national, lambda size: numbering.of_length(code, size))


def _country_codes(digits: pa.Array) -> Numbers:
    """The country code that each begins with, 0 where there is none; no code begins another."""
    codes = np.zeros(len(digits), np.int64)
    for size in (1, 2, 3):
        heads = pc.dictionary_encode(pc.utf8_slice_codeunits(digits, 0, size))
        known = np.array(
            [int(h) if int(h or 0) in COUNTRY_CODE_TO_REGION_CODE else 0
             for h in heads.dictionary.to_pylist()], np.int64,
        )  # fmt: skip
        if len(known):
            codes = np.where(codes > 0, codes, known[heads.indices.to_numpy()])
    return codes


def _dialled(size: int) -> list[str]:
    """Numbers of ``size`` digits as dialled within a country, its trunk prefix included."""
    return [
        f"{prefix}(?:{pattern})"
        for code, prefix in numbering.trunk_prefixes()
        for pattern in numbering.of_length(code, size - len(prefix))
    ]


def _by_length(digits: pa.Array, plans: Callable[[int], list[str]]) -> Flags:
    """Which digits one of the plans for their length takes."""
    taken = np.zeros(len(digits), bool)
    size = lengths(digits)
    for length in np.unique(size).tolist():
        here = np.flatnonzero(size == length)
        if patterns := plans(length):
            taken[here] = matches(digits.take(pa.array(here)), "|".join(patterns))
    return taken

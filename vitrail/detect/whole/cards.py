"""Cells that are one payment card number of 14 to 16 digits, alone or in fours."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect.recognizers.networks import beginnings
from vitrail.detect.whole.rule import Flags, Numbers, Verdicts, lengths, matches, starts

# The beginnings that the recogniser takes for any number of this length.
_CARD: Final = r"(?:[346]\d|5[0-5])(?:\d{12,14}|\d\d[ \-]\d{4}[ \-]\d{4}[ \-]\d{4})"
_ISSUED: Final = "|".join(
    rf"(?:{beginnings(size).pattern})\d{{{size - 4}}}" for size in (14, 15, 16)
)
# Milliseconds since 1970, which no network's numbers begin like.
_EPOCH: Final = r"1\d{12}"


class CardRule:
    """Luhn's check decides."""

    def verdicts(self, values: pa.Array) -> Verdicts:
        sure = matches(values, _CARD)
        digits = self.normal(values.filter(pa.array(sure)))
        passes = _passes_luhn(digits)
        score = np.zeros(len(values))
        score[sure] = passes
        # what passes and no network issues is one only where a word speaks for it
        sure[sure] = ~passes | matches(digits, _ISSUED)
        return Verdicts(sure | matches(values, _EPOCH), np.where(sure, score, 0.0))

    def normal(self, values: pa.Array) -> pa.Array:
        return pc.replace_substring_regex(values, "[ -]", "")

    def shapes(self, values: pa.Array) -> Numbers:
        return lengths(self.normal(values))


def _passes_luhn(digits: pa.Array) -> Flags:
    """Luhn's check (ISO/IEC 7812-1, annex B) of cells of digits alone."""
    passes = np.zeros(len(digits), bool)
    size = lengths(digits)
    for length in np.unique(size).tolist():
        here = np.flatnonzero(size == length)
        data, places = starts(digits.take(pa.array(here)))
        number = data[places[0] : places[-1]].reshape(-1, length)[:, ::-1] - ord("0")
        doubled = number[:, 1::2] * 2
        total = number[:, ::2].sum(axis=1) + (doubled - 9 * (doubled > 9)).sum(axis=1)
        passes[here] = total % 10 == 0
    return passes

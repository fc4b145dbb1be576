"""Cells that are one bank account number (IBAN) whose check digits are right."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect.whole.rule import Flags, Numbers, Verdicts, lengths, matches, starts

_IBAN: Final = r"[A-Z]{2}\d{2}(?:[ \-]?[A-Z0-9]{4}){2,7}(?:[ \-]?[A-Z0-9]{1,3})?"


class AccountRule:
    """Sure of the right ones alone: of a wrong one the recogniser tries the beginning too."""

    def verdicts(self, values: pa.Array) -> Verdicts:
        shaped = np.flatnonzero(matches(values, _IBAN))
        written = self.normal(values.take(pa.array(shaped)))
        right = shaped[_is_checked(written) & _is_formed(written)]
        sure = np.zeros(len(values), bool)
        sure[right] = True
        return Verdicts(sure, sure.astype(np.float64))

    def normal(self, values: pa.Array) -> pa.Array:
        return pc.replace_substring_regex(values, "[ -]", "")

    def shapes(self, values: pa.Array) -> Numbers:
        """By country and length."""
        heads = pc.dictionary_encode(pc.utf8_slice_codeunits(values, 0, 2))
        country: Numbers = heads.indices.to_numpy().astype(np.int64)
        return country * 256 + lengths(self.normal(values))


def _is_formed(written: pa.Array) -> Flags:
    """Whether the account number is of its country's form, by Presidio's list of them."""
    from presidio_analyzer.predefined_recognizers.generic.iban_patterns import regex_per_country

    formed = np.zeros(len(written), bool)
    countries = pc.dictionary_encode(pc.utf8_slice_codeunits(written, 0, 2))
    codes = countries.indices.to_numpy()
    for number, country in enumerate(countries.dictionary.to_pylist()):
        if country in regex_per_country:
            here = np.flatnonzero(codes == number)
            formed[here] = matches(
                written.take(pa.array(here)), rf"(?:{regex_per_country[country]}).*"
            )
    return formed


def _is_checked(written: pa.Array) -> Flags:
    """Check digits of ISO 7064, modulo 97-10, as ISO 13616 has them: 02 to 98."""
    checked = np.zeros(len(written), bool)
    size = lengths(written)
    for length in np.unique(size).tolist():
        here = np.flatnonzero(size == length)
        data, places = starts(written.take(pa.array(here)))
        text = data[places[0] : places[-1]].reshape(-1, length).astype(np.int64)
        value = np.where(text >= ord("A"), text - ord("A") + 10, text - ord("0"))
        rest = np.zeros(len(here), np.int64)
        for column in [*range(4, length), 0, 1, 2, 3]:
            digit = value[:, column]
            rest = (rest * np.where(digit > 9, 100, 10) + digit) % 97
        check = value[:, 2] * 10 + value[:, 3]
        checked[here] = (rest == 1) & (check >= 2) & (check <= 98)
    return checked

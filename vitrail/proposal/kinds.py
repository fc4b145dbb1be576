"""What kind of values a column holds, told from a sample of them by their form alone.

Coarser than detection, which judges personal data: here it matters what a column can be mapped to.
"""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from vitrail.proposal.vocabulary import codes

_SHARE: Final = 0.9
_MOST_WORDS: Final = 30


class Kind(StrEnum):
    """One kind for a whole column; the words are told to people."""

    EMPTY = "nothing"
    EMAIL = "e-mail addresses"
    PHONE = "phone numbers"
    IP = "IP addresses"
    URL = "links"
    TIME = "times"
    EPOCH = "times counted since 1970"
    WHOLE = "whole numbers"
    DECIMAL = "numbers with decimals"
    YES_NO = "yes and no"
    CURRENCY = "currencies"
    COUNTRY = "countries"
    STRUCTURE = "JSON"
    IDENTIFIER = "identifiers"
    WORD = "a few words"
    TEXT = "text"


_CURRENCIES: Final = codes("currencies")
_COUNTRIES: Final = codes("countries")
_YES_NO: Final = codes("yes_no")
_EMAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\W\d_]{2,}")
_PHONE: Final = re.compile(r"(?:\+|00?|\()[\d\s().\-/]{6,20}\d")
_URL: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_TIME: Final = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d\d\S*(\s*\S+)?)?"
    r"|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}([T ]+\d{1,2}:\d\d\S*(\s*[AaPp]\.?[Mm]\.?)?)?"
    r"|\d{4}/\d{1,2}/\d{1,2}( \d{1,2}:\d\d\S*)?"
    r"|\d{1,2}/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}"
)
#: Seconds from 2001 to 2033, and the same in milliseconds and microseconds.
_EPOCH: Final = re.compile(r"1\d{9}(\d{3}|\d{6})?(\.\d+)?")
_WHOLE: Final = re.compile(r"[+-]?\d+(\.0+)?")
_DECIMAL: Final = re.compile(r"[+-]?\d{1,3}([\s'.,\u00a0\u202f]?\d{3})*[.,]\d+|[+-]?\d+[.,]\d+")
_TOKEN: Final = re.compile(r"[\w.:#/-]{2,80}")


def kind_of(values: Sequence[str]) -> Kind:
    """The kind of nine in ten of the values, none of them blank; ``EMPTY`` of no values."""
    if not values:
        return Kind.EMPTY
    told = Counter(_one(value.strip()) for value in values)
    for kind in (Kind.EMAIL, Kind.IP, Kind.URL, Kind.TIME, Kind.EPOCH, Kind.STRUCTURE, Kind.PHONE):
        if told[kind] >= _SHARE * len(values):
            return kind
    if told[Kind.WHOLE] + told[Kind.EPOCH] >= _SHARE * len(values):
        return Kind.WHOLE
    numbers = told[Kind.WHOLE] + told[Kind.EPOCH] + told[Kind.DECIMAL]
    return Kind.DECIMAL if numbers >= _SHARE * len(values) else _of_words(values)


def _of_words(values: Sequence[str]) -> Kind:
    distinct = {value.strip() for value in values}
    for kind, known, shaped in (
        (Kind.YES_NO, _YES_NO, str.casefold),
        (Kind.CURRENCY, _CURRENCIES, str.upper),
        (Kind.COUNTRY, _COUNTRIES, str.upper),
    ):
        if sum(shaped(value) in known for value in distinct) >= _SHARE * len(distinct):
            return kind
    tokens = sum(_TOKEN.fullmatch(value) is not None for value in distinct)
    digits = sum(any(c.isdigit() for c in value) for value in distinct)
    if len(distinct) > 1 and min(tokens, digits) >= _SHARE * len(distinct):
        return Kind.IDENTIFIER
    short = max(map(len, distinct)) <= 40
    few = len(distinct) <= _MOST_WORDS and len(distinct) * 2 <= len(values)
    return Kind.WORD if few and short else Kind.TEXT


def _one(value: str) -> Kind:
    if "@" in value and _EMAIL.fullmatch(value):
        return Kind.EMAIL
    if value[:1] in "[{" and value[-1:] in "]}":
        return Kind.STRUCTURE
    for kind, pattern in (
        (Kind.EPOCH, _EPOCH),
        (Kind.WHOLE, _WHOLE),
        (Kind.TIME, _TIME),
        (Kind.DECIMAL, _DECIMAL),
        (Kind.URL, _URL),
        (Kind.PHONE, _PHONE),
    ):
        if pattern.fullmatch(value):
            if kind is Kind.WHOLE and len(value) >= 9 and value[0] in "+0":
                return Kind.PHONE
            return kind
    return Kind.IP if _is_ip(value) else Kind.TEXT


def _is_ip(value: str) -> bool:
    if value.count(".") != 3 and ":" not in value:
        return False
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True

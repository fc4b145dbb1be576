"""What is refused though a recogniser told it.

A checksum is no evidence by itself: random digits pass the Dutch BSN's in 9 of 100 cases, Luhn's
in 10. So short numbers need a word that names them, in the text or in the column's name, or a
column nearly all of whose cells pass (:mod:`vitrail.detect.column_checks`).
"""

from __future__ import annotations

import re
from typing import Final

from vitrail.detect.code_words import named_as_code
from vitrail.detect.difference import Difference
from vitrail.detect.digits import digits_of
from vitrail.detect.entities import ENTITIES, Family
from vitrail.detect.judgement import Span
from vitrail.detect.recognizers.networks import is_issued
from vitrail.detect.recognizers.numbering import INTERNATIONAL
from vitrail.detect.titles.numbers import CODES, HOSTS, PHONES, ROW_NUMBERS, VERSIONS

NEEDS_WORD: Final = frozenset({
    "DeTaxIdRecognizer", "DeHealthInsuranceRecognizer", "DeIdCardRecognizer",
    "DePassportRecognizer", "DeTaxNumberRecognizer", "ItVatCodeRecognizer", "NhsRecognizer",
})  # fmt: skip
"""Presidio's recognisers of short numbers whose checksum, if any, proves little."""
BY_CHANCE: Final = frozenset({
    "PaymentCardRecognizer", "EsNifRecognizer", "EsNieRecognizer", "FrNirRecognizer",
    "FiPersonalIdentityCodeRecognizer", "PtCcRecognizer", "DeSocialSecurityRecognizer",
    "CzRodneCisloRecognizer", "SePersonnummerRecognizer", "SeSamordningsnummerRecognizer",
    "UkVehicleRegistrationRecognizer",
})  # fmt: skip
"""Recognisers whose whole cells are held against the others of their column."""

_NUMBERED_THINGS: Final = ROW_NUMBERS | CODES
_FIFTH: Final = re.compile(r"\.\d")
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
_RUN: Final = re.compile(r"[^\W_]+\Z")
_HEX: Final = re.compile(r"[0-9a-f]+", re.I)
_LONG_RUN: Final = 64
"""Letters and digits of the longest digest that is in use."""
_NUMBERED: Final = frozenset(
    name for name, kind in ENTITIES.items() if kind.family is Family.IDENTIFIER
) | {"CREDIT_CARD", "CRYPTO", "PHONE_NUMBER", "US_BANK_NUMBER"}
_LINK: Final = re.compile(r"[a-z]{2,10}://\S*\Z", re.I)
_PRODUCT: Final = re.compile(r"[A-Za-z\d)]/$")
_CARD: Final = "PaymentCardRecognizer"
_SHORT_CARD: Final = 14
"""Digits of old Visa and Diners cards, and of the row numbers that many systems count by."""
PHONE: Final = "EuropeanPhoneRecognizer"
_GLUED: Final = frozenset({"FiPersonalIdentityCodeRecognizer", "SePersonnummerRecognizer"})
"""Their forms are so particular that a word may run into them, for want of a blank."""


def needs_word(span: Span) -> bool:
    """Whether the span is worth something only where a word or its column speaks for it."""
    return span.bare or span.recognizer in NEEDS_WORD


def refusal(
    span: Span, text: str, words: frozenset[str], columnar: frozenset[str]
) -> Difference | None:
    """The rule that refuses a span, None where it stands; these need no look at other cells.

    ``words``: of the column's name. ``columnar``: recognisers that fit the column.
    """
    if span.recognizer in columnar:
        return None
    if _is_part(span, text):
        return Difference.INSIDE
    if needs_word(span) and not span.spoken:
        return Difference.WANTS_WORD
    if span.entity == "IP_ADDRESS":
        return _of_address(span, text, words)
    if span.recognizer == PHONE:
        return _of_phone(span, text, words)
    return None if span.spoken else _of_silent(span, text, words)


def _of_address(span: Span, text: str, words: frozenset[str]) -> Difference | None:
    """A dotted quad in a phone column is a phone number, after a product's name a version; with a
    fifth number behind or before it is one too, or an object's identifier."""
    if _FIFTH.match(text, span.end) or _FIFTH.match(text[span.start - 2 : span.start][::-1]):
        return Difference.VERSION
    if not words.isdisjoint(PHONES):
        return Difference.DOTTED_PHONE
    return Difference.VERSION if _is_version(text, span.start, words) else None


def _of_phone(span: Span, text: str, words: frozenset[str]) -> Difference | None:
    """No version of a product, though "Mobile" stands beside it; no plain number of a row."""
    if _is_product_version(text, span.start):
        return Difference.VERSION
    if named_as_code(span, text):
        return Difference.CODE_WORD
    if text[span.start : span.end].isdigit():
        rows = not (span.spoken or words.isdisjoint(_NUMBERED_THINGS))
        return Difference.ROW_NUMBER if rows else None
    whole = span.end - span.start == len(text)
    code = whole and not (span.spoken or span.score >= INTERNATIONAL)
    return Difference.ROW_NUMBER if code and not words.isdisjoint(CODES) else None


def _of_silent(span: Span, text: str, words: frozenset[str]) -> Difference | None:
    """A number that no word speaks for has to be more than a check passed by chance."""
    if named_as_code(span, text):
        return Difference.CODE_WORD
    if span.recognizer == _CARD:
        return _of_card(span, text, words)
    by_chance = span.recognizer in BY_CHANCE and _is_tail(text, span.start)
    return Difference.ID_TAIL if by_chance else None


def _is_part(span: Span, text: str) -> bool:
    """Whether letters or digits go on on either side, or the span lies in a UUID."""
    if span.end - span.start == len(text) or span.entity not in _NUMBERED:
        return False
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    if _in_decimal(text, span.start, span.end) or _in_path(text, span.start):
        return True
    if before.isalnum() or after.isalnum():
        if span.recognizer in _GLUED and not span.bare and before.islower():
            return after.isalnum() or not _runs_into(text, span.start, span.end)
        return span.entity != "PHONE_NUMBER" or after.isdigit() or before.isdigit()
    return "-" in (before, after) and _in_uuid(text, span.start, span.end)


def _in_uuid(text: str, start: int, end: int) -> bool:
    return _UUID.search(text, max(0, start - 36), end + 36) is not None


def _runs_into(text: str, start: int, end: int) -> bool:
    """Whether what stands right before is a word: no hex digits of a digest, a key or a UUID,
    whose ends are written as a code in one case of a million."""
    before = _RUN.search(text, max(0, start - _LONG_RUN), start)
    run = before.group() if before else ""
    is_hex = _HEX.fullmatch(run + text[start:end]) is not None
    return run.isalpha() and not is_hex and not _in_uuid(text, start, end)


def _is_tail(text: str, start: int) -> bool:
    """Whether a hyphen ties it to a word: the ``1234567a`` of ``cst-1234567a`` is an id's end."""
    return start > 1 and text[start - 1] == "-" and text[start - 2].isalnum()


def _in_decimal(text: str, start: int, end: int) -> bool:
    """Whether digits alone stand on one side of a decimal point."""
    if not text[start:end].isdigit():
        return False
    whole = text[max(0, start - 2) : start]
    rest = text[end : end + 2]
    return (len(whole) == 2 and whole[1] in ".," and whole[0].isdigit()) or (
        len(rest) == 2 and rest[0] in ".," and rest[1].isdigit()
    )


def _in_path(text: str, start: int) -> bool:
    """Whether a link's path goes on here; what follows ``=``, ``:`` or ``+`` is a value."""
    return _LINK.search(text, max(0, start - 300), start) is not None and (
        text[start - 1] not in "=:+"
    )


def _of_card(span: Span, text: str, words: frozenset[str]) -> Difference | None:
    """Numbers that no network issues are none; short ones in a column of row numbers are these."""
    if not is_issued(digits_of(text[span.start : span.end])):
        return Difference.NO_NETWORK
    short = span.end - span.start <= _SHORT_CARD and text[span.start : span.end].isdigit()
    return None if not short or words.isdisjoint(ROW_NUMBERS) else Difference.ROW_NUMBER


def _is_product_version(text: str, start: int) -> bool:
    """Whether it follows a product's name and a slash: ``Safari/6533.18.5``, no link's path."""
    before = text[max(0, start - 24) : start]
    return _PRODUCT.search(before) is not None and not before.endswith("//")


def _is_version(text: str, start: int, words: frozenset[str]) -> bool:
    before = text[max(0, start - 24) : start]
    if _is_product_version(text, start):
        return True
    last = re.findall(r"[A-Za-z]+", before)[-1:]
    return bool(last and last[0].casefold() in VERSIONS) or (
        start == 0 and not words.isdisjoint(VERSIONS) and words.isdisjoint(HOSTS)
    )

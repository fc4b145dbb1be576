"""The normal form of a value by its type, so that two writings get one fingerprint."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from vitrail.detect.digits import digits_of
from vitrail.detect.entities import ENTITIES, is_identifier
from vitrail.normalisation import (
    normalise_code,
    normalise_email,
    normalise_text,
)

# For plain ASCII addresses the house's form is the small letters; most addresses are such.
_PLAIN_EMAIL: Final = re.compile(
    r"[\w.+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})+", re.A
)
# RFC 5321 takes the address with quotation marks for the same as the one without.
_ATOM: Final = r"[\w!#$%&'*+\-/=?^`{|}~]+"
_NEEDLESS_QUOTES: Final = re.compile(rf'\A"({_ATOM}(?:\.{_ATOM})*)"@')


def normal_form(entity_type: str, value: str) -> str:
    """The one writing of ``value`` that its fingerprint is made of."""
    form = _FORMS.get(entity_type)
    if form is not None:
        return form(value)
    own_code = entity_type not in ENTITIES and any(letter.isdigit() for letter in value)
    return (
        normalise_code(value) if own_code or is_identifier(entity_type) else normalise_text(value)
    )


def _email(value: str) -> str:
    if _PLAIN_EMAIL.fullmatch(value):
        return value.lower()
    value = _NEEDLESS_QUOTES.sub(r"\1@", value)
    return normalise_email(value) or normalise_text(value)


def _phone(value: str) -> str:
    """Digits alone, the trunk ``(0)`` of an international number and a leading 00 gone."""
    digits = digits_of(value.replace("(0)", ""))
    return digits[2:] if digits.startswith("00") else digits


def _as_written(value: str) -> str:
    return value.strip()


_FORMS: Final[Mapping[str, Callable[[str], str]]] = {
    "EMAIL_ADDRESS": _email,
    "PHONE_NUMBER": _phone,
    "CREDIT_CARD": digits_of,
    "US_BANK_NUMBER": digits_of,
    "IBAN_CODE": normalise_code,
    "MAC_ADDRESS": normalise_code,
    "SECRET": _as_written,
    "CRYPTO": _as_written,
    "URL": _as_written,
}

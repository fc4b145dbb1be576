"""How one phone number is written: its digits, its groups, what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumberFormat

from vitrail.detect.digits import digits_of

#: Where a number without its country may be at home.
_REGIONS: Final = ("FR", "BE", "LU", "CH", "DE", "AT", "ES", "IT", "PT", "NL", "IE", "GB")
_BETWEEN: Final = ("", " ", ".", "-", "/", "\u00a0", "\u202f", "%20", "+")
_SEPARATORS: Final = r"(?:[\s.\-/()+]|%20|\\u00a0){0,3}"


@dataclass(frozen=True, slots=True)
class Writing:
    """One reading of a number: its country's code ("" where none is known) and the rest."""

    country: str
    subscriber: str = field(repr=False)
    national: str = field(repr=False)
    groups: tuple[str, ...] = field(repr=False)


@lru_cache(maxsize=4096)
def writings(text: str) -> tuple[Writing, ...]:
    """What number ``text`` is; without a country, every one in which it is valid."""
    plain = text.strip()
    plain = f"+{plain[2:]}" if plain.startswith("00") else plain
    regions: tuple[str | None, ...] = (None,) if plain.startswith("+") else _REGIONS
    found = [one for region in regions if (one := _parsed(plain, region)) is not None]
    digits = digits_of(text)
    return tuple(dict.fromkeys(found)) or (Writing("", digits, digits, (digits,)),)


def _parsed(text: str, region: str | None) -> Writing | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if region is not None and not phonenumbers.is_valid_number(number):
        return None
    shown = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    groups = tuple(re.findall(r"\d+", shown))[1:]
    return Writing(str(number.country_code), "".join(groups), digits_of(national), groups)


def spellings(one: Writing) -> Iterator[str]:
    """What to look for: each has most of the digits, so that a look around it tells the rest."""
    yield one.national
    yield one.country + one.subscriber
    yield f"{one.country}0{one.subscriber}"
    for groups in {one.groups, _pairs(one.subscriber)}:
        tail = groups[1:] if len("".join(groups[1:])) >= 6 else groups
        for between in _BETWEEN[1:]:
            if len(tail) > 1:
                yield between.join(tail)
                yield "(0)".join((one.country, between.join(groups)))


def _pairs(digits: str) -> tuple[str, ...]:
    first = len(digits) % 2
    return (*([digits[:first]] if first else []),
            *(digits[i : i + 2] for i in range(first, len(digits), 2)))  # fmt: skip


@lru_cache(maxsize=4096)
def pattern(one: Writing) -> re.Pattern[str]:
    """The number with anything usual between its digits, and no other number's digit beside."""
    body = _SEPARATORS.join(one.subscriber)
    trunk = one.national.removesuffix(one.subscriber)
    before = [rf"{trunk}{_SEPARATORS}"] if trunk or not one.country else [""]
    if one.country:
        code = _SEPARATORS.join(one.country)
        before.append(rf"(?:\+|%2[Bb]|00)?{code}{_SEPARATORS}(?:0{_SEPARATORS})?")
    return re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(before)}){body}(?![0-9])")


def hashed_forms(one: Writing) -> set[str]:
    """The writings that advertisers' manuals ask to hash."""
    whole = one.country + one.subscriber
    return {whole, f"+{whole}", one.national} if one.country else {one.subscriber}

"""Which digits are phone numbers, compiled from libphonenumber's metadata.

``phonenumbers`` parses a number in some 50 µs a region; with 33 regions a column would take
minutes. The same metadata as regular expressions answers in a microsecond. ``is_valid`` here is
libphonenumber's ``is_valid_number``: digits that fit one of the number types of a region that
shares the country code, at a length which that type allows.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

#: How much a way of writing says that digits are a phone number; see the recogniser.
INTERNATIONAL, DIALLED, SHAPED, POSSIBLE, WEAK = 0.75, 0.6, 0.5, 0.45, 0.15

# The EEA, the United Kingdom, Switzerland and the United States (with it all of +1).
REGIONS: Final = (
    "FR", "DE", "ES", "IT", "GB", "US", "NL", "BE", "PT", "CH", "AT", "IE", "LU", "PL", "SE",
    "DK", "NO", "FI", "CZ", "SK", "HU", "RO", "BG", "GR", "HR", "SI", "EE", "LV", "LT", "MT",
    "CY", "IS", "LI",
)  # fmt: skip

_TYPES: Final = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number",
    "voip", "pager", "uan", "voicemail",
)  # fmt: skip


@cache
def _metadata(region: str, code: int = 0) -> Any:
    if region == "001":
        return PhoneMetadata.metadata_for_nongeo_region(code, None)
    return PhoneMetadata.metadata_for_region(region, None)


@cache
def _plans(code: int) -> tuple[tuple[str, frozenset[int]], ...]:
    """The patterns of national numbers behind a country code, each with its lengths."""
    plans: dict[tuple[str, frozenset[int]], None] = {}
    for region in COUNTRY_CODE_TO_REGION_CODE[code]:
        metadata = _metadata(region, code)
        for name in _TYPES:
            kind = getattr(metadata, name)
            if kind is None or not kind.national_number_pattern:
                continue
            sizes = [n for n in kind.possible_length if n > 0]
            sizes = sizes or [n for n in metadata.general_desc.possible_length if n > 0]
            plans[kind.national_number_pattern, frozenset(sizes)] = None
    return tuple(plans)


@cache
def _pattern(code: int) -> re.Pattern[str]:
    """All valid national numbers behind a country code, each type at its own lengths."""
    alternatives = []
    for pattern, sizes in _plans(code):
        size = "|".join(rf"\d{{{n}}}" for n in sorted(sizes))
        alternatives.append(rf"(?=(?:{size})\Z)(?:{pattern})")
    return re.compile("|".join(alternatives) or r"(?!)")


def of_length(code: int, length: int) -> list[str]:
    """The patterns of valid national numbers of ``length`` digits behind a country code."""
    return [pattern for pattern, sizes in _plans(code) if length in sizes]


@cache
def lengths(code: int) -> frozenset[int]:
    """How many digits national numbers behind a country code can have."""
    return frozenset(
        length
        for region in COUNTRY_CODE_TO_REGION_CODE[code]
        for length in _metadata(region, code).general_desc.possible_length
    )


def trunk_prefixes() -> list[tuple[int, str]]:
    """Country codes of :data:`REGIONS` with the trunk prefix that marks a phone number; none
    where it does not. Italy's 0 belongs to the number."""
    found = [(code, prefix) for _, code, prefix in _trunks() if prefix not in ("", "1")]
    return [*dict.fromkeys(found), (39, "")]


def country_code(digits: str) -> int | None:
    """The country code that international ``digits`` begin with; no code begins another."""
    for size in (1, 2, 3):
        code = int(digits[:size] or 0)
        if code in COUNTRY_CODE_TO_REGION_CODE and digits[0] != "0":
            return code
    return None


def is_international(digits: str) -> bool:
    """Whether digits after a ``+`` are a number that has been or can be given out."""
    code = country_code(digits)
    if code is None:
        return False
    national = digits[len(str(code)) :]
    return _valid(code, national) or (national[:1] == "0" and _valid(code, national[1:]))


def could_be_international(digits: str) -> bool:
    """Whether the length at least is right: new ranges are opened all the time."""
    code = country_code(digits)
    return code is not None and len(digits) - len(str(code)) in lengths(code)


def _valid(code: int, national: str) -> bool:
    return _pattern(code).fullmatch(national) is not None


@cache
def _trunks() -> tuple[tuple[str, int, str], ...]:
    rows = []
    for region in REGIONS:
        metadata = _metadata(region)
        rows.append((region, metadata.country_code, metadata.national_prefix or ""))
    return tuple(rows)


def national_regions(digits: str, *, trunk: bool) -> bool:
    """Whether ``digits`` are a national number of one of :data:`REGIONS`.

    ``trunk``: only as dialled with the leading 0 (or 06 in Hungary) that marks a phone number;
    Italy's 0 belongs to the number and counts too.
    """
    for region, code, prefix in _trunks():
        if trunk:
            if region == "IT" and digits[0] == "0" and _valid(code, digits):
                return True
            if prefix in ("", "1") or not digits.startswith(prefix):
                continue
            if _valid(code, digits[len(prefix) :]):
                return True
        elif digits[0] not in "0" and _valid(code, digits):
            return True
    return False

"""Whole columns of national numbers that no word names and no trunk 0 marks.

Eight digits alone are nothing. Nearly all cells of a column may yet be numbers of one country,
where chance would not make them so: Estonian ones begin with 5, Latvian with 2, and the same
digits read backwards do not. Row numbers that happen to lie in such a range give themselves away
by their first digits, which are all alike, and by their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Final

from phonenumbers import PhoneMetadata

from vitrail.detect.digits import digits_of
from vitrail.detect.recognizers.numbering import REGIONS

ENOUGH_CELLS: Final = 20
#: Shares of the cells: that are numbers of the country, at least; that are mobile numbers (a column
#: of fixed lines alone is rare, one of company numbers not), at least; that are numbers read
#: backwards, at most; whose first four digits differ from all others', at least.
_VALID, _MOBILE, _BACKWARDS, _HEADS = 0.95, 0.7, 0.75, 0.25
_WRITTEN: Final = re.compile(r"\(?\d{1,4}\)?(?:[ .\-]?\d){3,9}")


_DECIMAL: Final = re.compile(r"\d+\.\d+")


def are_phones(cells: Sequence[str]) -> bool:
    """Whether the cells of a column, in its order, are national numbers of one country."""
    if len(cells) < ENOUGH_CELLS:
        return False
    written = [cell for cell in cells if _WRITTEN.fullmatch(cell)]
    if len(written) < _VALID * len(cells) or all(map(_DECIMAL.fullmatch, written)):
        return False
    numbers = list(dict.fromkeys(map(digits_of, written)))
    if len(numbers) < ENOUGH_CELLS or not _are_scattered(numbers):
        return False
    return any(_are_of(numbers, *plan) for plan in _plans())


def _are_scattered(numbers: Sequence[str]) -> bool:
    heads = {number[:4] for number in numbers}
    rising = sum(one < other for one, other in pairwise(numbers))
    return len(heads) >= _HEADS * len(numbers) and 0.1 < rising / (len(numbers) - 1) < 0.9


def _are_of(numbers: Sequence[str], valid: re.Pattern[str], mobile: re.Pattern[str]) -> bool:
    def share(plan: re.Pattern[str], texts: Iterator[str]) -> float:
        return sum(plan.fullmatch(text) is not None for text in texts) / len(numbers)

    return (
        share(valid, iter(numbers)) >= _VALID
        and share(mobile, iter(numbers)) >= _MOBILE
        and share(valid, (number[::-1] for number in numbers)) <= _BACKWARDS
    )


@cache
def _plans() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Of each country that dials no trunk 0: its fixed and mobile numbers, and the mobile ones."""
    plans = []
    for region in REGIONS:
        metadata: Any = PhoneMetadata.metadata_for_region(region, None)
        if metadata.national_prefix in {None, "", "1"}:
            kinds = metadata.fixed_line, metadata.mobile
            fixed, mobile = (_of_length(kind, metadata.general_desc) for kind in kinds)
            plans.append((re.compile(f"{fixed}|{mobile}"), re.compile(mobile)))
    return tuple(plans)


def _of_length(kind: Any, general: Any) -> str:
    sizes = [n for n in kind.possible_length if n > 0]
    sizes = sizes or [n for n in general.possible_length if n > 0]
    size = "|".join(rf"\d{{{n}}}" for n in sizes)
    return rf"(?=(?:{size})\Z)(?:{kind.national_number_pattern})"

"""Codes that are written as phone numbers or American social security numbers are.

Of random digits written 123-456-7890 one number in three can be dialled, of those written
123-45-6789 nine in ten could be a social security number, and no check digit tells more. The other
cells of that shape do: real numbers follow their plan almost without exception.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from vitrail.detect.digits import digits_of
from vitrail.detect.recognizers import numbering
from vitrail.detect.recognizers.numbering import POSSIBLE
from vitrail.detect.recognizers.phone_columns import are_phones
from vitrail.detect.recognizers.phones import score_of

PHONE: Final = "PHONE_NUMBER"
_SOCIAL: Final = ("US_SSN", "US_ITIN")
Codes = frozenset[tuple[str, str]]
"""(entity type, shape): whole cells of that shape are codes, not values of that type."""

_NUMBER: Final = re.compile(r"[0-9][0-9 .\-/]{5,20}[0-9]")
_DIGIT: Final = re.compile("[0-9]")
_NANP: Final = re.compile(r"(?:9[-. ])?999[-. ]999[-. ]9999")
_SSN: Final = re.compile(
    r"(?!000|666|9)\d{3}[- ](?!00)\d\d[- ](?!0000)\d{4}"
    r"|9\d\d[- ](?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])[- ]\d{4}"
)
_SSN_SHAPES: Final = frozenset({"999-99-9999", "999 99 9999"})
_DIALLED: Final = re.compile(r"[+(]|\d ?(?:x|ext)")

_SAMPLE: Final = 500
#: The least number of cells of a shape; for a social security number, which chance makes so often.
_ENOUGH, _ENOUGH_SOCIAL = 20, 50
#: The share of them that chance explains: of any country's numbers, of North American ones, of
#: social security numbers; a column that writes so many of its cells as nobody writes a code is
#: one of phones.
_CHANCE, _CHANCE_NANP, _CHANCE_SOCIAL, _WRITTEN = 0.3, 0.6, 0.97, 0.05


def shape_of(text: str) -> str:
    """The cell with each digit a 9."""
    return _DIGIT.sub("9", text)


def codes_among(cells: Sequence[str]) -> Codes:
    """What shapes of a column's distinct cells are codes."""
    cells = cells[:: max(1, len(cells) // _SAMPLE)]
    by_shape: dict[str, list[str]] = defaultdict(list)
    for cell in cells:
        if _NUMBER.fullmatch(cell):
            by_shape[shape_of(cell)].append(cell)
    dialled = sum(_DIALLED.search(cell) is not None for cell in cells) > _WRITTEN * len(cells)
    found = frozenset(
        (entity, shape)
        for shape, alike in by_shape.items()
        for entity in _not_among(shape, alike, dialled=dialled)
    )
    if any(entity == PHONE for entity, _ in found) and are_phones(cells):
        return frozenset(code for code in found if code[0] != PHONE)
    return found


def mostly(cells: Sequence[str], entity: str, codes: Codes) -> bool:
    """Whether at least half of the cells are codes, no values of that entity type."""
    shapes = {shape for kind, shape in codes if kind == entity}
    return bool(shapes) and sum(shape_of(cell) in shapes for cell in cells) * 2 >= len(cells)


def _not_among(shape: str, alike: Sequence[str], *, dialled: bool) -> Iterator[str]:
    """Entity types that so few of the cells of a shape can be, that chance made those so."""
    if len(alike) >= _ENOUGH:
        nanp = _NANP.fullmatch(shape) is not None
        can_be = sum(map(_is_north_american if nanp else _is_written_as_phone, alike))
        if can_be < (_CHANCE_NANP if nanp else _CHANCE) * len(alike) and not (nanp and dialled):
            yield PHONE
    if shape in _SSN_SHAPES and len(alike) >= _ENOUGH_SOCIAL:
        can_be = sum(_SSN.fullmatch(cell) is not None for cell in alike)
        if can_be < _CHANCE_SOCIAL * len(alike):
            yield from _SOCIAL


def _is_north_american(cell: str) -> bool:
    digits = digits_of(cell)
    return numbering.is_international(digits if len(digits) == 11 else f"1{digits}")


def _is_written_as_phone(cell: str) -> bool:
    return score_of(cell) >= POSSIBLE

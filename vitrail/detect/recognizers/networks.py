"""Payment card networks: the numbers that each issues, and the groups they are embossed in.

ISO/IEC 7812 gives a number's first digits to its network; ranges and lengths are those that the
networks publish for acceptance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Network:
    """``first``: a regular expression of the first four digits. ``sizes``: counts of digits."""

    name: str
    first: str
    sizes: tuple[int, ...]


_LONG: Final = (16, 17, 18, 19)
NETWORKS: Final = (
    Network("Visa", r"4\d{3}", (13, 16, 19)),
    Network("Mastercard", r"5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720", (16,)),
    Network("American Express", r"3[47]\d\d", (15,)),
    Network("Diners Club", r"30[0-5]\d|3095|3[689]\d\d", (14, *_LONG)),
    Network("Discover", r"6011|64[4-9]\d|65\d\d", _LONG),
    Network("JCB", r"352[89]|35[3-8]\d", _LONG),
    Network("JCB of fifteen digits", r"2131|1800", (15,)),
    Network("UnionPay", r"62\d\d|81\d\d", _LONG),
    Network("Maestro", r"50\d\d|5[6-8]\d\d|6[37]\d\d", (13, 14, 15, *_LONG)),
    Network("Maestro of twelve digits", r"5018|5020|5038|5893|6304|6759|676[1-3]", (12,)),
    Network("Mir", r"220[0-4]", _LONG),
    Network("BORICA", r"2205", (16,)),
    Network("Napas", r"9704", (16, 19)),
    Network("RuPay", r"60\d\d|82\d\d|508\d|353\d|356\d", (16,)),
    Network("Verve", r"506[01]|507[89]|6500", (16, 18, 19)),
    Network("Troy", r"9792", (16,)),
    Network("Elo, Hipercard", r"4011|4312|4389|45[17]\d|5041|50[69]\d|6277|636[23]|6062", (16,)),
    Network("Uzcard, Humo", r"8600|9860", (16,)),
)

_GROUPS: Final = {
    12: ((4, 4, 4),),
    13: ((4, 3, 3, 3), (4, 4, 5)),
    14: ((4, 6, 4), (4, 4, 4, 2)),
    15: ((4, 6, 5), (4, 4, 4, 3)),
    16: ((4, 4, 4, 4), (8, 8), (4, 6, 6)),
    17: ((4, 4, 4, 4, 1), (4, 4, 4, 5)),
    18: ((4, 4, 4, 4, 2), (4, 4, 4, 6), (6, 12)),
    19: ((4, 4, 4, 4, 3), (4, 4, 4, 7), (4, 5, 5, 5), (6, 13), (8, 11)),
}
"""How numbers of a length are written apart, from the first digits on."""


_GAP: Final = r"(?:[ .\-]|[ ]{2}|[ ]-[ ])"
SIZES: Final = tuple(_GROUPS)
NOT_DIALLED: Final = r"(?<!\+)"
"""What follows a ``+`` is a phone number."""


def written(size: int) -> str:
    """A regular expression of all networks' numbers of ``size`` digits, in one run or in groups."""
    heads = "|".join(network.first for network in NETWORKS if size in network.sizes)
    tails = "|".join([rf"\d{{{size - 4}}}", *map(_grouped, _GROUPS[size])])
    return rf"{NOT_DIALLED}(?<![^\W_])(?<!\d[.\-])(?:{heads})(?:{tails})(?![^\W_]|[.\-]\d)"


def _grouped(sizes: tuple[int, ...]) -> str:
    first, *rest = sizes
    opening = rf"\d{{{first - 4}}}" if first > 4 else ""
    return opening + "".join(rf"{_GAP}\d{{{n}}}" for n in rest)


@cache
def beginnings(size: int) -> re.Pattern[str]:
    """What card numbers of ``size`` digits begin with. Of sixteen also 3500 to 3527, which test
    data gives to JCB and nobody else issues."""
    heads = [network.first for network in NETWORKS if size in network.sizes]
    heads += [r"35[0-2]\d"] * (size == 16)
    return re.compile("|".join(heads) or r"(?!)")


def is_issued(digits: str) -> bool:
    """Whether some network issues numbers of this length that begin so."""
    return beginnings(len(digits)).match(digits) is not None

"""How a column writes its days and times: which part comes first, and whether a zone is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_PARTS: Final = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{2}|\d{4})(?!\d)")
_CLOCK: Final = re.compile(r"\d{1,2}:\d\d")
_ZONE: Final = re.compile(
    r":\d\d([.,]\d+)?\s*(Z|z|UTC|GMT|[+-]\d\d(:?\d\d)?|[A-Z][a-z]+/[A-Za-z_]+)$"
)
_HALVES: Final = re.compile(r"[AaPp][Mm]$")
_SECONDS: Final = re.compile(r"\d:\d\d:\d\d")


class DayOrder(StrEnum):
    """``YEAR``: as ISO 8601 or by a count; ``EITHER``: no day after the 12th tells which."""

    YEAR = "year first"
    DAY = "day first"
    MONTH = "month first"
    EITHER = "day or month first"
    BOTH = "now day, now month first"


@dataclass(frozen=True, slots=True)
class TimeWriting:
    """``separator`` and ``short``: of days that do not begin with the year, what stands between
    the parts, and whether the year has two digits. ``zoneless``: a time of day without a zone.
    ``halves``: times of day are counted twice to twelve; ``seconds``: they go down to those."""

    order: DayOrder
    separator: str = "/"
    short: bool = False
    zoneless: bool = False
    clock: bool = False
    halves: bool = False
    seconds: bool = False

    def strptime(self, first: str) -> str:
        """The strptime format of days that begin with the day or the ``month``."""
        parts = ("%m", "%d") if first == "month" else ("%d", "%m")
        day = self.separator.join((*parts, "%y" if self.short else "%Y"))
        clock = "%I:%M:%S %p" if self.seconds else "%I:%M %p"
        return f"{day} {clock}" if self.halves else day


def writing_of(values: Sequence[str]) -> TimeWriting:
    """How these texts, most of them times, are written."""
    trimmed = [value.strip() for value in values]
    parts = [match for value in trimmed if (match := _PARTS.match(value))]
    clocks = [value for value in trimmed if _CLOCK.search(value)]
    return TimeWriting(
        order=_order([(int(m[1]), int(m[3])) for m in parts]),
        separator=parts[0][2] if parts else "/",
        short=bool(parts) and len(parts[0][4]) == 2,
        zoneless=any(not _ZONE.search(value) and not _is_weblog(value) for value in clocks),
        clock=bool(clocks),
        halves=any(_HALVES.search(value) for value in clocks),
        seconds=any(_SECONDS.search(value) for value in clocks),
    )


def _order(pairs: Sequence[tuple[int, int]]) -> DayOrder:
    if not pairs:
        return DayOrder.YEAR
    day, month = any(first > 12 for first, _ in pairs), any(second > 12 for _, second in pairs)
    if day and month:
        return DayOrder.BOTH
    return DayOrder.DAY if day else DayOrder.MONTH if month else DayOrder.EITHER


def _is_weblog(value: str) -> bool:
    return value[-5:-4] in "+-" and value[-4:].isdigit()

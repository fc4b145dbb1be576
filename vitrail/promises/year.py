"""A year of a promise, month by month: kept, broken then fixed, broken, gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from vitrail.model import Verdict

MONTHS = 12


class Lived(StrEnum):
    """What a span of time was for a promise. GAP: no check tested it."""

    KEPT = "kept"
    FIXED = "broken then fixed"
    BROKEN = "broken"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One check: when, and what it said of each control (id → title and verdict)."""

    at: datetime
    of: Mapping[str, tuple[str, Verdict]]


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months of one control, each by its first day, the last one last.

    ``state``: BROKEN where the last test failed, FIXED where an earlier one did, else KEPT; GAP
    where it was never tested.
    """

    control: str
    title: str
    months: tuple[tuple[date, Lived], ...]
    state: Lived


def years(checks: Iterable[Verdicts], until: date) -> tuple[Year, ...]:
    """How every control fared in the twelve months that end with the one of ``until`` (UTC)."""
    ordered = sorted(checks, key=lambda check: check.at)
    months = _months(until)
    titles = {name: title for check in ordered for name, (title, _) in check.of.items()}
    return tuple(_year(name, titles[name], ordered, months) for name in sorted(titles))


def _year(control: str, title: str, checks: list[Verdicts], months: list[date]) -> Year:
    told: dict[date, list[bool]] = {month: [] for month in months}
    for check in checks:
        verdict = check.of[control][1] if control in check.of else None
        month = check.at.date().replace(day=1)
        if month in told and verdict in _TELLING:
            told[month].append(verdict is Verdict.FAIL)
    lived = tuple((month, _lived(told[month])) for month in months)
    return Year(control, title, lived, _lived([one for month in months for one in told[month]]))


#: Verdicts that say whether the promise was kept; of a WARN nothing was shown to break it.
_TELLING = frozenset({Verdict.PASS, Verdict.WARN, Verdict.FAIL})


def _lived(broken: list[bool]) -> Lived:
    if not broken:
        return Lived.GAP
    if broken[-1]:
        return Lived.BROKEN
    return Lived.FIXED if any(broken) else Lived.KEPT


def _months(until: date) -> list[date]:
    found = [until.replace(day=1)]
    while len(found) < MONTHS:
        found.insert(0, (found[0] - timedelta(days=1)).replace(day=1))
    return found

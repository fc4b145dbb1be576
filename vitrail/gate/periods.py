"""Closed weeks and months, and spans of them. Weeks run from Monday to Sunday (ISO 8601)."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from vitrail.model import Span

_DAY: Final = timedelta(days=1)
_WEEK: Final = re.compile(r"(\d{4})-W(\d{2})")
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")

#: So many periods are kept: a large answer asks for the few it has again and again.
_KNOWN: Final = 4_096

#: Months of a year, a quarter and a month.
_CALENDAR: Final = (12, 3, 1)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def next_monday(day: date) -> date:
    """``day`` itself where it is a Monday, else the first one after it."""
    return monday(day + timedelta(days=6))


def month_start(day: date) -> date:
    return day.replace(day=1)


def quarter_start(day: date) -> date:
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def last_closed_week(through: date) -> date:
    """The last Sunday on or before ``through``."""
    return monday(through + _DAY) - _DAY


def last_closed_month(through: date) -> date:
    """The last end of a month on or before ``through``."""
    return month_start(through + _DAY) - _DAY


def last_closed(through: date) -> date:
    """The last day on which a week or a month ends, on or before ``through``."""
    return max(last_closed_week(through), last_closed_month(through))


def is_weeks(span: Span) -> bool:
    return span.first <= span.last and span.first.weekday() == 0 and span.last.weekday() == 6


def is_months(span: Span) -> bool:
    return (
        span.first <= span.last
        and span.first == month_start(span.first)
        and span.last == month_end(span.last)
    )


def is_calendar(span: Span) -> bool:
    """Whether a span is one week, month, quarter or year: what a whole may be told of."""
    if is_weeks(span) and span.last - span.first == 6 * _DAY:
        return True
    count = _months_in(span) if is_months(span) else 0
    return count in _CALENDAR and (span.first.month - 1) % count == 0


def calendar_within(span: Span, longest: int = 12) -> Span | None:
    """The longest year, quarter, month or week that a span holds whole, and the last of these.

    ``longest`` is in months. None where not even a week is in it.
    """
    for count in (n for n in _CALENDAR if n <= longest):
        end = month_start(span.last + _DAY)  # the day after the last whole month
        end = _months_back(end, (end.month - 1) % count)
        if (first := _months_back(end, count)) >= span.first:
            return Span(first, end - _DAY)
    last = last_closed_week(span.last)
    first = last - 6 * _DAY
    return Span(first, last) if first >= span.first else None


def week(text: str) -> Span | None:
    """``2026-01-05`` (a Monday) or ``2026-W02`` as a span; None where it is no week."""
    try:
        if match := _WEEK.fullmatch(text):
            first = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        else:
            first = date.fromisoformat(text)
        return Span(first, first + 6 * _DAY) if first.weekday() == 0 else None
    except (ValueError, OverflowError):
        return None


def month(text: str) -> Span | None:
    """``2026-01`` or its first day as a span; None where it is no month."""
    try:
        first = date.fromisoformat(f"{text}-01" if _MONTH.fullmatch(text) else text)
    except ValueError:
        return None
    return Span(first, month_end(first)) if first.day == 1 else None


@lru_cache(maxsize=_KNOWN)
def label(first: date, grain: str) -> str:
    """How a period is written: ``2026-01-05`` for a week, ``2026-01`` for a month."""
    return first.isoformat() if grain == "week" else f"{first:%Y-%m}"


@lru_cache(maxsize=_KNOWN)
def beginning(first: date, grain: str) -> Span:
    """The week or month that begins on a day."""
    return Span(first, first + 6 * _DAY if grain == "week" else month_end(first))


def periods(span: Span, grain: str) -> Iterator[Span]:
    """The weeks or months of a span that is made of them."""
    first = span.first
    while first <= span.last:
        period = beginning(first, grain)
        yield period
        first = period.last + _DAY


def previous(span: Span) -> Span:
    """The span of as many whole weeks or months that ends where this one begins."""
    if is_months(span):
        first = _months_back(span.first, _months_in(span))
        return Span(first, span.first - _DAY)
    return Span(span.first - (span.last - span.first + _DAY), span.first - _DAY)


def year_before(span: Span) -> Span:
    """The same months a year before, or the same weeks 52 weeks before."""
    if is_months(span):
        return Span(_months_back(span.first, 12), month_end(_months_back(span.last, 12)))
    return Span(span.first - timedelta(weeks=52), span.last - timedelta(weeks=52))


def _months_in(span: Span) -> int:
    after = span.last + _DAY
    return (after.year - span.first.year) * 12 + after.month - span.first.month


def _months_back(day: date, count: int) -> date:
    """The first day of the month that many months before."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def months(span: Span) -> int:
    """How many months' worth of one person's doings a span may hold, at least one."""
    return max(1, math.ceil(((span.last - span.first).days + 1) / 31))

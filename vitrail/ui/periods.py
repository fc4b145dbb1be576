"""Closed periods: what a page may choose, and what it compares with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from vitrail.errors import UsageError
from vitrail.gate import calendar_within, previous, year_before
from vitrail.model import Span
from vitrail.report.release_shape import begin
from vitrail.translation import MONTH, N_, SHORT_DAY, SHORT_MONTH, _, day, ngettext

Grain = Literal["week", "month"]
Comparison = Literal["previous period", "previous year", "nothing"]

#: How many periods back a page offers, by grain, the usual one first. The same lengths on every
#: page, so that what was chosen on one can be carried to another.
LENGTHS: Final[dict[Grain, tuple[int, ...]]] = {
    "week": (13, 26, 52, 104),
    "month": (3, 6, 12, 24),
}
#: With how many a page begins.
USUAL: Final[dict[Grain, int]] = {"week": 13, "month": 6}
GRAINS: Final[tuple[Grain, ...]] = ("week", "month")

#: Why the days of a tile are not always those of the window.
WHOLES: Final = N_("Wholes are told of one week, month, quarter or year.")
#: Beside the lengths: all there is, and days of one's own.
EVERYTHING: Final = N_("everything")
OWN: Final = N_("own dates")
COMPARISONS: Final[tuple[Comparison, ...]] = (
    N_("previous period"), N_("previous year"), N_("nothing"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Window:
    """The span looked at, and the one it is compared with, if the facts reach back that far."""

    span: Span
    before: Span | None

    @property
    def words(self) -> str:
        return between(self.span)


def between(span: Span) -> str:
    """``3 Aug 2026 – 1 Nov 2026``."""
    return f"{day(span.first)} – {day(span.last)}"


def period_words(label: str, grain: Grain) -> str:
    """``week of 17 Aug 2026`` or ``Aug 2026``."""
    first = begin(label)
    return day(first, MONTH) if grain == "month" else _("week of {day}", day=first)


def short_day(first: date, grain: Grain) -> str:
    """A period's begin on an axis: ``17 Aug`` or ``Aug``."""
    return day(first, SHORT_MONTH if grain == "month" else SHORT_DAY)


def length_words(length: str) -> str:
    """``13 weeks``, ``everything`` as the reader says it."""
    count, _space, grain = length.partition(" ")
    if grain == "weeks":
        return ngettext("{count} week", "{count} weeks", int(count))
    if grain == "months":
        return ngettext("{count} month", "{count} months", int(count))
    return _(length)


def per_period(counted: str, grain: str) -> str:
    """What an axis counts: ``users a week``."""
    if grain == "month":
        return _("{counted} a month", counted=counted)
    return _("{counted} a week", counted=counted)


def grain_words(grain: str) -> str:
    """``week``, ``month``."""
    return {"week": _("week"), "month": _("month")}.get(grain, grain)


def window(
    first: date, last: date, grain: Grain, length: int | None, comparison: Comparison
) -> Window | None:
    """The last ``length`` closed periods between two days; None where not one is closed."""
    end = _last_closed(last, grain)
    start = _next_open(first, grain)
    if length is not None:
        start = max(start, _back(end + timedelta(days=1), grain, length))
    if start > end:
        return None
    span = Span(start, end)
    return Window(span, _before(span, first, grain, comparison))


def own_window(
    asked: Span, first: date, last: date, grain: Grain, comparison: Comparison
) -> Window:
    """The whole closed periods that ``asked`` touches, between two days.

    Raises :class:`~vitrail.errors.UsageError` where none is closed yet, or all are before.
    """
    start, end = _next_open(first, grain), _last_closed(last, grain)
    span = Span(max(_begun(asked.first, grain), start), min(_ended(asked.last, grain), end))
    if span.first > end:
        raise UsageError(
            f"No {grain} of that time is closed yet.", f"The last closed one ends on {end}."
        )
    if span.last < start:
        raise UsageError("Nothing is known of that time.", f"The facts begin on {start}.")
    return Window(span, _before(span, first, grain, comparison))


def whole_of(looked_at: Window, first: date, comparison: Comparison) -> Window:
    """What wholes are told of: the longest year, quarter, month or week in a window.

    Row by row a window may be any run of periods; a whole is told of calendar spans alone.
    """
    span = calendar_within(looked_at.span) or looked_at.span
    if comparison == "nothing":
        return Window(span, None)
    before = previous(span) if comparison == "previous period" else year_before(span)
    return Window(span, before if before.first >= first else None)


def moved(span: Span, grain: Grain, first: date, last: date, forward: bool) -> Span | None:
    """The span of as many periods right after or before; None where it would leave the facts."""
    count = _count(span, grain) * (-1 if forward else 1)
    begin = _back(span.first, grain, count)
    end = _back(span.last + timedelta(days=1), grain, count) - timedelta(days=1)
    inside = begin >= _next_open(first, grain) and end <= _last_closed(last, grain)
    return Span(begin, end) if inside else None


def _before(span: Span, first: date, grain: Grain, comparison: Comparison) -> Span | None:
    if comparison == "nothing":
        return None
    if comparison == "previous period":
        count = _count(span, grain)
    else:
        count = 52 if grain == "week" else 12
    begin = _back(span.first, grain, count)
    end = _back(span.last + timedelta(days=1), grain, count) - timedelta(days=1)
    return Span(begin, end) if begin >= first and end < span.first else None


def _count(span: Span, grain: Grain) -> int:
    after = span.last + timedelta(days=1)
    if grain == "week":
        return (after - span.first).days // 7
    return (after.year - span.first.year) * 12 + after.month - span.first.month


def _back(day: date, grain: Grain, count: int) -> date:
    if grain == "week":
        return day - timedelta(weeks=count)
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _last_closed(last: date, grain: Grain) -> date:
    """The last day of the last period that ended on or before ``last``."""
    after = last + timedelta(days=1)
    if grain == "week":
        return last - timedelta(days=after.weekday())
    return after.replace(day=1) - timedelta(days=1)


def _next_open(first: date, grain: Grain) -> date:
    """The first day of the first period that begins on or after ``first``."""
    if grain == "week":
        return first + timedelta(days=-first.weekday() % 7)
    return first if first.day == 1 else _back(first.replace(day=1), grain, -1)


def snapped(span: Span, grain: Grain, last: date) -> Span:
    """The whole weeks or months that ``span`` touches, none of them open after ``last``."""
    begin, end = _begun(span.first, grain), _ended(span.last, grain)
    return Span(begin, max(min(end, _last_closed(last, grain)), _ended(begin, grain)))


def in_one_week(span: Span) -> bool:
    """Whether a span lies in one week, Monday to Sunday."""
    return span.last <= _ended(span.first, "week")


def _begun(day: date, grain: Grain) -> date:
    """The first day of the period that a day is in."""
    return day - timedelta(days=day.weekday()) if grain == "week" else day.replace(day=1)


def _ended(day: date, grain: Grain) -> date:
    """The last day of the period that a day is in."""
    return _back(_begun(day, grain), grain, -1) - timedelta(days=1)

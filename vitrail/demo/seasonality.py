"""When people of this company do things: growth, seasons, weekdays, hours, launches.

Weights are relative; whoever uses them normalises. Times are seconds since 1970, UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

Seconds = npt.NDArray[np.int64]

DAY: Final = 86_400

#: January to December: business software sleeps in August and at the year's end.
_MONTHS: Final = (1.06, 1.04, 1.07, 1.02, 0.98, 0.97, 0.83, 0.55, 1.06, 1.10, 1.12, 0.86)
#: Monday to Sunday.
_WEEKDAYS: Final = (1.12, 1.20, 1.17, 1.12, 0.95, 0.28, 0.22)
#: The company's local hours 0 to 23, office hours with a dip at noon.
_HOURS: Final = (
    0.2, 0.1, 0.1, 0.1, 0.2, 0.4, 1.0, 2.5, 5.5, 8.5, 9.0, 8.0,
    5.0, 6.5, 8.5, 8.8, 8.0, 6.2, 4.0, 2.8, 2.4, 2.0, 1.2, 0.6,
)  # fmt: skip


def seconds(day: date) -> int:
    """Midnight UTC of a day, in seconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def months(first: date, last: date) -> tuple[tuple[date, date], ...]:
    """The months from ``first`` to ``last`` as (first day, last day), clipped to both ends."""
    spans: list[tuple[date, date]] = []
    start = first
    while start <= last:
        following = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        spans.append((start, min(last, following - timedelta(days=1))))
        start = following
    return tuple(spans)


def months_before(day: date, count: int) -> date:
    """The same day ``count`` months earlier, or the last of a shorter month."""
    number = day.year * 12 + day.month - 1 - count
    first = date(number // 12, number % 12 + 1, 1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return min(last, first + timedelta(days=day.day - 1))


def day_weight(day: date) -> float:
    """How busy a day is: its month, its weekday, the holidays everyone keeps."""
    weight = _MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()]
    if (day.month, day.day) in {(1, 1), (5, 1), (12, 25), (12, 26)}:
        return weight * 0.15
    if (day.month == 12 and day.day >= 22) or (day.month == 1 and day.day <= 4):
        return weight * 0.45
    return weight


def day_weights(first: date, last: date) -> npt.NDArray[np.float64]:
    """:func:`day_weight` of each day from ``first`` to ``last``, both included."""
    days = (last - first).days + 1
    return np.array([day_weight(first + timedelta(days=i)) for i in range(days)])


def draw_days(
    rng: np.random.Generator, weights: npt.NDArray[np.float64], size: int
) -> npt.NDArray[np.int64]:
    """``size`` day numbers, drawn by weight."""
    edges = np.cumsum(weights)
    place = np.searchsorted(edges, rng.random(size) * edges[-1], side="right")
    return np.asarray(place, dtype=np.int64)


_HOUR_EDGES: Final = np.cumsum(_HOURS) / sum(_HOURS)


def draw_moments(
    rng: np.random.Generator, size: int, offset_hours: npt.NDArray[np.int64]
) -> Seconds:
    """Seconds within a UTC day, by office hours of people ``offset_hours`` east of Greenwich."""
    hour = np.searchsorted(_HOUR_EDGES, rng.random(size), side="right").astype(np.int64)
    return ((hour - offset_hours) % 24) * 3600 + rng.integers(0, 3600, size)


def iso(moments: Seconds, separator: str = " ", suffix: str = "") -> list[str | None]:
    """ISO text of moments, to the second; None for a negative one."""
    texts = np.datetime_as_string(moments.astype("datetime64[s]"), unit="s")
    return [
        None if moment < 0 else text.replace("T", separator) + suffix
        for moment, text in zip(moments.tolist(), texts.tolist(), strict=True)
    ]

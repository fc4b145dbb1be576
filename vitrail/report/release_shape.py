"""The shape of a release: what picture tells it best. No Streamlit here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Final

from vitrail.model import Measure, Release, ReleaseRow
from vitrail.report.plain import plain
from vitrail.translation import DAY, MONTH, N_, _, day

#: So many lines fit beside each other as small pictures; more are read better as a map.
_MOST_LINES: Final = 8

#: The label under which small rows are gathered.
OTHER: Final = N_("other")

#: Values that the facts make themselves, where others come from the exports.
_OURS: Final = frozenset(
    {
        OTHER,
        N_("account"),
        N_("EEA"),
        N_("outside the EEA"),
        N_("desktop"),
        N_("mobile"),
        N_("tablet"),
        N_("created"),
        N_("active"),
        N_("closed"),
        N_("searching"),
        N_("looking"),
        N_("doing"),
    }
)

_PERIODS: Final = ("week", "month")


def label_words(label: str) -> str:
    """A row's label for people: a value that the facts make is told, all else is data."""
    return _(label) if label in _OURS else plain(label)


def told_label(dimension: str, label: str) -> str:
    """A week by its first day and a month by its name, as the language writes them."""
    begun = begin_of(dimension, label)
    if begun is None:
        return label_words(label)
    return day(begun, MONTH if dimension == "month" else DAY)


def begin_of(dimension: str, label: str) -> date | None:
    """The day on which the week or month of a row begins; None of any other label."""
    if dimension not in _PERIODS:
        return None
    try:
        return begin(label)
    except ValueError:
        return None


def begin(label: str) -> date:
    """The first day of a period by its label: ``2026-08-17`` or ``2026-08``."""
    return date.fromisoformat(label if len(label) > 7 else f"{label}-01")


class Shape(StrEnum):
    """A picture for each kind of question."""

    NUMBER = "number"
    LINE = "line"
    BARS = "bars"
    LINES = "lines"
    MAP = "map"


def shape_of(release: Release) -> Shape:
    """None makes a number, time a line, one bars, time and a few of another lines, else a map."""
    dimensions = release.query.dimensions
    if not dimensions:
        return Shape.NUMBER
    timed = any(name in _PERIODS for name in dimensions)
    if len(dimensions) == 1:
        return Shape.LINE if timed else Shape.BARS
    if timed and len(dimensions) == 2 and len(parts_by_value(release)) <= _MOST_LINES:
        return Shape.LINES
    return Shape.MAP


def period_of(release: Release) -> str | None:
    """``week`` or ``month`` where the release goes by one."""
    return next((name for name in release.query.dimensions if name in _PERIODS), None)


def of_measure(release: Release, measure: Measure) -> Release:
    """The release with one of its measures alone."""
    index = release.query.measures.index(measure)
    rows = tuple(replace(row, cells=(row.cells[index],)) for row in release.rows)
    return replace(release, query=replace(release.query, measures=(measure,)), rows=rows)


def parts_by_value(release: Release) -> dict[str, Release]:
    """A release by time and one more dimension as one release by time for each of its values."""
    dimensions = release.query.dimensions
    time = next(i for i, name in enumerate(dimensions) if name in _PERIODS)
    query = replace(release.query, dimensions=(dimensions[time],))
    by_value: dict[str, list[ReleaseRow]] = {}
    for row in release.rows:
        alone = replace(row, labels=(row.labels[time],))
        by_value.setdefault(row.labels[1 - time], []).append(alone)
    return {
        value: replace(release, query=query, rows=tuple(rows)) for value, rows in by_value.items()
    }

"""A release as it is printed: the table that the page shows and a picture."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from vitrail.model import Cell, Release
from vitrail.report.numbers import drawn, published
from vitrail.report.question_sql import as_sql
from vitrail.report.release_html import release_html
from vitrail.report.release_pdf import release_pdf
from vitrail.report.release_picture import Bar, Picture
from vitrail.report.release_rows import rows_of
from vitrail.report.release_shape import Shape, of_measure, shape_of
from vitrail.report.release_view import Paper
from vitrail.translation import _

#: More bars than this are no picture any more.
_MOST_BARS: Final = 30


def release_paper(release: Release, title: str, titles: Mapping[str, str]) -> bytes:
    """The release as PDF under a title; its first measure is drawn where one picture tells it."""
    return release_pdf(release, _paper(release, title, titles))


def release_page(release: Release, title: str, titles: Mapping[str, str]) -> str:
    """The same as one HTML page that stands alone."""
    return release_html(release, _paper(release, title, titles))


def _paper(release: Release, title: str, titles: Mapping[str, str]) -> Paper:
    heads, rows = rows_of(release, titles)
    return Paper(title, heads, rows, as_sql(release.query), picture_of(release, titles))


def picture_of(release: Release, titles: Mapping[str, str]) -> Picture:
    """Bars for one dimension, a line for time; nothing for any other shape."""
    first = of_measure(release, release.query.measures[0])
    unit = dict(first.units).get(first.query.measures[0].label)
    cells = [(row.labels[0], row.cells[0]) for row in first.rows if row.labels]
    told = "; ".join(f"{label}: {published(cell, unit)}" for label, cell in cells)
    top = max((drawn(cell, unit)[2] for _, cell in cells if cell), default=0.0) or 1.0
    shape = shape_of(first)
    if shape is Shape.BARS and len(cells) <= _MOST_BARS:
        bars = [_bar(label, cell, unit, top) for label, cell in cells]
        return Picture(told, bars=tuple(sorted(bars, key=lambda bar: -bar.middle)))
    if shape is Shape.LINE:
        axis = titles.get(first.query.measures[0].label, first.query.measures[0].label)
        return _line(cells, unit, top, _("{axis}, from 0 to {top:,.0f}", axis=axis, top=top), told)
    return Picture("")


def _bar(label: str, cell: Cell | None, unit: str | None, top: float) -> Bar:
    low, middle, high = drawn(cell, unit) if cell else (0.0, 0.0, 0.0)
    return Bar(label, published(cell, unit), low / top, middle / top, high / top)


def _line(
    cells: list[tuple[str, Cell | None]], unit: str | None, top: float, axis: str, told: str
) -> Picture:
    """The line and its band, broken where a period is hidden."""
    cells = sorted(cells)
    width = max(len(cells) - 1, 1)
    ends = [(i / width, drawn(cell, unit)) if cell else None for i, (_, cell) in enumerate(cells)]
    pairs = [(a, b) for a, b in pairwise(ends) if a and b]
    return Picture(
        told,
        bands=tuple(
            ((x, 1 - a[0] / top), (x, 1 - a[2] / top), (z, 1 - b[2] / top), (z, 1 - b[0] / top))
            for (x, a), (z, b) in pairs
        ),
        steps=tuple((x, 1 - a[1] / top, z, 1 - b[1] / top) for (x, a), (z, b) in pairs),
        axis=axis,
        ends=(cells[0][0], cells[-1][0]) if cells else ("", ""),
    )

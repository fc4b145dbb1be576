"""A release as rows of words: what tables show and papers print. No Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from vitrail.gate import Compared
from vitrail.model import Cell, MeasureKind, Query, Release, ReleaseRow
from vitrail.report.numbers import published, wider
from vitrail.report.release_shape import told_label
from vitrail.translation import N_, _, number, retold

_PLAIN: Final = {"persons": N_("users"), "rows": N_("count")}
_BOTH_ERRORS: Final = N_("± privacy and chance")
_COUNTED: Final = N_("count ± privacy")
_SAME: Final = N_("≈ the same without")


def rows_of(release: Release, titles: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The heads, no two alike, and every row; ``titles`` name dimensions and measures."""
    heads = _heads(release.query, titles)
    return heads, _dropped_too(release, [_row(release, row) for row in release.rows], heads)


def changes_beside(
    heads: Sequence[str], rows: Sequence[Sequence[str]], beside: Compared
) -> tuple[list[str], list[list[str]]]:
    """The same with a column more for each measure: its change, or that none can be told."""
    labels = len(beside.now.query.dimensions)
    measures = range(len(beside.now.query.measures))
    names = [_("{head}: change", head=heads[labels + 2 * m]) for m in measures]
    told = [[retold(beside.words(row, m)) for m in measures] for row in range(len(rows))]
    return [*heads, *names], [[*row, *words] for row, words in zip(rows, told, strict=True)]


def _heads(query: Query, titles: Mapping[str, str]) -> list[str]:
    """The heads of the columns, no two alike."""
    heads = [titles.get(name) or _(name) for name in query.dimensions]
    for measure in query.measures:
        head = titles.get(measure.label) or _(_PLAIN.get(measure.label, measure.label))
        beside = _(_COUNTED if measure.kind is MeasureKind.OUTCOME else _BOTH_ERRORS)
        heads += [head, beside if len(query.measures) == 1 else f"{head}: {beside}"]
    return heads


def _row(release: Release, row: ReleaseRow) -> list[str]:
    units = dict(release.units)
    pairs = zip(release.query.measures, row.cells, strict=True)
    return [
        *map(told_label, release.query.dimensions, row.labels),
        *(text for m, c in pairs for text in _written(c, units.get(m.label))),
    ]


def _dropped_too(release: Release, written: list[list[str]], heads: list[str]) -> list[list[str]]:
    """One more column where a label makes so little difference that a row is the one without."""
    if not any(row.same_without for row in release.rows):
        return written
    called = dict(zip(release.query.dimensions, heads, strict=False))
    heads.append(_(_SAME))
    pairs = zip(written, release.rows, strict=True)
    return [[*cells, ", ".join(called[name] for name in row.same_without)] for cells, row in pairs]


def _written(cell: Cell | None, unit: str | None) -> tuple[str, str]:
    """The published number and its wider error; an outcome's rate and its count."""
    if cell is None:
        return published(None), ""
    if cell.is_outcome:
        return published(
            cell
        ), f"≈ {number(max(0.0, cell.value), ',.0f')} ± {number(cell.privacy, ',.0f')}"
    return published(cell, unit), wider(cell, unit)

"""Retention: of those who began together, how many are still there, from published numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vitrail.gate.comparison import Estimate, share
from vitrail.model import Cell, Release


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those who began in one period: how many, and the share still there after each period."""

    label: str
    size: Cell
    kept: tuple[Estimate | None, ...]


def retention(began: Release, active: Release) -> tuple[Cohort, ...]:
    """Cohorts from two releases by cohort and period: of persons, and of those active.

    ``began`` (``SELECT cohort, month, count(DISTINCT person) FROM accounts GROUP BY cohort,
    month``) and ``active`` (``SELECT cohort, month, outcome(used) …``) are by ``cohort`` and a
    period, whose labels are of the same kind as the cohorts' (months as ``2026-01``). A cohort's
    size is that of its own period, in which everyone of it joined. Cohorts whose size is hidden
    are left out; the rest have one share a period from their own on, None where hidden.
    """
    cells = _cells(active)
    labels = sorted({period for _, period in cells})
    sizes = {c: cell for (c, period), cell in _cells(began).items() if period == c}
    return tuple(
        Cohort(label, size, _kept(label, size, labels, cells))
        for label, size in sorted(sizes.items())
        if size is not None and label in labels
    )


def _cells(release: Release) -> dict[tuple[str, str], Cell | None]:
    """The first number of each row, by cohort and period."""
    cohort = release.query.dimensions.index("cohort")
    return {(row.labels[cohort], row.labels[1 - cohort]): row.cells[0] for row in release.rows}


def _kept(
    cohort: str, size: Cell, periods: list[str], cells: Mapping[tuple[str, str], Cell | None]
) -> tuple[Estimate | None, ...]:
    return tuple(share(cells.get((cohort, p)), size) for p in periods if p >= cohort)

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
    """Cohorts from two releases of persons: by cohort, and by cohort and period of activity.

    ``began`` (``SELECT cohort, count(DISTINCT person) FROM accounts GROUP BY cohort``) has the
    one dimension ``cohort``; ``active`` (``SELECT cohort, month, outcome(used) …``) has it and a
    period, whose labels are of the same kind as the cohorts' (months as ``2026-01``). Cohorts
    whose size is hidden are left out; the rest have one share a period from their own on, None
    where hidden.
    """
    periods = [d for d in active.query.dimensions if d != "cohort"]
    at = [active.query.dimensions.index(d) for d in ("cohort", *periods)]
    cells = {tuple(row.labels[i] for i in at): row.cells[0] for row in active.rows}
    labels = sorted({period for _, period in cells})
    sizes = {row.labels[0]: row.cells[0] for row in began.rows}
    return tuple(
        Cohort(label, size, _kept(label, size, labels, cells))
        for label, size in sorted(sizes.items())
        if size is not None and label in labels
    )


def _kept(
    cohort: str, size: Cell, periods: list[str], cells: Mapping[tuple[str, ...], Cell | None]
) -> tuple[Estimate | None, ...]:
    return tuple(share(cells.get((cohort, p)), size) for p in periods if p >= cohort)

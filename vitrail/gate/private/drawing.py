"""Drawing a private release: bounded totals from the engine, noise from OpenDP, nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import duckdb

from vitrail.errors import VitrailError
from vitrail.gate import periods
from vitrail.gate.compiler import column_of
from vitrail.gate.noise import Z95
from vitrail.gate.private import wording
from vitrail.gate.private.accounting import millionths
from vitrail.gate.private.bounding import PERSONS, bounded_statement
from vitrail.gate.private.domain import Place
from vitrail.gate.private.mechanism import noisy
from vitrail.gate.private.plan import Plan
from vitrail.gate.store import EpochReader
from vitrail.model import Bound, Cell, Measure, MeasureKind, Release, ReleaseRow

#: A chance share reckoned from fewer persons than this is none.
_FEWEST: Final = 1.0

Drawn = Mapping[str, tuple[int, Bound]]


def draw(plan: Plan, reader: EpochReader) -> Release:
    """The release, with noise that nobody draws again. Show it only once its ρ is spent."""
    numbers = _noisy(plan, _totals(plan, reader))
    rows = tuple(
        ReleaseRow(
            _labels(plan, place),
            tuple(_cell(plan, measure, numbers, i) for measure in plan.question.measures),
        )
        for i, place in enumerate(plan.places)
    )
    return Release(
        id=plan.id,
        epoch=plan.epoch,
        query=plan.query,
        rows=rows,
        suppressed=0,
        notes=wording.notes(plan),
        units=tuple((bound.measure, bound.unit) for bound in plan.guarantee.bounds if bound.unit),
        touched=wording.touched(plan.guarantee),
        span=plan.question.span,
        private=plan.guarantee,
    )


def _totals(plan: Plan, reader: EpochReader) -> dict[Place, tuple[int, ...]]:
    bounds = plan.guarantee.bounds
    clips = {column: bound.clip for column, bound in zip(plan.columns, bounds, strict=True)}
    cells = plan.guarantee.cells_per_person
    statement = bounded_statement(plan.question, plan.columns, clips, cells)
    try:
        rows = reader.fetch(statement.sql, statement.params)
    except duckdb.Error:
        raise VitrailError(
            f"The facts of epoch {plan.epoch} could not be read; nothing was spent.",
            "Ask again; if it stays so, run `vitrail import` to build a new epoch.",
        ) from None
    return statement.totals(plan.question, rows)


def _noisy(plan: Plan, totals: Mapping[Place, tuple[int, ...]]) -> dict[str, list[int]]:
    """Each column's numbers at :attr:`Plan.places`, empty cells as noisy as the others."""
    nobody = (0,) * len(plan.columns)
    drawn = {}
    for index, (column, bound) in enumerate(zip(plan.columns, plan.guarantee.bounds, strict=True)):
        drawn[column] = noisy(
            [totals.get(place, nobody)[index] for place in plan.places],
            cells=plan.guarantee.cells_per_person,
            clip=bound.clip,
            rho=millionths(bound.rho),
            scale=bound.sigma,
        )
    return drawn


def _labels(plan: Plan, place: Place) -> tuple[str, ...]:
    start, values = place
    named = dict(zip(plan.question.plain, values, strict=True))
    grain = plan.question.grain
    if start is not None and grain is not None:
        named[grain] = periods.label(start, grain)
    return tuple(named[d] for d in plan.question.dimensions)


def _cell(plan: Plan, measure: Measure, numbers: Mapping[str, list[int]], index: int) -> Cell:
    """One number with its two intervals; chance is reckoned from published numbers alone."""
    column = column_of(measure) or PERSONS
    bound = plan.guarantee.bounds[plan.columns.index(column)]
    value = numbers[column][index]
    base = numbers[PERSONS][index] if measure.kind is MeasureKind.OUTCOME else None
    chance = _chance(value, bound, base, plan)
    total = math.hypot(bound.sigma, math.sqrt(chance))
    return Cell(
        value=float(value),
        privacy=_up(Z95 * bound.sigma),
        total=_up(Z95 * total),
        base=None if base is None else float(base),
    )


def _chance(value: int, bound: Bound, base: int | None, plan: Plan) -> float:
    """The variance that another sample of such people would show.

    A count varies as a Poisson number. A sum of contributions up to the clip c varies by c times
    itself at most. An outcome of n persons by n p (1 − p) with p = (x + 2) / (n + 4) (Agresti and
    Coull 1998), to which the noise of n adds p² σ².
    """
    if base is None:
        return bound.clip * max(float(value), _FEWEST)
    persons = max(float(base), _FEWEST)
    rate = min(1.0, (max(value, 0) + 2) / (persons + 4))
    noise = plan.guarantee.bounds[plan.columns.index(PERSONS)].sigma
    return persons * rate * (1 - rate) + (rate * noise) ** 2


def _up(width: float) -> float:
    """Rounded up, so that the interval still covers its 95 %."""
    return math.ceil(width * 10) / 10 if width < 100 else float(math.ceil(width))

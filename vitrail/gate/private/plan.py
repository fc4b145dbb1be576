"""What a private release would be, before a single number of it is looked at.

A plan is made of what is public alone (the question, the closed domains, the declared bounds, ρ),
so that looking at it, changing it and looking again costs nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from vitrail.errors import Refused, UsageError
from vitrail.gate.compiler import column_of
from vitrail.gate.grammar import question_from
from vitrail.gate.noise import Z95
from vitrail.gate.private.accounting import MILLION, best_guess, epsilon, millionths, shares
from vitrail.gate.private.bounding import PERSONS
from vitrail.gate.private.domain import Place, places, usual_cells
from vitrail.gate.private.mechanism import scale_for
from vitrail.gate.question import Question
from vitrail.gate.store import EpochReader
from vitrail.model import Bound, Guarantee, Measure, MeasureKind, Query

#: Whose budget a release spends: one for the whole workspace, since each of its facts is about
#: the same persons.
POPULATION: Final = "persons"


@dataclass(frozen=True, slots=True)
class Terms:
    """What whoever publishes chooses. None of it may be chosen by looking at the exact data.

    ``cells``: how many cells of the table one person counts in at most; by default what
    :func:`~vitrail.gate.private.domain.usual_cells` says. ``clips``:
    by column (``rows``, ``amount``) a lower bound than the fact declares on what one person
    brings to one cell. ``delta`` is what ε is told at.
    """

    rho: float
    cells: int | None = None
    clips: Mapping[str, int] = field(default_factory=dict)
    delta: float = 1e-6


@dataclass(frozen=True, slots=True)
class Plan:
    """A question with its bounds and noise fixed. ``columns`` go with the guarantee's bounds."""

    epoch: str
    question: Question
    places: tuple[Place, ...]
    columns: tuple[str, ...]
    guarantee: Guarantee

    @property
    def query(self) -> Query:
        """The question in its one form, whatever the wording was."""
        asked = self.question
        return Query(
            fact=asked.fact.name,
            dimensions=asked.dimensions,
            measures=asked.measures,
            filters=asked.conditions,
            span=asked.span,
            epoch=self.epoch,
        )

    @property
    def rho(self) -> int:
        """ρ in millionths."""
        return millionths(self.guarantee.rho)

    @property
    def digest(self) -> str:
        """The same for the same question under the same bounds, whatever its ρ."""
        asked = self.question
        text = json.dumps(
            [
                self.epoch,
                asked.fact.name,
                asked.dimensions,
                [measure.label for measure in asked.measures],
                asked.conditions,
                [str(asked.span.first), str(asked.span.last)],
                self.guarantee.cells_per_person,
                [bound.clip for bound in self.guarantee.bounds],
            ]
        )
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def id(self) -> str:
        """The release's name: ``private-<epoch>-<digest>-<ρ in millionths>``."""
        return f"private-{self.epoch}-{self.digest[:12]}-{self.rho}"


def plan(query: Query, reader: EpochReader, terms: Terms) -> Plan:
    """The plan of a question; :class:`~vitrail.errors.Refused` where it cannot be published."""
    question = question_from(query, reader.facts, any_span=True)
    rho = millionths(terms.rho)
    if not 0 < terms.delta < 1:
        raise UsageError("δ lies between 0 and 1.", "Usual is 0.000001.")
    everywhere = tuple(places(question))
    cells = min(_cells(question, terms), len(everywhere))
    columns = _columns(question)
    split = shares(rho, len(columns))
    guarantee = Guarantee(
        about=question.fact.definition.title,
        population=POPULATION,
        rho=rho / MILLION,
        delta=terms.delta,
        epsilon=epsilon(rho / MILLION, terms.delta),
        guess=best_guess(rho / MILLION),
        cells=len(everywhere),
        cells_per_person=cells,
        bounds=tuple(
            _bound(question, label, _clip(question, column, terms), cells, part)
            for (column, label), part in zip(columns.items(), split, strict=True)
        ),
    )
    unknown = set(terms.clips) - set(columns)
    if unknown or PERSONS in terms.clips:
        raise UsageError(
            "A clip is set for a column that this question does not sum.",
            "It can be set for rows and for the sums that are asked for: --clip amount=20000.",
        )
    return Plan(reader.epoch, question, everywhere, tuple(columns), guarantee)


def _columns(question: Question) -> dict[str, str]:
    """The columns to draw with their labels. An outcome is told with the persons it is of."""
    columns: dict[str, str] = {}
    kinds = {measure.kind for measure in question.measures}
    if MeasureKind.AVG in kinds:
        raise Refused(
            "An average is not published with a guarantee of its own.",
            "Ask for the sum and for persons: the average is their quotient, with both errors.",
        )
    if kinds & {MeasureKind.PERSONS, MeasureKind.OUTCOME}:
        columns[PERSONS] = Measure(MeasureKind.PERSONS).label
    for measure in question.measures:
        column = column_of(measure)
        if column is not None:
            columns[column] = measure.label
    return columns


def _cells(question: Question, terms: Terms) -> int:
    if terms.cells is None:
        return usual_cells(question)
    if terms.cells < 1:
        raise UsageError("One person counts in at least one cell.", "Give --cells 1 or more.")
    return terms.cells


def _clip(question: Question, column: str, terms: Terms) -> int:
    """What one person brings to a cell at most: as declared, never as the data would have it."""
    declared = question.fact.definition.measures.get(column)
    if column == PERSONS or (declared is not None and declared.kind == "outcome"):
        return 1
    by_month = declared.high if declared else question.fact.definition.rows_per_person
    outer = by_month * question.months
    chosen = terms.clips.get(column, outer)
    if not 1 <= chosen <= outer:
        raise UsageError(
            f"The clip of {column} is a whole number from 1 to {outer:,}.",
            "The fact declares the most; less makes less noise and cuts more off.",
        )
    return chosen


def _bound(question: Question, label: str, clip: int, cells: int, rho: int) -> Bound:
    scale = scale_for(cells, clip, rho)
    declared = question.fact.definition.measures.get(label.partition("(")[2].rstrip(")"))
    unit = declared.unit if declared else ""
    return Bound(label, clip, rho / MILLION, scale, round(Z95 * scale, 1), unit)

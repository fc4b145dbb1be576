"""Persons by how much they bring: what a cell's sums need, counted in one pass over its persons.

A sum is wanted with each person's share cut to each of :func:`rungs`. Persons who lie between the
same two rungs are cut alike, so how many they are and what they bring together says all of it:
the persons are grouped by cell and step, and the few steps of a cell are added up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vitrail.gate.naming import IN_SAMPLE, quoted
from vitrail.gate.question import Question

#: Parts of the bound to which a cell may cut what one person brings, where most bring less. None
#: is lower: noise for a contribution so small would not cover what one large one loses.
_PARTS: Final = (0.06, 0.15, 0.4, 1)

# A dot keeps these apart from every declared name.
_COUNT, _KEY, _SAMPLED = '".persons"', '".key"', '".sampled"'


def is_outcome(question: Question, column: str) -> bool:
    declared = question.fact.definition.measures.get(column)
    return declared is not None and declared.kind == "outcome"


def bound(question: Question, column: str) -> int:
    """The most that one person brings to one cell of the question."""
    fact = question.fact.definition
    outer = fact.rows_per_person if column == "rows" else fact.measures[column].high
    return min(outer, question.fact.bounds.get(column, outer)) * question.months


def rungs(question: Question, column: str) -> tuple[int, ...]:
    """What a person's share may be cut to in a cell, from little to the bound itself."""
    most = bound(question, column)
    return tuple(sorted({math.ceil(most * part) for part in _PARTS}))


@dataclass(frozen=True, slots=True)
class Steps:
    """The two upper levels of a question's SQL: persons to steps, and steps to cells."""

    question: Question
    columns: tuple[str, ...]

    def of(self, group: Sequence[str], persons: str) -> str:
        """``persons`` (SQL, a row for each person in each cell) as a row for each step."""
        selected = [
            *group, *(f"{self._step(c)} AS {_step(c)}" for c in self.columns),
            f"count(*) AS {_COUNT}", f"bit_xor(person) AS {_KEY}",
            *(f"sum({quoted(c)}) AS {quoted(c)}" for c in self._summed),
        ]  # fmt: skip
        if self.question.fact.sampled:
            selected.append(f"count(*) FILTER ({IN_SAMPLE}) AS {_SAMPLED}")
        keys = [*group, *map(_step, self.columns)]
        grouped = f" GROUP BY {', '.join(keys)}" if keys else ""
        return f"SELECT {', '.join(selected)} FROM ({persons}){grouped}"

    def by_cell(self) -> list[str]:
        """What to select of a cell's steps, in the order in which a cell is read."""
        selected = [_total(_COUNT), f"bit_xor({_KEY})"]
        for column in self.columns:
            selected += self._parts(column)
        if self.question.fact.sampled:
            selected.append(_total(_SAMPLED))
        return selected

    @property
    def _summed(self) -> list[str]:
        return [c for c in self.columns if not is_outcome(self.question, c)]

    def _step(self, column: str) -> str:
        """How many rungs a person goes beyond, and one more who brings anything at all."""
        name = quoted(column)
        if is_outcome(self.question, column):
            return name
        steps = enumerate((0, *rungs(self.question, column)))
        cases = " ".join(f"WHEN {name} <= {rung:d} THEN {step}" for step, rung in steps)
        return f"CAST(CASE {cases} ELSE {len(rungs(self.question, column)) + 1} END AS UTINYINT)"

    def _parts(self, column: str) -> list[str]:
        step = _step(column)
        if is_outcome(self.question, column):
            happened = f"FILTER ({step} = 1)"
            return [f"{_total(_COUNT, happened)}", f"bit_xor({_KEY}) {happened}"]
        parts = []
        for beyond, rung in enumerate(rungs(self.question, column), start=1):
            above = _total(_COUNT, f"FILTER ({step} > {beyond})")
            below = _total(quoted(column), f"FILTER ({step} <= {beyond})")
            parts += [f"{below} + {rung:d} * {above}", above]
        return [*parts, _total(_COUNT, f"FILTER ({step} > 0)")]


def _step(column: str) -> str:
    return quoted(f".{column}")


def _total(column: str, condition: str = "") -> str:
    return f"coalesce(CAST(sum({column}) {condition} AS BIGINT), 0)"

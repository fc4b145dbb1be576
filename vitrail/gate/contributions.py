"""What persons bring to a cell, added up with each person's share cut to each of a few rungs.

One pass over a row for each person in each cell: every sum and count that a cell needs is an
aggregate of it.
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
_PARTS: Final = (0.15, 0.4, 1)


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
class Contributions:
    """The upper level of a question's SQL: from persons to cells."""

    question: Question
    columns: tuple[str, ...]

    def by_cell(self) -> list[str]:
        """What to select of a cell's persons, in the order in which a cell is read."""
        selected = ["count(*)", "bit_xor(person)"]
        for column in self.columns:
            selected += self._parts(column)
        if self.question.fact.sampled:
            selected.append(f"count(*) FILTER ({IN_SAMPLE})")
        return selected

    def _parts(self, column: str) -> Sequence[str]:
        name = quoted(column)
        if is_outcome(self.question, column):
            happened = f"FILTER ({name} = 1)"
            return [f"count(*) {happened}", f"bit_xor(person) {happened}"]
        *lower, most = rungs(self.question, column)
        counted = [f"count(*) FILTER ({name} > {rung:d})" for rung in (0, *lower)]
        return [*(_cut(name, rung) for rung in (*lower, most)), *counted]


def _cut(column: str, rung: int) -> str:
    return f"coalesce(CAST(sum(least({column}, {rung:d})) AS BIGINT), 0)"

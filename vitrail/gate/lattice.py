"""How many persons are in the cells around a cell: without one of its labels, and beside it.

The checks that need this look for a few persons, so most are settled by the rows of one person in
16: what is already enough there is enough. The rest is counted exactly, where it matters only.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from vitrail.gate.compiler import Place, RawCell, Statement, cells_statement, sample_statement
from vitrail.gate.memory import CountMemory
from vitrail.gate.question import Question

Cells = dict[Place, RawCell]
Fetch = Callable[[Question, Statement], list[RawCell]]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Counts of persons in the cells around a question's own."""

    fetch: Fetch
    memory: CountMemory

    def sampled(self, question: Question) -> dict[Place, int]:
        """Persons in the sample by place, a lower bound of all; empty where there is none."""
        if not question.fact.sampled:
            return {}
        asked = question.counting

        def count() -> dict[Place, int]:
            cells = self.fetch(asked, sample_statement(asked))
            return {cell.place: cell.persons for cell in cells}

        return self.memory.of(("sample", *_key(asked)), count)

    def exact(self, question: Question, places: Iterable[Place]) -> Cells:
        """The cells at these places, persons alone."""
        only = tuple(sorted(set(places), key=repr))
        if not only:
            return {}
        asked = question.counting

        def count() -> Cells:
            cells = self.fetch(asked, cells_statement(asked, only))
            return {cell.place: cell for cell in cells}

        return self.memory.of(("exact", only, *_key(asked)), count)


def _key(question: Question) -> tuple[Hashable, ...]:
    return (question.fact.name, question.dimensions, question.conditions, question.span)


def moved(place: Place, one: Question, other: Question, axis: str = "", value: str = "") -> Place:
    """The place in ``other`` with the labels of a place in ``one``, but ``value`` of ``axis``."""
    named = dict(one.labels_of(place[1])) | {axis: value}
    return place[0], tuple(named[d] for d in other.plain)

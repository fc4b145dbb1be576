"""What becomes of each cell: shown, answered by a cell with a label less, or withheld."""

from __future__ import annotations

from dataclasses import dataclass

from vitrail.gate.compiler import Place, RawCell, who_is_in
from vitrail.gate.complements import complements
from vitrail.gate.effects import without_effect
from vitrail.gate.lattice import Cells, Lattice
from vitrail.gate.meaning import Meaning, meaning
from vitrail.gate.noise import NoiseSource
from vitrail.gate.question import Question
from vitrail.gate.suppression import enough


@dataclass(frozen=True, slots=True)
class Judgement:
    """The places of a question's cells by what becomes of them.

    ``dropped``: by the dimension whose label has too small an effect; such a cell is answered
    without it. ``small``: too few persons, or withheld so that a sibling cannot be told.
    """

    shown: frozenset[Place]
    dropped: dict[str, frozenset[Place]]
    small: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the cells of one question about one epoch; ``lattice`` counts around them."""

    question: Question
    noise: NoiseSource
    lattice: Lattice

    def judge(self, cells: Cells) -> Judgement:
        """Enough persons first, then labels without effect, then complements.

        Only a cell with enough persons may be answered by a wider one: else a cell of nine and
        one of ten would not look alike beside a wider cell of twenty. What holds the unnamed values
        alone is told with the small cells or in their place.
        """
        passed = frozenset(
            p for p, raw in cells.items() if not raw.is_unnamed and self.passes(self.question, raw)
        )
        left, dropped = passed, {}
        for axis in self.question.axes:
            without = without_effect(self, axis, {p: cells[p] for p in left})
            if without:
                dropped[axis] = without
                left -= without
        withheld = complements(self, cells, passed, left)
        return Judgement(left - withheld, dropped, frozenset(cells.keys() - passed | withheld))

    def about(self, question: Question, place: Place) -> Meaning:
        """What the cell at a place of a question is about."""
        labels = question.labels_of(place[1])
        return meaning(question.fact, labels, question.span_of(place[0]))

    def matters(self, axis: str, place: Place) -> bool:
        """Whether the label of ``axis`` says what no other label implies."""
        return any(name == axis for name, _ in self.about(self.question, place).labels)

    def passes(self, question: Question, raw: RawCell) -> bool:
        """Whether enough persons are in the cell."""
        floor = question.fact.definition.threshold
        if raw.persons < floor:
            return False
        asked = self.about(question, raw.place).seed
        return enough(raw.persons, floor, self.noise, who_is_in(question, raw), asked)

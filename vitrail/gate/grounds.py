"""What every judgement about a question's cells rests on."""

from __future__ import annotations

from dataclasses import dataclass, field

from vitrail.gate.compiler import Place, RawCell, who_is_in
from vitrail.gate.lattice import Lattice
from vitrail.gate.meaning import Meaning, meaning
from vitrail.gate.noise import NoiseSource
from vitrail.gate.question import Question
from vitrail.gate.suppression import enough


@dataclass(frozen=True, slots=True)
class Grounds:
    """One question about one epoch, the noise of its draws, and counts around its cells."""

    question: Question
    noise: NoiseSource
    lattice: Lattice
    _meanings: dict[Place, Meaning] = field(default_factory=dict, compare=False)

    def of(self, question: Question) -> Grounds:
        """The same for a question beside this one."""
        return Grounds(question, self.noise, self.lattice)

    def about(self, place: Place) -> Meaning:
        """What the cell at a place is about."""
        if place not in self._meanings:
            labels, span = self.question.labels_of(place[1]), self.question.span_of(place[0])
            self._meanings[place] = meaning(self.question.fact, labels, span)
        return self._meanings[place]

    def matters(self, axis: str, place: Place) -> bool:
        """Whether the label of ``axis`` says what no other label implies."""
        return any(name == axis for name, _ in self.about(place).labels)

    def passes(self, raw: RawCell) -> bool:
        """Whether enough persons are in the cell."""
        floor, about = self.question.fact.definition.threshold, self.about(raw.place)
        if raw.persons < floor:
            return False
        who, labels = who_is_in(self.question, raw), len(about.labels)
        return enough(raw.persons, floor, self.noise, who, about.seed, labels)

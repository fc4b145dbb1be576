"""The cells of a question as they may be answered, each by the widest cell that says the same."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vitrail.gate.compiler import Place, RawCell, cells_statement
from vitrail.gate.grounds import Grounds
from vitrail.gate.judging import judge
from vitrail.gate.lattice import moved
from vitrail.gate.meaning import Meaning
from vitrail.gate.question import Question


@dataclass(frozen=True, slots=True)
class Found:
    """A cell that may be answered: of which question, about what, and its raw numbers.

    ``dropped`` names the dimensions whose label made too little difference to be told.
    """

    question: Question
    raw: RawCell
    about: Meaning
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """What may be answered, by place, and the raw cells that may not."""

    found: dict[Place, Found]
    small: list[RawCell]


def resolve(grounds: Grounds) -> Resolved:
    """Judge the cells of a question and find what answers each."""
    question = grounds.question
    cells = {c.place: c for c in grounds.lattice.fetch(question, cells_statement(question))}
    judgement = judge(grounds, cells)
    found = {p: Found(question, cells[p], grounds.about(p)) for p in judgement.shown}
    for axis, places in judgement.dropped.items():
        wider = question.without(axis)
        answers = resolve(grounds.of(wider)).found
        for place in places:
            answer = answers.get(moved(place, question, wider))
            if answer is not None:
                found[place] = replace(answer, dropped=(axis, *answer.dropped))
    return Resolved(found, [raw for place, raw in cells.items() if place not in found])

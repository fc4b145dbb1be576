"""What a release says about itself in words: notes for the reader, and why for the doubter."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from vitrail.gate import periods
from vitrail.gate.facts import PERIODS
from vitrail.gate.noise import FLOORS
from vitrail.gate.publishing import COUNT_STEP
from vitrail.gate.question import Question, coarser, crosses_persons
from vitrail.gate.suppression import middle
from vitrail.model import MeasureKind


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer may say of how it was made.

    ``dropped``: dimensions whose label was left out somewhere for want of effect.
    """

    question: Question
    suppressed: int
    gathered: bool
    dropped: tuple[str, ...]


def units(question: Question) -> tuple[tuple[str, str], ...]:
    """The unit of each measure that has one, by its label."""
    declared = question.fact.definition.measures
    return tuple(
        (m.label, declared[m.name].unit)
        for m in question.measures
        if m.name is not None and declared[m.name].unit
    )


def notes(told: Told) -> tuple[str, ...]:
    """Sentences that belong under the table."""
    question, span = told.question, told.question.span
    said = [f"Closed days from {span.first} to {span.last}."]
    if question.fact.note:
        said.append(
            f"Counted anew, because {question.fact.note}; an epoch before has other numbers."
        )
    if told.suppressed:
        said.append(
            f"{told.suppressed:,} of {question.cells:,} possible rows are hidden for privacy: too "
            "few persons, none, or withheld to protect a row beside them."
        )
        if up := coarser(question):
            steps = ", ".join(f"{parent} instead of {name}" for name, parent in up)
            said.append(f"Coarser shows more: {steps}.")
    said += [
        f"≈ the same as without {name}, in rows where it changes next to nothing."
        for name in told.dropped
    ]
    if told.gathered:
        said.append("`other` holds persons whose own rows are too small to show.")
    if crosses_persons(question) and len(question.periods) + len(question.plain) > 1:
        said.append("A person can be in several rows: persons must not be added up.")
    if question.dimensions:
        said.append("Each number has noise of its own, so parts may not add up to a whole.")
    for measure in question.measures:
        declared = question.fact.definition.measures.get(measure.name or "")
        if declared is not None and declared.note:
            said.append(f"{measure.label}: {declared.note}")
        if declared is not None and declared.closes_after:
            said.append(
                f"{measure.label} closes {_days(declared.closes_after)} after, so what came later "
                "than that is not in it yet."
            )
    return tuple(said)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def touched(told: Told) -> tuple[str, ...]:
    """Which protections took part, in words."""
    question = told.question
    floor = question.fact.definition.threshold
    said = [
        f"Threshold: a row shows from about {middle(floor):.0f} persons on, one of three labels "
        f"from {middle(floor, 3):.0f}, none under {floor}; {told.suppressed:,} possible rows do "
        "not show.",
        "Complement: where one of a few siblings is hidden, another is too, so that the whole "
        "less the rest does not tell it.",
    ]
    if told.dropped:
        said.append(
            f"Low effect: {', '.join(told.dropped)} kept so few persons out of some rows that it "
            "was left out of them."
        )
    if told.gathered:
        said.append("Small rows were gathered in `other`, which passed the same threshold.")
    kinds = {measure.kind for measure in question.measures}
    said.append(
        f"Noise: two layers, together σ = {FLOORS[0]:.0f} to {FLOORS[-1]:.0f} persons, more for "
        f"finer rows, the same each time this is asked; counts are rounded to {COUNT_STEP}."
    )
    if kinds & {MeasureKind.ROWS, MeasureKind.SUM, MeasureKind.AVG}:
        said.append(
            "Clipping: one person brings no more to a row than about one in a hundred does in its "
            "months, by a bound drawn privately at the import; where a row's persons bring less, "
            "no more than all but a few of them. What is beyond is not in the sum."
        )
        said.append(
            "Dominance: a sum is withheld where too few brought anything; its noise is eight whole "
            "contributions at least, so that the largest of them cannot be told."
        )
    if MeasureKind.OUTCOME in kinds:
        said.append("Outcomes: the threshold is on the base, so that losses show as well as wins.")
    if MeasureKind.AVG in kinds:
        said.append("Averages are the published sum over the published persons.")
    said.append("Periods: only closed weeks and months, frozen with the epoch.")
    return tuple(said)


def possible_labels(question: Question, order: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Every row that the closed domains allow, whether anyone is in it or not."""
    pinned = dict(question.conditions)
    values: list[tuple[str, ...]] = []
    for name in order:
        if name in PERIODS:
            values.append(tuple(periods.label(p.first, name) for p in question.periods))
        else:
            values.append((pinned[name],) if name in pinned else question.values(name))
    return list(product(*values))

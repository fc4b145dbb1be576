"""What a private release says of itself, in words for whoever reads it outside the house."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from vitrail.model import Guarantee

if TYPE_CHECKING:
    from vitrail.gate.private.plan import Plan

#: What the promise does not cover. A report that left these out would promise too much.
LIMITS: Final = (
    "Which values a dimension has (countries, devices, campaigns) and how far back the numbers go "
    "was settled inside the house, where enough persons shared a value, by a noisy threshold that "
    "has no formal guarantee. The promise is about the numbers, given these rows and columns.",
    "It is about what is published in this way. What a company looks at inside the house, and what "
    "it hands out otherwise, carries no such promise and adds to what can be known.",
    "A person is what the exports could link to one account or address. Someone with two accounts "
    "that nothing links is two persons here, and is protected less.",
    "A later correction of the data is a new question and costs anew. Someone erased since stays "
    "within what was published before; it does not tell of them any more than of others.",
    "The promise holds for the noise and against readers of the numbers, not against those who "
    "run the program: they hold the data anyway. How long an answer takes is not hidden from them.",
    "What is true of a whole group can still be learned, about its members too: that is what the "
    "numbers are for. And what one person told elsewhere is theirs to tell.",
)


def promise(guarantee: Guarantee) -> str:
    """The one sentence of the guarantee, for readers who never heard of ρ."""
    return (
        "Whether or not any one person is in the data, with all that they ever did, these numbers "
        "would look nearly the same: someone who knows everyone else guesses right at most "
        f"{percent(guarantee.guess)} times in 100 whether that person is in, instead of 50."
    )


def notes(plan: Plan) -> tuple[str, ...]:
    """Sentences that belong under the table."""
    span, guarantee = plan.question.span, plan.guarantee
    said = [
        f"Closed days from {span.first} to {span.last}.",
        f"Differential privacy: ρ = {guarantee.rho:g}, which is ε = {guarantee.epsilon:.2f} at "
        f"δ = {guarantee.delta:g}, for one person and everything they did.",
        "Every row that the dimensions allow is here, empty ones too, each with noise of its own; "
        "parts do not add up to a whole, and a number may come out below zero.",
        _bounded(guarantee),
    ]
    for measure in plan.question.measures:
        declared = plan.question.fact.definition.measures.get(measure.name or "")
        if declared is not None and declared.note:
            said.append(f"{measure.label}: {declared.note}")
    return tuple(said)


def touched(guarantee: Guarantee) -> tuple[str, ...]:
    """Which protections took part, in words."""
    said = [promise(guarantee)]
    said += [
        f"{bound.measure}: one person brings at most {bound.clip:,} to a row; noise of "
        f"σ = {bound.sigma:,.1f} for ρ = {bound.rho:g}, so that 95 % of the rows are off by less "
        f"than {bound.error:,.0f}."
        for bound in guarantee.bounds
    ]
    return tuple(said)


def _bounded(guarantee: Guarantee) -> str:
    most, rows = guarantee.cells_per_person, guarantee.cells
    counts = (
        f"counts in {most:,} of the {rows:,} rows at most, and in each"
        if most < rows
        else f"counts{' in each row' if rows > 1 else ''}"
    )
    return (
        f"One person {counts} by no more than a set bound. What lies beyond is cut off, so that "
        "numbers come out rather too low; by how much is not told, for that would tell of those "
        "who did most."
    )


def percent(share: float) -> str:
    """A share in hundredths, rounded up, for it is a bound: ``58.9``."""
    return f"{math.ceil(1000 * share) / 10:g}"

"""Every fact with its dimensions and measures, as its file declares them."""

from __future__ import annotations

from handbook.tables import code, prose, table
from vitrail.gate.declarations import DimensionDefinition, MeasureDefinition
from vitrail.gate.facts import FactDefinition, load_facts
from vitrail.house import carried

_DIMENSIONS = ("dimension", "what it is", "of the", "coarser")
_MEASURES = ("measure", "what it is", "unit", "closes")


def facts() -> tuple[FactDefinition, ...]:
    """The facts that come with Vitrail."""
    return tuple(load_facts(carried("queries", "facts")))


def page() -> str:
    """A section a fact."""
    return "\n\n".join(_section(fact) for fact in facts())


def _section(fact: FactDefinition) -> str:
    return "\n\n".join(
        [
            f"## `{fact.name}`: {fact.title.lower()}",
            prose(fact.doc),
            table(_DIMENSIONS, (_dimension(*one) for one in fact.dimensions.items())),
            table(_MEASURES, (_measure(*one) for one in fact.measures.items())),
        ]
    )


def _dimension(name: str, dimension: DimensionDefinition) -> tuple[str, ...]:
    once = ", lives in its own days" if dimension.once else ""
    coarser = code(dimension.parent) if dimension.parent else f"none: {dimension.coarsest}"
    return code(name), dimension.title, f"{dimension.kind}{once}", coarser


def _measure(name: str, measure: MeasureDefinition) -> tuple[str, ...]:
    of_base = measure.kind == "outcome"
    asked = f"outcome({name})" if of_base else f"sum({name}), avg({name})"
    off = "" if measure.enabled else " **Off.**"
    closes = f"after {measure.closes_after} days" if measure.closes_after else "at once"
    words = f"{measure.title}. {measure.note}".strip()
    return code(asked), f"{words}{off}", "persons of the base" if of_base else measure.unit, closes

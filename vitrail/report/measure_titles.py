"""What dimensions and measures of a fact are called for people."""

from __future__ import annotations

from vitrail.gate import FactDescription
from vitrail.model import Measure, MeasureKind
from vitrail.translation import _


def titles(fact: FactDescription) -> dict[str, str]:
    """Names for people, by a dimension's name and by a measure's label."""
    named = {d.name: _(d.title or d.name) for d in fact.dimensions}
    return named | {m.label: measure_title(m, fact) for m in fact.measures}


def measure_title(measure: Measure, fact: FactDescription) -> str:
    """``Users``, ``Ordered within 30 days``, ``Sessions per user``."""
    if measure.kind is MeasureKind.PERSONS:
        return _("Users")
    if measure.kind is MeasureKind.ROWS:
        return _("Events")
    title = _(dict(fact.titles).get(measure.label) or measure.name or measure.label)
    return _("{title} per user", title=title) if measure.kind is MeasureKind.AVG else title

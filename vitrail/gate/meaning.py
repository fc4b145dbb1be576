"""What a cell is about, in one form, whatever question it came from.

A row of a breakdown and a filter of the same meaning are one cell and have one answer. Labels
that others imply (the region beside its country) say nothing more and are left out; a value that
lives in its own days (a campaign) is about those days, whatever longer span was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from vitrail.gate.manifest import EpochFact
from vitrail.gate.question import Conditions
from vitrail.model import Span

_SIX_DAYS = timedelta(days=6)


@dataclass(frozen=True)
class Meaning:
    """The labels that matter, sorted, and the days; ``seed`` is what noise hangs on."""

    fact: str
    release: str
    labels: Conditions
    span: Span

    @cached_property
    def seed(self) -> tuple[object, ...]:
        return (self.release, self.labels, str(self.span.first), str(self.span.last))


def meaning(fact: EpochFact, labels: Conditions, span: Span) -> Meaning:
    """The one form of these labels over these days."""
    kept = tuple(sorted(set(labels) - implied_labels(fact, labels)))
    return Meaning(fact.name, fact.release, kept, _trimmed(fact, kept, span))


def implied_labels(fact: EpochFact, labels: Conditions) -> set[tuple[str, str]]:
    """Labels that a finer one among them always brings along."""
    found: set[tuple[str, str]] = set()
    for name, value in labels:
        parent = fact.definition.dimensions[name].parent
        above = fact.implied.get(name, {}).get(value)
        while parent is not None and above is not None:
            found.add((parent, above))
            above = fact.implied.get(parent, {}).get(above)
            parent = fact.definition.dimensions[parent].parent
    return found


def _trimmed(fact: EpochFact, labels: Conditions, span: Span) -> Span:
    """The part of the span from the first to the last week in which the values lived."""
    firsts, lasts = [span.first], [span.last]
    for name, value in labels:
        weeks = fact.windows.get(name, {}).get(value, ())
        inside = [w for w in weeks if w + _SIX_DAYS >= span.first and w <= span.last]
        if inside:
            firsts.append(inside[0])
            lasts.append(inside[-1] + _SIX_DAYS)
    return Span(max(firsts), min(lasts))

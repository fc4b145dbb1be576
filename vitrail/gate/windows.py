"""The weeks in which a value lives that has its own days, such as a campaign.

Only in weeks in which enough persons had it are its rows under its name; those of other weeks are
under ``other``. So a question over a longer span is about the same persons, and a week once closed
keeps its meaning when another follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vitrail.gate.facts import FactDefinition
from vitrail.gate.naming import Fetch, quoted
from vitrail.gate.noise import NoiseSource
from vitrail.gate.suppression import enough

#: By value, the Mondays of its weeks, in order.
Windows = Mapping[str, tuple[date, ...]]


@dataclass(frozen=True, slots=True)
class WindowFinder:
    """Finds the weeks of values among the rows of ``rows`` (SQL with person, day, dimensions)."""

    fact: FactDefinition
    release: str
    fetch: Fetch
    noise: NoiseSource

    def windows(
        self, dimension: str, values: Iterable[str], rows: str, params: Sequence[object]
    ) -> dict[str, tuple[date, ...]]:
        """By value the weeks with enough persons; a value without such a week is absent."""
        name, wanted = quoted(dimension), set(values)
        counted = self.fetch(
            f"SELECT value, week, count(*), bit_xor(person) FROM (SELECT DISTINCT {name} AS value,"
            f" CAST(date_trunc('week', day) AS DATE) AS week, person FROM ({rows}))"
            f" GROUP BY value, week HAVING count(*) >= ? ORDER BY value, week",
            *params,
            self.fact.threshold,
        )
        found: dict[str, tuple[date, ...]] = {}
        for value, week, persons, key in counted:
            who = [self.fact.name, key, persons]
            asked = [self.release, "window", dimension, value, week]
            if value in wanted and enough(persons, self.fact.threshold, self.noise, who, asked):
                found[value] = (*found.get(value, ()), week)
        return found


def joined(before: Windows, after: Windows) -> dict[str, tuple[date, ...]]:
    """The weeks of an earlier epoch with those that closed since."""
    return {
        value: tuple(sorted({*before.get(value, ()), *after.get(value, ())}))
        for value in sorted({*before, *after})
    }


def once_dimensions(fact: FactDefinition) -> tuple[str, ...]:
    """The dimensions whose values live in their own days."""
    return tuple(d for d in fact.plain_dimensions if fact.dimensions[d].once)

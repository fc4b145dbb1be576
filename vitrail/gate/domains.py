"""What a dimension's values may be: those that enough persons share, the rest being ``other``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vitrail.gate import periods
from vitrail.gate.facts import FactDefinition
from vitrail.gate.naming import UNKNOWN, Fetch, quoted
from vitrail.gate.noise import NoiseSource
from vitrail.gate.suppression import OTHER, enough

_MOST_VALUES: Final = 500
_LONGEST_VALUE: Final = 80


@dataclass(frozen=True, slots=True)
class DomainCloser:
    """Closes the domains of a fact over ``rows``: SQL with person, day and every dimension."""

    fact: FactDefinition
    release: str
    fetch: Fetch
    noise: NoiseSource

    def first_day(self, rows: str, params: Sequence[object]) -> date | None:
        """The first month with enough persons: a lone early row does not say when it was."""
        months = self.fetch(
            f"SELECT month, count(*), bit_xor(person) FROM ("
            f" SELECT DISTINCT CAST(date_trunc('month', day) AS DATE) AS month, person"
            f" FROM ({rows})) GROUP BY month ORDER BY month",
            *params,
        )
        for month, persons, key in months:
            if self._enough(persons, key, "first", month):
                return periods.month_start(month)
        return None

    def values(self, dimension: str, rows: str, params: Sequence[object]) -> tuple[str, ...]:
        """The values that enough persons share, sorted, without ``other``."""
        declared = self.fact.dimensions[dimension].values
        counted = self.fetch(
            f"SELECT value, count(*), bit_xor(person) FROM ("
            f" SELECT DISTINCT {quoted(dimension)} AS value, person FROM ({rows}))"
            f" GROUP BY value HAVING count(*) >= ? ORDER BY count(*) DESC, value LIMIT ?",
            *params,
            self.fact.threshold,
            _MOST_VALUES,
        )
        return tuple(
            sorted(
                value
                for value, persons, key in counted
                if value is not None
                and value != OTHER
                and len(value) <= _LONGEST_VALUE
                and (not declared or value in (*declared, UNKNOWN))
                and self._enough(persons, key, "domain", dimension, value)
            )
        )

    def _enough(self, persons: int, key: int, *asked: object) -> bool:
        who = [self.fact.name, key, persons]
        return enough(persons, self.fact.threshold, self.noise, who, [self.release, *asked])

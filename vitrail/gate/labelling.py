"""The labels of staged rows as they may be told: closed domains, weeks of values, implied ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from vitrail.gate.facts import FactDefinition
from vitrail.gate.implications import Implied, parents
from vitrail.gate.naming import Fetch, enum_type, literal, quoted
from vitrail.gate.suppression import OTHER
from vitrail.gate.windows import Windows

#: By dimension its values, without ``other``.
Domains = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Labels:
    """What the rows of one fact may be called in an epoch."""

    fact: FactDefinition
    domains: Domains
    windows: Mapping[str, Windows] = field(default_factory=dict)

    def create(self, fetch: Fetch) -> None:
        """Make the ENUMs, and for this connection the tables of weeks."""
        for dimension, values in self.domains.items():
            labels = ", ".join(map(literal, (*values, OTHER)))
            fetch(f"CREATE TYPE {enum_type(self.fact.name, dimension)} AS ENUM ({labels})")
        for dimension, weeks in self.windows.items():
            table = self._weeks(dimension)
            fetch(f"CREATE TEMP TABLE {table} (value VARCHAR, week DATE)")
            for value, mondays in weeks.items():
                insert = f"INSERT INTO {table} SELECT ?, unnest(CAST(? AS DATE[]))"
                fetch(insert, value, list(mondays))

    def select(self, rows: str) -> str:
        """``rows`` (SQL with event_id, person, day, dimensions, measures) with labels as ENUMs."""
        columns = [*map(self._labelled, self.domains), *map(quoted, self.fact.measures)]
        return f"SELECT {', '.join(['event_id', 'person', 'day', *columns])} FROM ({rows})"

    def _labelled(self, dimension: str) -> str:
        """A dimension's column: its value where that may be named, else ``other``."""
        name, kind = quoted(dimension), enum_type(self.fact.name, dimension)
        value = f"TRY_CAST({name} AS {kind})"
        if dimension in self.windows:
            lives = f"({name}, CAST(date_trunc('week', day) AS DATE))"
            weeks = f"(SELECT value, week FROM {self._weeks(dimension)})"
            value = f"CASE WHEN {lives} IN {weeks} THEN {value} END"
        return f"coalesce({value}, CAST('{OTHER}' AS {kind})) AS {name}"

    def _weeks(self, dimension: str) -> str:
        return quoted(f"{self.fact.name}.{dimension}.weeks")


def consistent(
    fact: FactDefinition, implied: Implied, rows: str, params: Sequence[date], fetch: Fetch
) -> str:
    """Labelled ``rows`` in which no value contradicts what it implied when it was frozen.

    A country whose region is another since an import keeps the one it had until a rebuild: cells
    that were the same would else come apart, and differ by just those persons.
    """
    forced: dict[str, list[str]] = {}
    for child, parent in parents(fact):
        pairs = fetch(
            f"SELECT DISTINCT CAST({quoted(child)} AS VARCHAR), CAST({quoted(parent)} AS VARCHAR)"
            f" FROM ({rows})",
            *params,
        )
        for value, above in pairs:
            frozen = implied.get(child, {}).get(value, above)
            if frozen != above:
                condition = f"{quoted(child)} = {literal(value)}"
                kind = enum_type(fact.name, parent)
                forced.setdefault(parent, []).append(
                    f"WHEN {condition} THEN CAST({literal(frozen)} AS {kind})"
                )
    if not forced:
        return rows
    replaced = ", ".join(
        f"CASE {' '.join(cases)} ELSE {quoted(name)} END AS {quoted(name)}"
        for name, cases in forced.items()
    )
    return f"SELECT * REPLACE ({replaced}) FROM ({rows})"

"""Tables beside a large fact's own, for questions that need not read all of it.

The sample holds the rows of one person in 16. A side table holds the fact without some labels of
events, or without its weeks: one row for each person, period and combination of the labels that
are left. A question that asks for no others reads a few of the rows and comes to the same cells.
Which are worth their place is told by the sample: one has at most :data:`WORTH` of the rows of
the smallest that could be read in its stead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vitrail.gate.description import DimensionKind
from vitrail.gate.facts import FactDefinition
from vitrail.gate.manifest import SideTable
from vitrail.gate.naming import (
    IN_SAMPLE,
    ONE_PERSON_IN,
    Fetch,
    quoted,
    sample_table,
    side_table,
)

#: A smaller table has none beside it: to read all of it takes no longer.
LARGE_FROM: Final = 500_000
#: A side table with more of the rows that would be read in its stead saves too little time.
WORTH: Final = 0.75


def write_sample(fact: FactDefinition, fetch: Fetch) -> None:
    """The rows of one person in 16."""
    fetch(
        f"CREATE TABLE {quoted(sample_table(fact.name))} AS SELECT * FROM {quoted(fact.name)}"
        f" WHERE {IN_SAMPLE} ORDER BY person, week"
    )


def write_side_tables(fact: FactDefinition, rows: int, fetch: Fetch) -> tuple[SideTable, ...]:
    """Write those that are worth it, the widest first; ``rows`` are those of the fact's own."""
    own = SideTable(name=fact.name, labels=fact.plain_dimensions, by_week=True, rows=rows)
    written: list[SideTable] = []
    for labels, by_week in _candidates(fact):
        wider = min(
            (t for t in (own, *written) if t.holds(labels, by_week=by_week)), key=lambda t: t.rows
        )
        if _estimated(fact, labels, by_week, fetch) <= WORTH * wider.rows:
            written.append(_write(fact, labels, by_week, wider, fetch))
    return tuple(written)


def _candidates(fact: FactDefinition) -> Iterator[tuple[tuple[str, ...], bool]]:
    """All labels by month alone, then those of persons with one of events (and what it implies),
    then those of persons alone, by week and by month."""
    plain = fact.plain_dimensions
    persons = {name for name in plain if fact.dimensions[name].kind is DimensionKind.PERSON}
    chosen = {frozenset(plain), frozenset(persons)}
    chosen |= {frozenset(persons | {*_with_parents(fact, d)}) for d in plain if d not in persons}
    for labels in sorted(chosen, key=lambda names: (-len(names), sorted(names))):
        kept = tuple(name for name in plain if name in labels)
        yield from ((kept, by_week) for by_week in (True, False) if not by_week or kept != plain)


def _with_parents(fact: FactDefinition, dimension: str) -> Iterator[str]:
    name: str | None = dimension
    while name is not None:
        yield name
        name = fact.dimensions[name].parent


def _estimated(fact: FactDefinition, labels: Sequence[str], by_week: bool, fetch: Fetch) -> int:
    """How many rows a side table would have."""
    columns = ", ".join(_key(labels, by_week))
    sample = quoted(sample_table(fact.name))
    [(rows,)] = fetch(f"SELECT count(*) FROM (SELECT DISTINCT {columns} FROM {sample})")
    return int(rows) * ONE_PERSON_IN


def _write(
    fact: FactDefinition, labels: tuple[str, ...], by_week: bool, wider: SideTable, fetch: Fetch
) -> SideTable:
    """The rows of a wider table without its other labels."""
    key = _key(labels, by_week)
    columns = [
        *key,
        "CAST(sum(rows) AS INTEGER) AS rows",
        *(
            f"max({quoted(name)}) AS {quoted(name)}"
            if measure.kind == "outcome"
            else f"CAST(sum({quoted(name)}) AS BIGINT) AS {quoted(name)}"
            for name, measure in fact.measures.items()
        ),
    ]
    name = side_table(fact.name, labels, by_week=by_week)
    order = [*_of_events(fact, labels), *key[:2]]
    [(rows,)] = fetch(
        f"CREATE TABLE {quoted(name)} AS SELECT {', '.join(columns)}"
        f" FROM {quoted(wider.name)} GROUP BY {', '.join(key)} ORDER BY {', '.join(order)}"
    )
    return SideTable(name=name, labels=labels, by_week=by_week, rows=int(rows))


def _of_events(fact: FactDefinition, labels: Sequence[str]) -> list[str]:
    """The labels of events, finest first: what is asked under one of them lies together."""
    kinds = {name: fact.dimensions[name].kind for name in labels}
    return [quoted(n) for n in reversed(labels) if kinds[n] is DimensionKind.EVENT]


def _key(labels: Sequence[str], by_week: bool) -> list[str]:
    return ["person", *(["week"] if by_week else []), "month", *map(quoted, labels)]

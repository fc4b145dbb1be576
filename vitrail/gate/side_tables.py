"""Tables beside a large fact's own, for questions that need not read all of it.

The sample holds the rows of one person in 16. The table of persons holds one row for each person,
period and labels of the person, whatever the labels of the events: a question about countries and
plans reads a few of the rows and comes to the same cells.
"""

from __future__ import annotations

from typing import Final

from vitrail.gate.description import DimensionKind
from vitrail.gate.facts import FactDefinition
from vitrail.gate.naming import IN_SAMPLE, Fetch, persons_table, quoted, sample_table

#: A smaller table has none beside it: to read all of it takes no longer.
LARGE_FROM: Final = 500_000


def write_sample(fact: FactDefinition, fetch: Fetch) -> None:
    """The rows of one person in 16."""
    fetch(
        f"CREATE TABLE {quoted(sample_table(fact.name))} AS SELECT * FROM {quoted(fact.name)}"
        f" WHERE {IN_SAMPLE} ORDER BY person, week"
    )


def write_persons(fact: FactDefinition, fetch: Fetch) -> bool:
    """The rows without the labels of events; False where a fact has no such label."""
    kinds = {name: fact.dimensions[name].kind for name in fact.plain_dimensions}
    if DimensionKind.EVENT not in kinds.values():
        return False
    columns = [
        "person",
        "week",
        "month",
        *(quoted(name) for name, kind in kinds.items() if kind is DimensionKind.PERSON),
        "CAST(sum(rows) AS INTEGER) AS rows",
        *(
            f"max({quoted(name)}) AS {quoted(name)}"
            if measure.kind == "outcome"
            else f"CAST(sum({quoted(name)}) AS BIGINT) AS {quoted(name)}"
            for name, measure in fact.measures.items()
        ),
    ]
    fetch(
        f"CREATE TABLE {quoted(persons_table(fact.name))} AS SELECT {', '.join(columns)}"
        f" FROM {quoted(fact.name)} GROUP BY ALL ORDER BY person, week"
    )
    return True

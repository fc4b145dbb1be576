"""The SQL that bounds what one person can do to a table, before any noise.

In every cell a person brings no more than the clip of each column, and counts in no more cells
than the release says. Who is in more keeps a random choice of them, by a digest under a salt that
is drawn anew for each release: what one person keeps depends on nobody else.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vitrail.gate.compiler import by_person, table_to_read, where
from vitrail.gate.contributions import is_outcome
from vitrail.gate.materialising import quoted
from vitrail.gate.private.domain import Place, changing, reach
from vitrail.gate.question import Question

#: The column of persons, who are counted and not summed.
PERSONS = "persons"


@dataclass(frozen=True, slots=True)
class BoundedStatement:
    """SQL with its bound values; each row is a cell's place and one whole number a column."""

    sql: str
    params: tuple[Any, ...]

    def totals(
        self, question: Question, rows: Sequence[tuple[Any, ...]]
    ) -> dict[Place, tuple[int, ...]]:
        """The bounded true numbers by place: they never leave this package without noise."""
        split = 1 + len(question.plain)
        return {(row[0], tuple(row[1:split])): tuple(map(int, row[split:])) for row in rows}


def bounded_statement(
    question: Question, columns: Sequence[str], clips: Mapping[str, int], cells: int
) -> BoundedStatement:
    """Totals of ``columns`` by cell, each person in ``cells`` of them at most."""
    keys = [*([question.grain] if question.grain else []), *map(quoted, question.plain)]
    conditions, params = where(question)
    summed = [c for c in columns if c != PERSONS]
    bounds = [clips[c] for c in summed if not is_outcome(question, c)]
    inner = [*keys, "person", *(by_person(question, c) for c in summed)]
    contributions = (
        f"SELECT {', '.join(inner)} FROM {quoted(table_to_read(question))}"
        f" WHERE {' AND '.join(conditions)} GROUP BY {', '.join([*keys, 'person'])}"
    )
    totals = _totals(question, columns, keys)
    if not changing(question) and cells >= reach(question):
        return BoundedStatement(totals.format(source=f"({contributions})"), (*bounds, *params))
    sql = (
        f"WITH contributions AS MATERIALIZED ({contributions}), {_kept(keys, summed)}"
        + totals.format(source="kept")
    )
    return BoundedStatement(sql, (*params, cells, secrets.token_hex(16), cells, *bounds))


def _kept(keys: Sequence[str], summed: Sequence[str]) -> str:
    """Everyone's cells, of those in too many a choice that their own digests make."""
    told = ", ".join([*keys, *map(quoted, summed)])
    label = ", ".join(f"CAST({key} AS VARCHAR)" for key in ("person", *keys))
    return (
        "busy AS MATERIALIZED"
        " (SELECT person FROM contributions GROUP BY person HAVING count(*) > ?),"
        f" kept AS (SELECT {told} FROM contributions ANTI JOIN busy USING (person)"
        f" UNION ALL SELECT {told} FROM (SELECT {told}, row_number() OVER (PARTITION BY person"
        f" ORDER BY sha256(concat_ws('|', ?, {label}))) AS place"
        " FROM contributions SEMI JOIN busy USING (person)) WHERE place <= ?) "
    )


def _totals(question: Question, columns: Sequence[str], keys: Sequence[str]) -> str:
    labels = [question.grain or "NULL"]
    labels += [f"CAST({quoted(d)} AS VARCHAR)" for d in question.plain]
    numbers = [_total(question, column) for column in columns]
    by_cell = f" GROUP BY {', '.join(keys)}" if keys else ""
    return f"SELECT {', '.join([*labels, *numbers])} FROM {{source}}{by_cell}"


def _total(question: Question, column: str) -> str:
    if column == PERSONS:
        return "count(*)"
    if is_outcome(question, column):
        return f"count(*) FILTER ({quoted(column)} = 1)"
    return f"coalesce(sum(greatest(0, least({quoted(column)}, CAST(? AS BIGINT)))), 0)"

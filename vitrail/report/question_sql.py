"""A question as SQL, which the gate reads back as the same question. No Streamlit here."""

from __future__ import annotations

from typing import Final

from vitrail.model import Query

_MEASURES: Final = {"persons": "count(DISTINCT person)", "rows": "count(*)"}


def as_sql(query: Query) -> str:
    """The question in the gate's SQL."""
    measures = [_MEASURES.get(m.label, m.label) for m in query.measures]
    conditions = [f"{name} = {_quoted(value)}" for name, value in query.filters]
    if query.span:
        conditions.append(f"period BETWEEN '{query.span.first}' AND '{query.span.last}'")
    sql = f"SELECT {', '.join((*query.dimensions, *measures))}\nFROM {query.fact}"
    if conditions:
        sql += "\nWHERE " + "\n  AND ".join(conditions)
    if query.dimensions:
        sql += f"\nGROUP BY {', '.join(query.dimensions)}"
    return sql


def as_notebook_cell(query: Query) -> str:
    """The question as ``%%ask`` takes it."""
    return f"%%ask\n{as_sql(query)}"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"

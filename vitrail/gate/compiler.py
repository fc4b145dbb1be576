"""The SQL of a question, written from scratch with bound values.

Every person counts once in a cell, so that the XOR of person keys names the set of them, and
brings no more to it than the declared bound. No text of the one who asks is ever part of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from vitrail.gate import periods
from vitrail.gate.contributions import Contributions, is_outcome, rungs
from vitrail.gate.naming import enum_type, quoted, sample_table
from vitrail.gate.question import Question
from vitrail.gate.suppression import OTHER
from vitrail.model import Measure, MeasureKind


@dataclass(frozen=True, slots=True)
class Amounts:
    """One summed column in one cell, with each person's share cut to each of :func:`rungs`.

    ``totals`` are the sums by rung, ``above`` the persons who bring more, by rung but the last;
    ``contributors`` are the persons who bring anything.
    """

    totals: tuple[int, ...]
    above: tuple[int, ...]
    contributors: int


@dataclass(frozen=True, slots=True)
class Converted:
    """One outcome in one cell: how many persons, and the XOR of their keys."""

    persons: int
    key: int


#: Where a cell lies in its table: the first day of its week or month (None where the question
#: goes by neither) and its values of the plain dimensions.
Place = tuple[date | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as it is, before the gate: it never leaves this package.

    ``labels`` follow the question's plain dimensions; ``key`` is the XOR of the persons' keys;
    ``parts`` are by column name; ``sampled`` are the persons who are in the fact's sample, if
    there is one.
    """

    period: date | None
    labels: tuple[str, ...]
    persons: int
    key: int
    parts: dict[str, Amounts | Converted]
    sampled: int = 0

    @property
    def place(self) -> Place:
        return self.period, self.labels

    @property
    def is_unnamed(self) -> bool:
        """Whether it holds but values that too few persons shared to be named anywhere."""
        return bool(self.labels) and all(label == OTHER for label in self.labels)


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its bound values, and which columns its rows carry."""

    sql: str
    params: tuple[Any, ...]
    columns: tuple[str, ...]

    def cells(self, question: Question, rows: Sequence[tuple[Any, ...]]) -> list[RawCell]:
        """The rows that this statement gave, as cells."""
        cut = {c: len(rungs(question, c)) for c in self.columns if not is_outcome(question, c)}
        return [self._cell(question, row, cut) for row in rows]

    def _cell(self, question: Question, row: tuple[Any, ...], cut: Mapping[str, int]) -> RawCell:
        values = iter(row)
        period = next(values) if question.grain else None
        labels = tuple(next(values) for _ in question.plain)
        persons, key = next(values), next(values)
        parts: dict[str, Amounts | Converted] = {}
        for column in self.columns:
            if column not in cut:
                parts[column] = Converted(next(values), next(values) or 0)
            else:
                totals, contributors = tuple(islice(values, cut[column])), next(values)
                above = tuple(islice(values, cut[column] - 1))
                parts[column] = Amounts(totals, above, contributors)
        return RawCell(period, labels, persons, key or 0, parts, next(values, 0))


def who_is_in(question: Question, raw: RawCell) -> tuple[object, ...]:
    """What the first layer of every draw about a cell hangs on."""
    return (question.fact.name, raw.key, raw.persons)


def column_of(measure: Measure) -> str | None:
    """The materialised column that a measure is of; None for persons."""
    if measure.kind is MeasureKind.PERSONS:
        return None
    return "rows" if measure.kind is MeasureKind.ROWS else measure.name


def cells_statement(question: Question, only: Sequence[Place] | None = None) -> Statement:
    """All cells of the question, one row each, or those at the places named."""
    group = [*_grain(question), *(quoted(d) for d in question.plain)]
    if only is None or not group:
        return _statement(question, group, [], [])
    condition, params = _at(question, only)
    return _statement(question, group, [condition], params)


def sample_statement(question: Question) -> Statement:
    """The persons of each cell that are in the fact's sample."""
    group = [*_grain(question), *(quoted(d) for d in question.plain)]
    return _statement(question.counting, group, [], [], sample_table(question.fact.name))


def gathered_statement(question: Question, hidden: Sequence[Place]) -> Statement:
    """The hidden cells of each period as one cell whose labels are all ``other``.

    Counted anew by person, for one person can be in several of them.
    """
    condition, params = _at(question, hidden)
    return _statement(question, _grain(question), [condition], params)


def _at(question: Question, places: Sequence[Place]) -> tuple[str, list[Any]]:
    """The condition that a row lies in one of the cells at ``places``."""
    names = question.plain
    selected = [
        f"CAST(unnest(CAST(? AS VARCHAR[])) AS {enum_type(question.fact.name, d)})" for d in names
    ]
    params: list[Any] = [[labels[i] for _, labels in places] for i in range(len(names))]
    keys = [quoted(d) for d in names]
    if question.grain:
        selected.append("unnest(CAST(? AS DATE[]))")
        params.append([period for period, _ in places])
        keys.append(question.grain)
    return f"({', '.join(keys)}) IN (SELECT {', '.join(selected)})", params


def _grain(question: Question) -> list[str]:
    return [question.grain] if question.grain else []


def _statement(
    question: Question,
    group: Sequence[str],
    extra: Sequence[str],
    extra_params: Sequence[Any],
    table: str | None = None,
) -> Statement:
    columns = tuple(dict.fromkeys(c for m in question.measures if (c := column_of(m)) is not None))
    conditions, params = where(question)
    conditions += extra
    inner = [*group, "person", *(by_person(question, column) for column in columns)]
    persons = (
        f"SELECT {', '.join(inner)} FROM {quoted(table or table_to_read(question))}"
        f" WHERE {' AND '.join(conditions)} GROUP BY {', '.join([*group, 'person'])}"
    )
    labels = [question.grain] if question.grain else []
    labels += [
        f"CAST({quoted(d)} AS VARCHAR)" if quoted(d) in group else f"'{OTHER}'"
        for d in question.plain
    ]
    by_cell = f" GROUP BY {', '.join(group)}" if group else ""
    selected = ", ".join([*labels, *Contributions(question, columns).by_cell()])
    sql = f"SELECT {selected} FROM ({persons}){by_cell}"
    return Statement(sql, (*params, *extra_params), columns)


def table_to_read(question: Question) -> str:
    """The table to read: the smallest that has the labels and the period."""
    by_week = "week" in (question.grain, _bounded(question))
    return question.fact.smallest_table(question.axes, by_week=by_week)


def where(question: Question) -> tuple[list[str], list[Any]]:
    """The conditions on the rows of a question, with their values."""
    conditions = [f"{_bounded(question)} BETWEEN ? AND ?"]
    params: list[Any] = [question.span.first, question.span.last]
    for name, value in question.conditions:
        conditions.append(f"{quoted(name)} = CAST(? AS {enum_type(question.fact.name, name)})")
        params.append(value)
    return conditions, params


def _bounded(question: Question) -> str:
    """The column that the span bounds: one of weeks the week, one of months the month."""
    return "week" if periods.is_weeks(question.span) else "month"


def by_person(question: Question, column: str) -> str:
    """What one person has in one cell, as a column of that name; an outcome happened or not."""
    if is_outcome(question, column):
        return f"max({quoted(column)}) AS {quoted(column)}"
    return f"CAST(greatest(0, sum({quoted(column)})) AS BIGINT) AS {quoted(column)}"

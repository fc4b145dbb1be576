"""SQL as a way to write a :class:`~vitrail.model.Query`.

The text is parsed and read by the exact types of its nodes; nothing of it is ever executed, and
what a node carries beyond what is read here is refused. Messages name the construct and what can
be asked instead. They repeat nothing of the text: a value in it could be somebody's address.
"""

from __future__ import annotations

import logging
from datetime import date
from typing import Any, Final, NoReturn

import sqlglot
from sqlglot import exp
from sqlglot.tokens import TokenType

from vitrail.errors import Refused
from vitrail.gate.constructs import name_of
from vitrail.gate.facts import PERIODS
from vitrail.gate.grammar import find_fact, question_from
from vitrail.gate.manifest import EpochFact
from vitrail.gate.store import FactStore
from vitrail.model import Measure, MeasureKind, Query, Span

#: Longer than any question that the grammar can say.
_LONGEST: Final = 2_000
_DEEPEST: Final = 20

_FORM: Final = (
    "A question reads: SELECT country, count(DISTINCT person) FROM activity "
    "WHERE device = 'mobile' GROUP BY country."
)
_MEASURES: Final = "Measures are count(DISTINCT person), count(*), sum(m), avg(m) and outcome(m)."
_CONDITIONS: Final = (
    "Conditions are dimension = 'value', joined by AND, and period BETWEEN two closed days."
)

# Its warnings quote the text that was parsed.
logging.getLogger("sqlglot").setLevel(logging.CRITICAL + 1)


def parse_sql(text: str, store: FactStore) -> Query:
    """Read SQL as a question; what it cannot say is refused in one plain sentence.

    The query that comes back has been checked: :func:`~vitrail.gate.answer` will not refuse it
    while the epoch is in force.
    """
    facts = store.reader().facts
    select = _one_select(text)
    fact = find_fact(_fact_name(select), facts)
    dimensions, measures = _outputs(select, fact)
    filters, span = _where(select)
    _check_grouping(select, dimensions)
    query = Query(
        fact=fact.name, dimensions=dimensions, measures=measures, filters=filters, span=span
    )
    question_from(query, facts)
    return query


def _refuse(node: object, instead: str = _FORM) -> NoReturn:
    raise Refused(f"{name_of(node)} cannot be asked through the gate.", instead)


def _one_select(text: str) -> exp.Select:
    if len(text) > _LONGEST or text.count("(") > _DEEPEST:
        raise Refused("That is longer or more nested than any question here can be.", _FORM)
    try:
        tokens = sqlglot.tokenize(text, read="duckdb")
        statements = sqlglot.parse(text, read="duckdb")
    except Exception:  # a third party's parser, given anything at all; its words quote the text
        raise Refused("That cannot be read as SQL.", _FORM) from None
    if any(token.comments or token.token_type is TokenType.HINT for token in tokens):
        raise Refused("Comments are no part of a question.", _FORM)
    if len(statements) != 1:
        raise Refused("Only one statement can be asked at a time.", _FORM)
    select = statements[0]
    if select is None:
        raise Refused("Nothing was asked.", _FORM)
    if type(select) is not exp.Select:
        _refuse(select)
    if any(identifier.args.get("quoted") for identifier in select.find_all(exp.Identifier)):
        raise Refused("Quoted names are no part of a question.", _FORM)
    _only(select, "expressions", "from_", "where", "group")
    return select


def _only(node: exp.Expression, *allowed: str) -> None:
    """Refuse a node that carries more than the parts which are read."""
    for part, value in node.args.items():
        if part not in allowed and value not in (None, False, []):
            _refuse(value[0] if isinstance(value, list) else value)


def _name(node: Any) -> str:
    """A bare, unqualified name."""
    if type(node) is not exp.Column:
        _refuse(node)
    _only(node, "this")
    return _identifier(node.this)


def _identifier(node: Any) -> str:
    if type(node) is not exp.Identifier:
        _refuse(node)
    name = str(node.this).lower()
    if not name.isascii():
        raise Refused("Names here are written in plain letters.", _FORM)
    return name


def _fact_name(select: exp.Select) -> str:
    source = select.args.get("from_")
    if source is None:
        raise Refused("The question names no fact to ask of.", _FORM)
    if type(source) is not exp.From or type(source.this) is not exp.Table:
        _refuse(source.this if type(source) is exp.From else source)
    _only(source, "this")
    _only(source.this, "this")
    return _identifier(source.this.this)


def _outputs(select: exp.Select, fact: EpochFact) -> tuple[tuple[str, ...], tuple[Measure, ...]]:
    dimensions: list[str] = []
    measures: list[Measure] = []
    for node in select.expressions:
        if type(node) is exp.Column:
            dimensions.append(_dimension(node, fact))
        else:
            measures.append(_measure(node))
    if not measures:
        raise Refused("The question asks for no number.", _MEASURES)
    return tuple(dimensions), tuple(measures)


def _dimension(node: exp.Column, fact: EpochFact) -> str:
    if type(node.this) is exp.Star:
        _refuse(node.this, _MEASURES)
    name = _name(node)
    if name == "person":
        raise Refused("Persons are counted here, never listed.", "Ask count(DISTINCT person).")
    if name in fact.definition.measures:
        raise Refused("A measure is asked for by a function, not by its name alone.", _MEASURES)
    return name


def _measure(node: Any) -> Measure:
    kind = type(node)
    if kind is exp.Count:
        return _count(node)
    if kind is exp.Sum or kind is exp.Avg:
        _only(node, "this")
        name = _name(node.this)
        if name in ("person", "persons"):
            raise Refused(
                "Persons cannot be added up: one person may be in several periods or rows.",
                "Ask count(DISTINCT person) for the longer span as a question of its own.",
            )
        return Measure(MeasureKind.SUM if kind is exp.Sum else MeasureKind.AVG, name)
    if kind is exp.Anonymous and str(node.this).lower() == "outcome":
        _only(node, "this", "expressions")
        if len(node.expressions) != 1:
            raise Refused("outcome() takes the name of one outcome.", _MEASURES)
        return Measure(MeasureKind.OUTCOME, _name(node.expressions[0]))
    _refuse(node, _MEASURES)


def _count(node: exp.Count) -> Measure:
    _only(node, "this", "big_int")
    if type(node.this) is exp.Star:
        _only(node.this)
        return Measure(MeasureKind.ROWS)
    if type(node.this) is exp.Distinct:
        _only(node.this, "expressions")
        if len(node.this.expressions) == 1 and _name(node.this.expressions[0]) == "person":
            return Measure(MeasureKind.PERSONS)
    raise Refused("Only persons can be counted with DISTINCT, and only rows without.", _MEASURES)


def _where(select: exp.Select) -> tuple[tuple[tuple[str, str], ...], Span | None]:
    where = select.args.get("where")
    filters: list[tuple[str, str]] = []
    spans: list[Span] = []
    if where is not None:
        _only(where, "this")
        for node in _conjuncts(where.this):
            if type(node) is exp.EQ:
                filters.append(_equality(node))
            elif type(node) is exp.Between:
                spans.append(_between(node))
            else:
                _refuse(node, _CONDITIONS)
    if len(set(spans)) > 1:
        raise Refused("Two periods are asked for at once.", "Name one period BETWEEN two days.")
    return tuple(sorted(set(filters))), spans[0] if spans else None


def _conjuncts(node: Any) -> list[Any]:
    """The parts of a chain of ANDs, with or without brackets round them."""
    pending, parts = [node], []
    while pending:
        part = pending.pop()
        if type(part) is exp.And:
            _only(part, "this", "expression")
            pending += [part.expression, part.this]
        elif type(part) is exp.Paren:
            _only(part, "this")
            pending.append(part.this)
        else:
            parts.append(part)
    return parts


def _equality(node: exp.EQ) -> tuple[str, str]:
    _only(node, "this", "expression")
    left, right = node.this, node.expression
    if type(left) is exp.Literal and type(right) is exp.Column:
        left, right = right, left
    name = _name(left)
    if name == "period":
        raise Refused("A period is not one value.", "Write period BETWEEN two closed days.")
    if name == "person":
        raise Refused("Nobody can be asked for by name or key.", _CONDITIONS)
    return name, _text(right)


def _text(node: Any) -> str:
    if type(node) is not exp.Literal or not node.args.get("is_string"):
        if type(node) is exp.Literal:
            raise Refused("A value is written as text in single quotes.", _CONDITIONS)
        _refuse(node, _CONDITIONS)
    _only(node, "this", "is_string")
    return str(node.this)


def _between(node: exp.Between) -> Span:
    _only(node, "this", "low", "high")
    if _name(node.this) != "period":
        raise Refused(
            "Ranges can be asked of the period alone.",
            "Write period BETWEEN two closed days; elsewhere, one value a question.",
        )
    return Span(_day(node.args["low"]), _day(node.args["high"]))


def _day(node: Any) -> date:
    try:
        return date.fromisoformat(_text(node))
    except ValueError:
        raise Refused("A day is written '2026-01-05'.", _CONDITIONS) from None


def _check_grouping(select: exp.Select, dimensions: tuple[str, ...]) -> None:
    group = select.args.get("group")
    names: list[str] = []
    if group is not None:
        if any(group.args.get(part) for part in ("all", "rollup", "cube", "grouping_sets")):
            raise Refused("GROUP BY takes the names of dimensions and nothing else.", _FORM)
        _only(group, "expressions")
        for node in group.expressions:
            if type(node) is exp.Literal:
                raise Refused("GROUP BY takes names, not numbers.", _FORM)
            names.append(_name(node))
    if sorted(set(names)) != sorted(set(dimensions)) or len(names) != len(set(names)):
        raise Refused(
            "GROUP BY has to name the same dimensions as SELECT.",
            f"Both name the dimensions to go by, among them {' and '.join(PERIODS)}.",
        )

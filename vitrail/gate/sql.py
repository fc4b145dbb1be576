"""SQL as a way to write a :class:`~vitrail.model.Query`.

The text is parsed and read by the exact types of its nodes; nothing of it is ever executed, and
what a node carries beyond what is read here is refused. Messages name the construct and what can
be asked instead. They repeat nothing of the text: a value in it could be somebody's address.
"""

from __future__ import annotations

import logging
from typing import Any, Final

import sqlglot
from sqlglot import exp
from sqlglot.tokens import TokenType

from vitrail.errors import Refused
from vitrail.gate.facts import PERIODS
from vitrail.gate.grammar import find_fact, question_from
from vitrail.gate.manifest import EpochFact
from vitrail.gate.sql_nodes import FORM, MEASURES, bare_name, identifier, only, refused
from vitrail.gate.sql_where import conditions
from vitrail.gate.store import FactStore
from vitrail.model import Measure, MeasureKind, Query

#: Longer than any question that the grammar can say.
_LONGEST: Final = 2_000
_DEEPEST: Final = 20
_DIALECT: Final = sqlglot.Dialect.get_or_raise("duckdb")

# Its warnings quote the text that was parsed.
logging.getLogger("sqlglot").setLevel(logging.CRITICAL + 1)


def parse_sql(text: str, store: FactStore, *, any_span: bool = False) -> Query:
    """Read SQL as a question; what it cannot say is refused in one plain sentence.

    The query that comes back has been checked: :func:`~vitrail.gate.answer` will not refuse it
    while the epoch is in force. ``any_span`` is for the private mode, which offers every span.
    """
    facts = store.reader().facts
    select = _one_select(text)
    fact = find_fact(_fact_name(select), facts)
    dimensions, measures = _outputs(select, fact)
    filters, span = conditions(select)
    _check_grouping(select, dimensions)
    query = Query(
        fact=fact.name, dimensions=dimensions, measures=measures, filters=filters, span=span
    )
    question_from(query, facts, any_span=any_span)
    return query


def _one_select(text: str) -> exp.Select:
    if len(text) > _LONGEST or text.count("(") > _DEEPEST:
        raise Refused("That is longer or more nested than any question here can be.", FORM)
    try:
        tokens = _DIALECT.tokenize(text)
        statements = _DIALECT.parser().parse(tokens, text)
    except Exception:  # a third party's parser, given anything at all; its words quote the text
        raise Refused("That cannot be read as SQL.", FORM) from None
    if any(token.comments or token.token_type is TokenType.HINT for token in tokens):
        raise Refused("Comments are no part of a question.", FORM)
    if len(statements) != 1:
        raise Refused("Only one statement can be asked at a time.", FORM)
    select = statements[0]
    if select is None:
        raise Refused("Nothing was asked.", FORM)
    if type(select) is not exp.Select:
        raise refused(select)
    if any(identifier.args.get("quoted") for identifier in select.find_all(exp.Identifier)):
        raise Refused("Quoted names are no part of a question.", FORM)
    only(select, "expressions", "from_", "where", "group")
    return select


def _fact_name(select: exp.Select) -> str:
    source = select.args.get("from_")
    if source is None:
        raise Refused("The question names no fact to ask of.", FORM)
    if type(source) is not exp.From or type(source.this) is not exp.Table:
        raise refused(source.this if type(source) is exp.From else source)
    only(source, "this")
    only(source.this, "this")
    return identifier(source.this.this)


def _outputs(select: exp.Select, fact: EpochFact) -> tuple[tuple[str, ...], tuple[Measure, ...]]:
    dimensions: list[str] = []
    measures: list[Measure] = []
    for node in select.expressions:
        if type(node) is exp.Column:
            dimensions.append(_dimension(node, fact))
        else:
            measures.append(_measure(node))
    if not measures:
        raise Refused("The question asks for no number.", MEASURES)
    return tuple(dimensions), tuple(measures)


def _dimension(node: exp.Column, fact: EpochFact) -> str:
    if type(node.this) is exp.Star:
        raise refused(node.this, MEASURES)
    name = bare_name(node)
    if name == "person":
        raise Refused("Persons are counted here, never listed.", "Ask count(DISTINCT person).")
    if name in fact.definition.measures:
        raise Refused("A measure is asked for by a function, not by its name alone.", MEASURES)
    return name


def _measure(node: Any) -> Measure:
    kind = type(node)
    if kind is exp.Count:
        return _count(node)
    if kind is exp.Sum or kind is exp.Avg:
        only(node, "this")
        name = bare_name(node.this)
        if name in ("person", "persons"):
            raise Refused(
                "Persons cannot be added up: one person may be in several periods or rows.",
                "Ask count(DISTINCT person) for the longer span as a question of its own.",
            )
        return Measure(MeasureKind.SUM if kind is exp.Sum else MeasureKind.AVG, name)
    if kind is exp.Anonymous and str(node.this).lower() == "outcome":
        only(node, "this", "expressions")
        if len(node.expressions) != 1:
            raise Refused("outcome() takes the name of one outcome.", MEASURES)
        return Measure(MeasureKind.OUTCOME, bare_name(node.expressions[0]))
    raise refused(node, MEASURES)


def _count(node: exp.Count) -> Measure:
    only(node, "this", "big_int")
    if type(node.this) is exp.Star:
        only(node.this)
        return Measure(MeasureKind.ROWS)
    if type(node.this) is exp.Distinct:
        only(node.this, "expressions")
        if len(node.this.expressions) == 1 and bare_name(node.this.expressions[0]) == "person":
            return Measure(MeasureKind.PERSONS)
    raise Refused("Only persons can be counted with DISTINCT, and only rows without.", MEASURES)


def _check_grouping(select: exp.Select, dimensions: tuple[str, ...]) -> None:
    group = select.args.get("group")
    names: list[str] = []
    if group is not None:
        if any(group.args.get(part) for part in ("all", "rollup", "cube", "grouping_sets")):
            raise Refused("GROUP BY takes the names of dimensions and nothing else.", FORM)
        only(group, "expressions")
        for node in group.expressions:
            if type(node) is exp.Literal:
                raise Refused("GROUP BY takes names, not numbers.", FORM)
            names.append(bare_name(node))
    if sorted(set(names)) != sorted(set(dimensions)) or len(names) != len(set(names)):
        raise Refused(
            "GROUP BY has to name the same dimensions as SELECT.",
            f"Both name the dimensions to go by, among them {' and '.join(PERIODS)}.",
        )

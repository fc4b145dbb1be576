"""Reading the WHERE of a question: ANDed equalities and one period."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlglot import exp

from vitrail.errors import Refused
from vitrail.gate.sql_nodes import CONDITIONS, bare_name, only, refused, string_of
from vitrail.model import Span


def conditions(select: exp.Select) -> tuple[tuple[tuple[str, str], ...], Span | None]:
    """The equalities, sorted, and the span of ``period BETWEEN`` where there is one."""
    where = select.args.get("where")
    filters: list[tuple[str, str]] = []
    spans: list[Span] = []
    if where is not None:
        only(where, "this")
        for node in _conjuncts(where.this):
            if type(node) is exp.EQ:
                filters.append(_equality(node))
            elif type(node) is exp.Between:
                spans.append(_between(node))
            else:
                raise refused(node, CONDITIONS)
    if len(set(spans)) > 1:
        raise Refused("Two periods are asked for at once.", "Name one period BETWEEN two days.")
    return tuple(sorted(set(filters))), spans[0] if spans else None


def _conjuncts(node: Any) -> list[Any]:
    """The parts of a chain of ANDs, with or without brackets round them."""
    pending, parts = [node], []
    while pending:
        part = pending.pop()
        if type(part) is exp.And:
            only(part, "this", "expression")
            pending += [part.expression, part.this]
        elif type(part) is exp.Paren:
            only(part, "this")
            pending.append(part.this)
        else:
            parts.append(part)
    return parts


def _equality(node: exp.EQ) -> tuple[str, str]:
    only(node, "this", "expression")
    left, right = node.this, node.expression
    if type(left) is exp.Literal and type(right) is exp.Column:
        left, right = right, left
    name = bare_name(left)
    if name == "period":
        raise Refused("A period is not one value.", "Write period BETWEEN two closed days.")
    if name == "person":
        raise Refused("Nobody can be asked for by name or key.", CONDITIONS)
    return name, string_of(right)


def _between(node: exp.Between) -> Span:
    only(node, "this", "low", "high")
    if bare_name(node.this) != "period":
        raise Refused(
            "Ranges can be asked of the period alone.",
            "Use `week` or `month`, or period BETWEEN two closed days; elsewhere, one value a "
            "question.",
        )
    return Span(_day(node.args["low"]), _day(node.args["high"]))


def _day(node: Any) -> date:
    try:
        return date.fromisoformat(string_of(node))
    except ValueError:
        raise Refused("A day is written '2026-01-05'.", CONDITIONS) from None

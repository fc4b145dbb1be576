"""Reading single nodes of a parsed question: by their exact types, with nothing left unread."""

from __future__ import annotations

from typing import Any, Final

from sqlglot import exp

from vitrail.errors import Refused
from vitrail.gate.constructs import instead_of, name_of

FORM: Final = (
    "A question reads: SELECT country, count(DISTINCT person) FROM activity "
    "WHERE device = 'mobile' GROUP BY country."
)
MEASURES: Final = "Measures are count(DISTINCT person), count(*), sum(m), avg(m) and outcome(m)."
CONDITIONS: Final = (
    "Conditions are dimension = 'value', joined by AND, and period BETWEEN two closed days."
)


def refused(node: object, instead: str = FORM) -> Refused:
    """The refusal of a construct by its name, with what can be asked in its place.

    ``instead`` is said where the construct itself has no closer advice.
    """
    remedy = instead_of(node) or instead
    return Refused(f"{name_of(node)} cannot be asked through the gate.", remedy)


def only(node: exp.Expression, *allowed: str) -> None:
    """Refuse a node that carries more than the parts which are read."""
    for part, value in node.args.items():
        if part not in allowed and value not in (None, False, []):
            raise refused(value[0] if isinstance(value, list) else value)


def bare_name(node: Any) -> str:
    """A bare, unqualified name."""
    if type(node) is not exp.Column:
        raise refused(node)
    only(node, "this")
    return identifier(node.this)


def identifier(node: Any) -> str:
    """The text of a plain name, in lower case."""
    if type(node) is not exp.Identifier:
        raise refused(node)
    name = str(node.this).lower()
    if not name.isascii():
        raise Refused("Names here are written in plain letters.", FORM)
    return name


def string_of(node: Any) -> str:
    """The text between single quotes."""
    if type(node) is not exp.Literal or not node.args.get("is_string"):
        if type(node) is exp.Literal:
            raise Refused("A value is written as text in single quotes.", CONDITIONS)
        raise refused(node, CONDITIONS)
    only(node, "this", "is_string")
    return str(node.this)

"""What tables, columns and types of an epoch are called in SQL. Names come from declarations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

#: What is published where an export says nothing.
UNKNOWN: Final = "unknown"

#: Runs SQL with bound values and gives its rows.
Fetch = Callable[..., list[tuple[Any, ...]]]


def quoted(name: str) -> str:
    """A name as an SQL identifier. All names come from checked declarations."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """A text as an SQL literal, for the few places where none can be bound."""
    return "'" + str(text).replace("'", "''") + "'"


def enum_type(fact: str, dimension: str) -> str:
    """The ENUM of a fact's dimension, as an SQL identifier."""
    return quoted(f"{fact}.{dimension}")


#: Which persons are in a fact's sample: keys are HMACs, so their last bits are as good as drawn.
ONE_PERSON_IN: Final = 16
IN_SAMPLE: Final = f"(person & {ONE_PERSON_IN - 1}) = 0"


def sample_table(fact: str) -> str:
    """The table with the rows of one person in 16, for checks that want no more."""
    return f"{fact}.sample"


def side_table(fact: str, labels: Sequence[str], *, by_week: bool) -> str:
    """The table of a fact with no other labels, by week and month or by month alone."""
    return f"{fact} by {', '.join((*labels, 'week' if by_week else 'month'))}"


def open_table(fact: str) -> str:
    """The events whose outcomes are not settled yet, one by one; nothing can be asked of it."""
    return f"{fact}.open"

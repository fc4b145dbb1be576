"""SQL as a way to write a Query; never executed."""

from __future__ import annotations

from vitrail.gate.store import FactStore
from vitrail.model import Query


def parse_sql(text: str, store: FactStore) -> Query:
    """Read SQL as a question; what it cannot say is refused in one plain sentence."""
    raise NotImplementedError

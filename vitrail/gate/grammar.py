"""What may be asked: a Query against a fact's declaration."""

from __future__ import annotations

from vitrail.gate.store import FactStore
from vitrail.model import Query


def validate(query: Query, store: FactStore) -> None:
    """Raise :class:`~vitrail.errors.Refused` where the gate would not answer the question."""
    raise NotImplementedError

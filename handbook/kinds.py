"""Every kind of line that the ledger may hold, and the keys that each carries."""

from __future__ import annotations

from handbook.tables import code, table
from vitrail.ledger.kinds import KINDS


def page() -> str:
    """One table; keys that may be absent stand in brackets."""
    return table(
        ("kind", "tells that", "keys"),
        (
            (
                code(name),
                kind.words,
                ", ".join(
                    [*map(code, kind.required), *(f"({code(key)})" for key in kind.optional)]
                ),
            )
            for name, kind in KINDS.items()
        ),
    )

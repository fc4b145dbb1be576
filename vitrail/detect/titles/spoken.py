"""A column's name as people would say it."""

from __future__ import annotations

from typing import Final

#: Names that say little by themselves: the name, the number, the text of what?
_BARE: Final = frozenset(
    {"name", "nom", "nombre", "nome", "naam", "title", "label", "value", "number", "code", "text",
     "body", "content", "data", "first", "last", "full", "line1", "line2", "address"}
)  # fmt: skip


def spoken_name(column: str, table: str) -> str:
    """The name as people would say it: a bare ``Name`` in a table ``Tracks`` is a track's name,
    ``cardholder.status`` a status, ``cardholder.name`` a cardholder's name."""
    *parents, leaf = [part for part in column.replace("[]", "").split(".") if part] or [column]
    if leaf.strip().casefold() not in _BARE:
        return leaf
    return f"{(parents[-1] if parents else table).strip().removesuffix('s')} {leaf}"

"""What is said of what was not looked at, though the input was read to its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: As many columns as a sentence names.
_NAMED: Final = 3


def bytes_unread(cells: int, columns: Sequence[str]) -> str:
    """What is said of cells that hold no text."""
    told = f" of {_listed(columns)}" if columns else ""
    hold, was = ("holds", "was") if cells == 1 else ("hold", "were")
    many = "" if cells == 1 else "s"
    return f"{cells:,} cell{many}{told} {hold} bytes that are no text and {was} not looked at."


def names_sampled(columns: Sequence[str]) -> str:
    """What is said of columns of whose texts the models read a part."""
    return (
        f"Of the texts of {_listed(columns)} the models that know names read a part, the others "
        "were held against the list of first names; columns.json says for each column what share "
        "was read and what follows for the rest. With --names all they read every text."
    )


def _listed(columns: Sequence[str]) -> str:
    told = ", ".join(columns[:_NAMED])
    more = len(columns) - _NAMED
    return f"{told} and {more:,} more columns" if more > 0 else told

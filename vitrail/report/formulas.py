"""Text that a spreadsheet would run as a formula, made text for it again."""

from __future__ import annotations

from typing import Final, TypeVar

#: What spreadsheets begin a formula with (OWASP, "CSV injection"), in full width too.
_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

T = TypeVar("T")


def defused(cell: T) -> T | str:
    """The cell, with an apostrophe in front where it is such a text; numbers stay numbers."""
    risky = isinstance(cell, str) and cell.lstrip(" ").startswith(_BEGINNINGS)
    return f"'{cell}" if risky else cell

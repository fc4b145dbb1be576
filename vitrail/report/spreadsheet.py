"""Cells that a spreadsheet reads as text."""

from __future__ import annotations

from typing import Any, Final

#: A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV injection").
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: Any) -> Any:
    """The value; a text that would be run as a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value

"""Whether what was decoded is a text, or bytes that only chance made one."""

from __future__ import annotations

from typing import Final

_SPACES: Final = str.maketrans("", "", "\t\r\n")


def printable(text: str) -> bool:
    """Whether ``text`` holds nothing but signs, blanks and lines' ends."""
    return text.translate(_SPACES).isprintable()

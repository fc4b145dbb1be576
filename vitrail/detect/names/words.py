"""Words as names are made of them: first names by the list, and capitals."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from vitrail.detect.names.first_names import first_names, without_accents

WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

ESCAPED: Final = re.compile(r"\\+[\"']")
"""A quotation mark in JSON within JSON; a backslash before anything else belongs to a path."""


class Lists:
    """The list of first names, read when first asked."""

    def __init__(self, cache: Path | None) -> None:
        self._known: Callable[[], frozenset[str]] = lambda: first_names(cache)

    def is_first_name(self, word: str) -> bool:
        """Whether the word, in whatever case and with or without accents, is a first name."""
        small = word.casefold()
        known = self._known()
        return small in known or without_accents(small) in known

    def has_first_name(self, text: str) -> bool:
        """Whether one of the first three words is a first name."""
        return any(self.is_first_name(word) for word in WORD.findall(text)[:3])


def is_capital(text: str) -> bool:
    """Whether it begins with a capital, or a part of it does, as in ``d'Arc`` and ``van Dam``."""
    return any(word[0].isupper() for word in re.split(r"[\s'’\-]+", text) if word)

"""Stages of schools by country: who says to be in one is of a known age, more or less."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from vitrail.detect.minors.vocabulary import compiled, read


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of school: how somebody says to be in it, and the ages of who is.

    ``named``: the words are the stage's name alone.
    """

    language: str
    words: re.Pattern[str]
    named: bool
    low: int
    high: int


@cache
def stages() -> tuple[Stage, ...]:
    """The stages of schools of all countries."""
    return tuple(
        Stage(
            _SPOKEN.get(country, country),
            compiled(rf"(?<!\w)(?:{row.get('words') or row['named']})"),
            "named" in row,
            row["low"],
            row["high"],
        )
        for country, rows in read("schools").items()
        for row in rows
    )


#: The language of a country's schools, where it is not called as the country is.
_SPOKEN: Final[Mapping[str, str]] = {"gb": "en", "us": "en"}

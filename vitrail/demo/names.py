"""The catalogue of names by origin, read once from ``texts/names.yaml``."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

TEXTS: Final = Path(__file__).parent / "texts"

#: Letters that do not decompose into a base letter and an accent.
_SPELT: Final = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "æ": "ae"})


@dataclass(frozen=True, slots=True)
class Names:
    """First and last names, streets and kinds of firm of one origin."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    street: tuple[str, ...]
    firm: tuple[str, ...]


@cache
def catalogue() -> dict[str, Names]:
    """All origins, by the key that a :class:`~vitrail.demo.countries.Country` names."""
    raw = yaml.safe_load((TEXTS / "names.yaml").read_text("utf-8"))
    return {
        origin: Names(**{part: tuple(str(v) for v in values) for part, values in parts.items()})
        for origin, parts in raw.items()
    }


def plain(name: str) -> str:
    """A name as it goes into an e-mail address: ``Noémie de Vries`` → ``noemie-de-vries``."""
    letters = unicodedata.normalize("NFKD", name.lower().translate(_SPELT))
    return "".join(c for c in letters if c.isascii() and (c.isalnum() or c in "- ")).replace(
        " ", "-"
    )

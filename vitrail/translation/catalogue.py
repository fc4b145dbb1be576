"""One language's words, read from its catalogue when they are first needed.

The catalogue is the ``.po`` file itself, which people read and review: nothing compiled lies
beside it that could be older than it, and a fresh checkout needs no step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from vitrail.translation.speaking import CATALOGUES, SOURCE

_CACHED: Final = 8


@dataclass(frozen=True, slots=True)
class Catalogue:
    """``words`` as gettext looks them up; ``pairs`` are English and told, one form each."""

    words: NullTranslations
    pairs: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=_CACHED)
def catalogue(code: str) -> Catalogue:
    """The catalogue of a language; an empty one for English."""
    if code == SOURCE:
        return Catalogue(NullTranslations())
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        read = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return Catalogue(GNUTranslations(compiled), tuple(_pairs(read)))


def _pairs(read: object) -> Iterator[tuple[str, str]]:
    for message in read:  # type: ignore[attr-defined]
        if not message.id or message.fuzzy:
            continue
        if message.pluralizable:
            yield from ((e, t) for e, t in zip(message.id, message.string, strict=False) if t)
        elif message.string:
            yield message.id, message.string

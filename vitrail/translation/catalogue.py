"""One language's words, read from its catalogue when they are first needed.

The catalogue is the ``.po`` file itself, which people read and review: nothing compiled lies
beside it that could be older than it, and a fresh checkout needs no step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from vitrail.translation.speaking import CATALOGUES, SOURCE

_CACHED: Final = 8
_FACES: Final = ("pages/", "vitrail/ui/", "vitrail/report/")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """``words`` as gettext looks them up; ``pairs`` are English and told, one form each.

    ``finished`` are those of lower floors, which reach a page with their values in them.
    """

    words: NullTranslations
    pairs: tuple[tuple[str, str], ...] = ()
    finished: frozenset[str] = frozenset()


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
    pairs = tuple(_pairs(read))
    finished = frozenset(str(message.id) for message in read if _is_finished(message))
    return Catalogue(GNUTranslations(compiled), pairs, finished)


def _is_finished(message: Message) -> bool:
    return any(not place.startswith(_FACES) for place, _line in message.locations)


def _pairs(read: Catalog) -> Iterator[tuple[str, str]]:
    for message in read:
        if not message.id or message.fuzzy:
            continue
        for english, told in zip(_forms(message.id), _forms(message.string), strict=False):
            if told:
                yield english, told


def _forms(words: str | Sequence[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())

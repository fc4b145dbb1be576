"""What companies call tables and columns: names compared without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

_SEAMS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OTHER: Final = re.compile(r"[^a-z0-9]+")
#: A misspelling is this alike to the right name.
_ALIKE: Final = 0.86


@cache
def _read() -> Mapping[str, Mapping[str, Any]]:
    text = Path(__file__).with_suffix(".yaml").read_text("utf-8")
    entries: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return entries


@cache
def plain(name: str) -> str:
    """``Créé le`` as ``cree le``, ``closedAt`` as ``closed at``."""
    apart = _SEAMS.sub(" ", name.replace("ß", "ss"))
    bare = "".join(c for c in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(c))
    return _OTHER.sub(" ", bare.casefold()).strip()


def column_likeness(exported: str, table: str, column: str) -> float:
    """How much an exported name says that it is the canonical column, 0 to 1."""
    return _likeness(plain(exported.rpartition(".")[2] or exported), _column_names(table, column))


def table_likeness(name: str, table: str) -> float:
    """How much the name of a file, sheet or table says what canonical table it feeds, 0 to 1."""
    return _likeness(plain(name), (plain(table), *_read()["tables"].get(table, ())))


@cache
def words_for(word: str) -> frozenset[str]:
    """What exports say for a word of a closed vocabulary, itself among it."""
    return frozenset({plain(word), *_read()["words"].get(word, ())})


@cache
def codes(kind: str) -> frozenset[str]:
    """The ``currencies``, ``countries`` or ``yes_no`` that a column is known by."""
    listed: Any = _read()["codes"][kind]
    return frozenset(str(listed).split())


@cache
def _column_names(table: str, column: str) -> tuple[str, ...]:
    entries = _read()["columns"]
    return (plain(column), *entries.get(column, ()), *entries.get(f"{table}.{column}", ()))


@cache
def _likeness(name: str, known: tuple[str, ...]) -> float:
    if not name:
        return 0.0
    if name == known[0]:
        return 1.0
    if name in known:
        return 0.9 - 0.001 * min(known.index(name), 90)
    return max(_nearly(name, other) for other in known)


def _nearly(name: str, other: str) -> float:
    mine, others = set(name.split()), set(other.split())
    if len(others) > 1 and others < mine:
        return 0.75
    if len(name) > 4 and len(other) > 4 and SequenceMatcher(None, name, other).ratio() >= _ALIKE:
        return 0.7
    if len(others) == 1 and len(mine) <= 3 and others < mine and len(other) > 3:
        return 0.55
    return 0.0

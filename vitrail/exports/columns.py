"""Names of exported columns as mappings write them, found in what an export really has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from vitrail.model import Column, ColumnType, Dataset

_END_OF_A_PART: Final = re.compile(r"[.\[]")


def folded(name: str) -> str:
    """A name without regard to case, blanks around it, or how its accents are composed."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def find(name: str, dataset: Dataset) -> str | None:
    """The exported column that a mapping means by ``name``, None where there is none.

    The very name wins; else the only one that differs by case or blanks; else a path into JSON
    that a column of text keeps (``metadata.order_id`` where there is a column ``metadata``).
    """
    if (own := standing(name, dataset)) is not None:
        return own
    head, point, _ = name.partition(".")
    return name if point and "[" not in name and _is_text(head, dataset) else None


def standing(name: str, dataset: Dataset) -> str | None:
    """The same, of columns that the export shows by itself: what text may hold does not count."""
    names = _names(dataset.columns)
    if name in names:
        return name
    alike = [other for other, spelt in names.items() if spelt == folded(name)]
    return alike[0] if len(alike) == 1 else None


def there(name: str, dataset: Dataset, columns: Mapping[str, object]) -> bool:
    """Whether an expression may name it: DuckDB does not mind case, and knows structs' fields."""
    if name in columns or find(name, dataset) is not None:
        return True
    head, point, _ = name.partition(".")
    return bool(point) and find(head, dataset) is not None


def covers(used: Iterable[str], leaf: str) -> bool:
    """Whether one of the used columns is the leaf, holds it, or reaches into it."""
    own = folded(leaf)
    return any(
        own == name or own.startswith((f"{name}.", f"{name}[")) or name.startswith(f"{own}.")
        for name in map(folded, used)
    )


@lru_cache(maxsize=1_000)  # a mapping asks each export for hundreds of names
def _names(columns: tuple[Column, ...]) -> Mapping[str, str]:
    """Leaf columns, and what they are parts of (``event_params[].key`` has ``event_params``), each
    with how it is compared."""
    names = {column.name for column in columns}
    for column in columns:
        names.update(column.name[: part.start()] for part in _END_OF_A_PART.finditer(column.name))
    return {name: folded(name) for name in names}


def _is_text(name: str, dataset: Dataset) -> bool:
    return any(c.name == name and c.type is ColumnType.TEXT for c in dataset.columns)

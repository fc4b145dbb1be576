"""Names of exported columns as mappings write them, found in what an export really has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from vitrail.model import ColumnType, Dataset

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
    names = _names(dataset)
    if name in names:
        return name
    alike = {other for other in names if folded(other) == folded(name)}
    return alike.pop() if len(alike) == 1 else None


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


def _names(dataset: Dataset) -> dict[str, None]:
    """Leaf columns, and what they are parts of: ``event_params[].key`` has ``event_params``."""
    names: dict[str, None] = {}
    for column in dataset.columns:
        names[column.name] = None
        for part in _END_OF_A_PART.finditer(column.name):
            names.setdefault(column.name[: part.start()])
    return names


def _is_text(name: str, dataset: Dataset) -> bool:
    return any(c.name == name and c.type is ColumnType.TEXT for c in dataset.columns)

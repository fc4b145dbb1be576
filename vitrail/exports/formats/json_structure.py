"""The structure of JSON records as DuckDB writes it: what holds what, and how several merge."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from vitrail.exports.formats.flattening import unique
from vitrail.model import Column, ColumnType

#: The column of a record that is no object.
VALUE: Final = "value"
MIXED: Final = "MIXED"
EMPTY: Final = "EMPTY"
NOTHING: Final = ("NULL", EMPTY)

_TYPES: Final = {
    "BIGINT": ColumnType.INTEGER,
    "UBIGINT": ColumnType.INTEGER,
    "HUGEINT": ColumnType.INTEGER,
    "DOUBLE": ColumnType.FLOAT,
    "BOOLEAN": ColumnType.BOOLEAN,
}


def merged(kinds: Iterable[str]) -> Any:
    """The structure that holds what each of the given ones holds."""
    whole: Any = "NULL"
    for kind in kinds:
        whole = _merge(whole, _normal(json.loads(kind)))
    return whole


def columns_of(structure: Any) -> tuple[Column, ...]:
    """The leaf columns of a structure."""
    leaves = [
        leaf
        for key, inner in (
            structure.items() if isinstance(structure, dict) else ((VALUE, structure),)
        )
        for leaf in _leaves(key, inner)
    ]
    names = unique([name for name, _ in leaves])
    return tuple(Column(n, kind) for n, (_, kind) in zip(names, leaves, strict=True))


def has_mixed(structure: Any) -> bool:
    """Whether a key holds now an object or a list, now something else."""
    if isinstance(structure, dict):
        return any(map(has_mixed, structure.values()))
    if isinstance(structure, list):
        return any(map(has_mixed, structure))
    return bool(structure == MIXED)


def as_texts(structure: Any) -> Any:
    """The same structure with every leaf a text."""
    if isinstance(structure, dict):
        return {key: as_texts(inner) for key, inner in structure.items()}
    if isinstance(structure, list):
        return [as_texts(structure[0])]
    return "VARCHAR"


def _normal(structure: Any, in_list: bool = False) -> Any:
    """One record's structure without DuckDB's "JSON": an empty object or, of several elements of a
    list or what they hold, unlike ones."""
    if isinstance(structure, dict):
        return {key: _normal(inner, in_list) for key, inner in structure.items()}
    if isinstance(structure, list):
        return [_normal(structure[0], in_list=True)]
    if structure == "JSON":
        return MIXED if in_list else EMPTY
    return structure


def filled(structure: Any) -> Any:
    """The structure without the keys that hold nothing in any record."""
    if isinstance(structure, dict):
        inner = {key: filled(value) for key, value in structure.items()}
        return {key: value for key, value in inner.items() if value not in NOTHING} or EMPTY
    if isinstance(structure, list):
        element = filled(structure[0])
        return EMPTY if element in NOTHING else [element]
    return structure


def _merge(one: Any, other: Any) -> Any:
    if one in ("NULL", other) or other == "NULL":
        return other if one == "NULL" else one
    if EMPTY in (one, other):
        rest = one if other == EMPTY else other
        return rest if isinstance(rest, dict | list) else MIXED
    if isinstance(one, dict) and isinstance(other, dict):
        return {
            key: _merge(one.get(key, "NULL"), other.get(key, "NULL")) for key in {**one, **other}
        }
    if isinstance(one, list) and isinstance(other, list):
        return [_merge(one[0], other[0])]
    if isinstance(one, str) and isinstance(other, str):
        return MIXED if MIXED in (one, other) else _wider(one, other)
    return MIXED


def _wider(one: str, other: str) -> str:
    numbers = {"BIGINT", "UBIGINT", "HUGEINT"}
    if {one, other} <= numbers:
        return "BIGINT"
    return "DOUBLE" if {one, other} <= numbers | {"DOUBLE"} else "VARCHAR"


def _leaves(name: str, structure: Any) -> Iterator[tuple[str, ColumnType]]:
    if isinstance(structure, dict):
        for key, inner in structure.items():
            yield from _leaves(f"{name}.{key}", inner)
    elif isinstance(structure, list):
        yield from _leaves(f"{name}[]", structure[0])
    else:
        yield name, _TYPES.get(structure, ColumnType.TEXT)


def depth(structure: Any) -> int:
    """How many objects and lists are nested in each other."""
    if isinstance(structure, dict):
        return 1 + max(map(depth, structure.values()), default=0)
    return 1 + depth(structure[0]) if isinstance(structure, list) else 0

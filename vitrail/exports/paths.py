"""Where a nested exported column lies: ``messages[].author.email`` as SQL.

Every ``[]`` turns one exported row into one row for each item of that list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vitrail.exports.formats.loading import quote_literal, quote_name


@dataclass(frozen=True, slots=True)
class Place:
    """``sql`` gives the column once each list in ``lists`` is unrolled, outermost first.

    A list is named by its path (``messages[]``), and so is the column of its items.
    """

    sql: str
    lists: tuple[tuple[str, str], ...]


def locate(path: str, types: Mapping[str, Any]) -> Place | None:
    """Find ``path`` in the relation's columns (name → DuckDB type), None where it is not."""
    roots = [c for c in types if path == c or path.startswith((f"{c}.", f"{c}[]"))]
    if not roots:
        return None
    root = max(roots, key=len)
    return _walk(root, path[len(root) :], quote_name(root), types[root])


def _walk(done: str, rest: str, sql: str, kind: Any) -> Place | None:
    lists: list[tuple[str, str]] = []
    while rest:
        if rest.startswith("[]"):
            if kind.id not in {"list", "array"}:
                return None
            done, rest = f"{done}[]", rest[2:]
            lists.append((done, sql))
            sql, kind = quote_name(done), kind.children[0][1]
            continue
        if kind.id in {"varchar", "json"}:  # JSON kept as text in a column of its own
            steps = "".join(f'."{step}"' for step in rest[1:].split("."))
            found = f"TRY(json_extract_string({sql}, {quote_literal('$' + steps)}))"
            return Place(found, tuple(lists))
        if kind.id != "struct":
            return None
        fields = dict(kind.children)
        names = [f for f in fields if rest == f".{f}" or rest.startswith((f".{f}.", f".{f}[]"))]
        if not names:
            return None
        name = max(names, key=len)
        done, rest = f"{done}.{name}", rest[len(name) + 1 :]
        sql, kind = f"struct_extract({sql}, {quote_literal(name)})", fields[name]
    return Place(sql, tuple(lists))

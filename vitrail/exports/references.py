"""What a query speaks of: which tables, and whether it wants to know whom a row is about."""

from __future__ import annotations

from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from vitrail.exports.canonical import CANONICAL
from vitrail.exports.views import KEY_COLUMNS


@lru_cache(maxsize=256)
def _parsed(sql: str) -> exp.Expression | None:
    try:
        return sqlglot.parse_one(sql, read="duckdb")
    except SqlglotError:
        return None


def named_tables(sql: str) -> frozenset[str]:
    """The canonical tables that a query names; all of them where it cannot be told."""
    tree = _parsed(sql)
    if tree is None:
        return frozenset(CANONICAL)
    return frozenset(t.name for t in tree.find_all(exp.Table) if t.name in CANONICAL)


def asks_for_keys(sql: str) -> bool:
    """Whether a query may use a key column: by name, by a star, or in ways not understood."""
    tree = _parsed(sql)
    if tree is None:
        return True
    stars = (s for s in tree.find_all(exp.Star) if not isinstance(s.parent, exp.Count))
    if next(stars, None) is not None or tree.find(exp.Columns) is not None:
        return True
    return any(i.name.casefold() in KEY_COLUMNS for i in tree.find_all(exp.Identifier))

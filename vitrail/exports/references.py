"""What a query speaks of: which tables, and whether it wants to know whom a row is about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from vitrail.exports.canonical import CANONICAL
from vitrail.exports.views import KEY_COLUMNS

#: A query is asked about several times by whoever runs it, and the house's own come again at every
#: check: the answers are small, so that many can be kept.
_asked_before = lru_cache(maxsize=1024)


@lru_cache(maxsize=256)
def _parsed(sql: str) -> exp.Expression | None:
    try:
        return sqlglot.parse_one(sql, read="duckdb")
    except SqlglotError:
        return None


@_asked_before
def named_tables(sql: str) -> frozenset[str]:
    """The canonical tables that a query names; all of them where it cannot be told."""
    tree = _parsed(sql)
    if tree is None:
        return frozenset(CANONICAL)
    return frozenset(t.name for t in tree.find_all(exp.Table) if t.name in CANONICAL)


@_asked_before
def named_columns(sql: str) -> frozenset[str] | None:
    """Every name that a query mentions, its columns among them; None where a star, or what is not
    understood, may mean any."""
    tree = _parsed(sql)
    if tree is None or _has_star(tree):
        return None
    return frozenset(i.name.casefold() for i in tree.find_all(exp.Identifier))


@_asked_before
def keyed_tables(sql: str) -> frozenset[str]:
    """The canonical tables of which a query may use a key column: by its name, by a star, or in
    ways not understood."""
    tree = _parsed(sql)
    if tree is None or _has_star(tree):
        return named_tables(sql)
    keys = [i for i in tree.find_all(exp.Identifier) if i.name.casefold() in KEY_COLUMNS]
    return frozenset().union(*(_may_be_of(key, named_tables(sql)) for key in keys))


@_asked_before
def followed_tables(sql: str) -> frozenset[str]:
    """The canonical tables of whose rows a query asks whom they are about: it reads a key column
    of theirs. Those that are not understood are left out."""
    tree = _parsed(sql)
    if tree is None:
        return frozenset()
    keys = (c for c in tree.find_all(exp.Column) if c.name.casefold() in KEY_COLUMNS)
    return frozenset(table for column in keys if (table := _table_of(column)) is not None)


def _table_of(column: exp.Column) -> str | None:
    """The canonical table behind a column's alias, which may be one of a query around its own."""
    for select in _selects_around(column):
        for source in _sources(select):
            if source.alias_or_name == column.table:
                is_table = isinstance(source, exp.Table) and source.name in CANONICAL
                return source.name if is_table else None
    return None


def _may_be_of(key: exp.Identifier, named: frozenset[str]) -> frozenset[str]:
    """Which of the ``named`` tables a mentioned key column may be of."""
    place = key.parent
    if isinstance(place, exp.Alias | exp.TableAlias):  # it names what the query itself made
        return frozenset()
    if not isinstance(place, exp.Column):
        return named
    around = _selects_around(place)
    if not place.table:
        return named.intersection(source.name for select in around for source in _sources(select))
    behind = (s for select in around for s in _sources(select) if s.alias_or_name == place.table)
    source = next(behind, None)
    if source is None:  # what it is a part of is not told
        return named
    return named.intersection([source.name]) if isinstance(source, exp.Table) else frozenset()


def _selects_around(node: exp.Expression) -> Iterator[exp.Select]:
    select = node.find_ancestor(exp.Select)
    while select is not None:
        yield select
        select = select.find_ancestor(exp.Select)


def _has_star(tree: exp.Expression) -> bool:
    """Whether a star stands for columns of a canonical table, not of a step of the query alone."""
    stars = [s for s in tree.find_all(exp.Star) if not isinstance(s.parent, exp.Count)]
    return tree.find(exp.Columns) is not None or any(map(_reaches_a_table, stars))


def _reaches_a_table(star: exp.Expression) -> bool:
    select = star.find_ancestor(exp.Select)
    if select is None:
        return True
    return any(isinstance(one, exp.Table) and one.name in CANONICAL for one in _sources(select))


def _sources(select: exp.Select) -> list[exp.Expression]:
    """What a SELECT reads and joins."""
    first = select.args.get("from") or select.args.get("from_")
    joins = (first, *(select.args.get("joins") or ()))
    return [one.this for one in joins if one is not None]

"""The rows of an export as a mapping sees them: lists unrolled, names given, rows chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vitrail.exports.expressions import Expression
from vitrail.exports.faults import fault
from vitrail.exports.formats.loading import quote_name
from vitrail.exports.mapping import Exported, Feed
from vitrail.exports.paths import Place, locate
from vitrail.model import InputFile


def scope_of(
    feed: Feed, view: str, types: Mapping[str, Any]
) -> tuple[str, dict[str, Place], list[InputFile]]:
    """A FROM item over ``view`` (its columns by DuckDB type), and where each exported path lies.

    The third is what could not be placed: two lists side by side have no rows in common.
    """
    wanted = [c.column for c in feed.columns.values() if isinstance(c, Exported)]
    named = [n for c in feed.columns.values() if isinstance(c, Expression) for n in c.columns]
    if feed.where is not None:
        named += feed.where.columns
    located = {path: locate(path, types) for path in (*wanted, *named)}
    places = {path: place for path, place in located.items() if place is not None}
    chain, faults = _chain(feed, places)
    scope = quote_name(view)
    for name, sql in chain:
        scope = f"(SELECT *, unnest({sql}) AS {quote_name(name)} FROM {scope})"
    if aliases := _aliases(feed, named, places, types):
        listed = ", ".join(f"{sql} AS {quote_name(name)}" for name, sql in aliases.items())
        scope = f"(SELECT *, {listed} FROM {scope})"
    if feed.where is not None:
        scope = f"(SELECT * FROM {scope} WHERE {feed.where.sql})"
    return scope, places, faults


def _chain(
    feed: Feed, places: dict[str, Place]
) -> tuple[tuple[tuple[str, str], ...], list[InputFile]]:
    """The lists to unroll: the deepest, and those around it. A list beside it has no place."""
    deepest = max((p.lists for p in places.values()), key=len, default=())
    faults = []
    for path in [p for p, place in places.items() if place.lists != deepest[: len(place.lists)]]:
        del places[path]
        reason = f"{feed.mapping.place} unrolls two lists side by side; “{path}” is left out."
        remedy = "Write a source of its own for the second list."
        faults.append(fault(feed.dataset.name, feed.dataset.table, reason, remedy, read=True))
    return deepest, faults


def _aliases(
    feed: Feed, named: Sequence[str], places: Mapping[str, Place], types: Mapping[str, Any]
) -> dict[str, str]:
    """What an expression may name beside columns: canonical names and nested paths."""
    taken = {name.casefold() for name in types}
    aliases: dict[str, str] = {}
    for name in named:
        target = feed.columns.get(name)
        if name.casefold() in taken or name in aliases:
            continue
        if isinstance(target, Exported) and target.column in places:
            aliases[name] = places[target.column].sql
        elif name in places and ("[" in name or "." in name):
            aliases[name] = places[name].sql
    return aliases

"""A feed bound to its export: the SELECT that gives canonical rows, and what to count in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import duckdb

from vitrail.exports import casts
from vitrail.exports.canonical import CANONICAL, CONTACT_TABLE
from vitrail.exports.expressions import Expression
from vitrail.exports.faults import fault
from vitrail.exports.formats.loading import quote_literal, quote_name
from vitrail.exports.mapping import Feed
from vitrail.exports.relations import ROW, relation
from vitrail.exports.scope import scope_of
from vitrail.exports.wording import expected_form
from vitrail.model import InputFile

if TYPE_CHECKING:
    from vitrail.exports.catalog import Catalog

#: Hidden columns of a bound feed: the addresses that keys are made of.
EMAIL: Final = "__email"
GUARDIAN: Final = "__guardian_email"
_HIDDEN: Final = {"email": EMAIL, "guardian_email": GUARDIAN}
#: Which export a row is of, where several are put together.
OF_DATASET: Final = "__dataset"
OF_TABLE: Final = "__table"

_CONTACT: Final = ("name", "email", "phone", "address_line")


@dataclass(frozen=True, slots=True)
class Check:
    """What a column loses: values that are ``given`` and not ``kept`` were ``words``.

    Of times: ``zoneless`` are those that say no zone where the source declares none; ``naive``
    where that is all of them, by their type.
    """

    column: str
    given: str
    kept: str
    words: str
    zoneless: str | None = None
    time: bool = False
    naive: bool = False


@dataclass(frozen=True, slots=True)
class BoundFeed:
    """A source's export open as ``view``, whose columns have these ``types``.

    ``chosen`` are its exported values under canonical names, as they stand, out of ``scope``, a
    FROM item over the view; ``typed`` the canonical columns and hidden e-mails out of those.
    """

    feed: Feed
    view: str
    types: tuple[tuple[str, str], ...]
    chosen: str
    scope: str
    typed: str
    checks: tuple[Check, ...]
    faults: tuple[InputFile, ...]
    fed: frozenset[str] = field(default_factory=frozenset)

    @property
    def rows(self) -> str:
        """The exported values under canonical names, with ``_row``."""
        return f"SELECT {self.chosen}{ROW} FROM {self.scope}"

    @property
    def select(self) -> str:
        """The canonical rows, each column typed, with ``_dataset``, ``_table`` and ``_row``."""
        dataset, table = self._place
        named = f"{dataset} AS _dataset, {table} AS _table"
        return f"SELECT {self.typed}, {named}, {ROW} FROM ({self.rows})"

    @property
    def _place(self) -> tuple[str, str]:
        """The names of the dataset and of the table within it, as SQL."""
        place = self.feed.dataset
        inside = "CAST(NULL AS VARCHAR)" if place.table is None else quote_literal(place.table)
        return quote_literal(place.name), inside

    def reads_like(self, other: BoundFeed) -> bool:
        """Whether the same SQL over the other's export gives the canonical rows of that one."""
        mine, its = quote_name(self.view), quote_name(other.view)
        return (
            (self.types, self.chosen, self.typed) == (other.types, other.chosen, other.typed)
            and self.scope.replace(mine, its) == other.scope
            and not any(name.casefold() in {OF_DATASET, OF_TABLE} for name, _ in self.types)
        )


def select_of(alike: Sequence[BoundFeed]) -> str:
    """The canonical rows of exports that are read alike, one after the other.

    They are put together as they stand, and their values worked out behind that: the engine plans
    these once, and not once an export.
    """
    first = alike[0]
    if len(alike) == 1:
        return first.select
    exports = " UNION ALL ".join(
        f"SELECT *, {dataset} AS {OF_DATASET}, {table} AS {OF_TABLE} FROM {quote_name(one.view)}"
        for one in alike
        for dataset, table in (one._place,)
    )
    scope = first.scope.replace(quote_name(first.view), f"({exports})")
    rows = f"SELECT {first.chosen}{OF_DATASET}, {OF_TABLE}, {ROW} FROM {scope}"
    named = f"{OF_DATASET} AS _dataset, {OF_TABLE} AS _table"
    return f"SELECT {first.typed}, {named}, {ROW} FROM ({rows})"


#: How times without a zone are told of; a wizard that asks for the zone looks for it.
NO_ZONE: Final = "say no zone and none is declared"


def source_view(number: int) -> str:
    """The name of the view over one export as it stands."""
    return f"_source_{number}"


def bind(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog, feed: Feed, view: str
) -> BoundFeed:
    """Open the export as ``view`` and compile the feed; raises ``InputUnreadable``."""
    opened = relation(connection, feed.dataset, catalog)
    opened.create_view(view, replace=True)
    types = dict(zip(opened.columns, opened.types, strict=True))
    scope, places, faults = scope_of(feed, view, types)
    raw = {
        c: f"TRY{choice.sql}" if isinstance(choice, Expression) else places[choice.column].sql
        for c, choice in feed.columns.items()
        if isinstance(choice, Expression) or choice.column in places
    }
    kinds = _kinds(connection, scope, raw)
    faults += [_unfit(feed, c) for c in raw if c not in kinds]
    chosen = ", ".join(f"{raw[c]} AS {quote_name(c)}" for c in kinds)
    columns = {c: _column(feed, c, kind) for c, kind in kinds.items()}
    return BoundFeed(
        feed=feed,
        view=view,
        types=tuple((name, str(kind)) for name, kind in types.items()),
        chosen=f"{chosen}, " if chosen else "",
        scope=scope,
        typed=_typed(feed, kinds, columns),
        checks=tuple(_checks(feed, kinds, columns)),
        faults=(*faults, *_naive_times(feed, kinds)),
        fed=frozenset(kinds),
    )


# --- from the export to raw columns ---------------------------------------------------------


def _kinds(
    connection: duckdb.DuckDBPyConnection, scope: str, raw: Mapping[str, str]
) -> dict[str, str]:
    """The DuckDB type of each column that can be bound; those that cannot are left out."""
    if not raw:
        return {}
    listed = ", ".join(f"{sql} AS {quote_name(column)}" for column, sql in raw.items())
    try:
        described = connection.execute(f"DESCRIBE SELECT {listed} FROM {scope}").fetchall()
        return {column: kind for column, (_, kind, *_) in zip(raw, described, strict=True)}
    except duckdb.InterruptException:
        raise  # someone's wish, not the export's fault
    except duckdb.Error:
        if len(raw) <= 1:
            return {}
        single = [_kinds(connection, scope, {column: sql}) for column, sql in raw.items()]
        return {column: kind for kinds in single for column, kind in kinds.items()}


# --- from raw columns to canonical ones -----------------------------------------------------


def _typed(feed: Feed, kinds: Mapping[str, str], columns: Mapping[str, str]) -> str:
    table = CANONICAL[feed.table]
    worked_out = _worked_out(feed, kinds)
    parts = []
    for column, target in table.columns.items():
        sql = columns.get(column) or worked_out.get(column) or f"CAST(NULL AS {target})"
        parts.append(f"{sql} AS {quote_name(column)}")
    for column, hidden in _HIDDEN.items():
        if column in kinds:
            parts.append(f"{_address(column, kinds)} AS {hidden}")
    return ", ".join(parts)


def _address(column: str, kinds: Mapping[str, str]) -> str:
    return casts.identifier(quote_name(column), kinds[column])


def _worked_out(feed: Feed, kinds: Mapping[str, str]) -> dict[str, str]:
    """``has_pii`` of the row itself, where no export says it."""
    table = CANONICAL[feed.table]
    contact = _CONTACT if table.name == CONTACT_TABLE else ("email",)
    given = [casts.present(quote_name(c), kinds[c]) for c in contact if c in kinds]
    return {"has_pii": f"({' OR '.join(given)})"} if "has_pii" in table.columns and given else {}


def _column(feed: Feed, column: str, kind: str) -> str:
    """The canonical column, from the raw one of the same name."""
    table, sql = CANONICAL[feed.table], quote_name(column)
    target = table.columns.get(column)
    if target is None:  # an address that only makes a key
        return sql
    values, vocabulary = feed.mapping.values.get(column, {}), table.vocabularies.get(column)
    reading = casts.Reading(feed.mapping.dates, feed.timezone)
    if values or vocabulary:
        words = casts.translate(casts.text(sql, kind), values, vocabulary, target)
        return casts.convert(words, "VARCHAR", target, reading)
    if column.endswith(("_id", "_key", "_ref")) or column == "id":
        return casts.identifier(sql, kind)
    if column == "currency":
        return f"upper({casts.identifier(sql, kind)})"
    return casts.convert(sql, kind, target, reading)


def _checks(feed: Feed, kinds: Mapping[str, str], columns: Mapping[str, str]) -> list[Check]:
    table, checks = CANONICAL[feed.table], []
    for column, kind in kinds.items():
        target, sql = table.columns.get(column), quote_name(column)
        given, words = casts.present(sql, kind), expected_form(feed, column)
        if column in _HIDDEN:
            kept = rf"regexp_matches({casts.text(sql, kind)}, '\S@\S')"
            checks.append(Check(column, given, kept, words))
        elif target not in {"VARCHAR", "JSON", kind} or column in table.vocabularies:
            if target == "TIMESTAMPTZ" and kind == casts.ZONED:
                continue
            kept, time = f"({columns[column]}) IS NOT NULL", target == "TIMESTAMPTZ"
            bare = time and feed.timezone is None
            zoneless = f"written_zoneless(trim({sql}))" if bare and casts.is_text(kind) else None
            naive = bare and casts.is_naive(kind)
            checks.append(Check(column, given, kept, words, zoneless, time, naive))
    return checks


# --- faults ---------------------------------------------------------------------------------


def _unfit(feed: Feed, column: str) -> InputFile:
    kind = "derive" if isinstance(feed.columns[column], Expression) else "columns"
    reason = (
        f"{feed.mapping.place} {kind}.{column} does not fit the columns of {feed.dataset.label}."
    )
    remedy = f"Mend {kind}.{column} in vitrail.toml: the names, the types, or the function."
    return fault(feed.dataset.name, feed.dataset.table, reason, remedy, read=True)


def _naive_times(feed: Feed, kinds: Mapping[str, str]) -> list[InputFile]:
    """Typed times without a zone, where the mapping declares none (control META-04)."""
    targets = CANONICAL[feed.table].columns
    columns = [
        column
        for column, kind in kinds.items()
        if targets.get(column) == "TIMESTAMPTZ" and casts.is_naive(kind)
    ]
    return [] if feed.timezone is not None or not columns else [zoneless(feed, columns)]


def zoneless(feed: Feed, columns: list[str]) -> InputFile:
    """The note on times that say no zone."""
    named = ", ".join(columns)
    reason = f"{feed.mapping.place}: the times of {named} {NO_ZONE}; they are taken as UTC."
    remedy = f'Write timezone = "Europe/Paris", or the zone that holds, under {feed.mapping.place}.'
    return fault(feed.dataset.name, feed.dataset.table, reason, remedy, read=True)

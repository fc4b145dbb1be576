"""Rows by the key that their own system knows them by: what its owner needs to mend them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from vitrail.exports.canonical import CANONICAL
from vitrail.exports.mapping import Exported, Feed
from vitrail.promises import Violation
from vitrail.promises.scan_tables import claims_of
from vitrail.trace.rows import rows_of

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore
    from vitrail.model import Control, Dataset

_NAME: Final = "keys_to_mend"
Place = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class RowKey:
    """One row to be mended. ``key`` as exported in ``key_column``; ``row`` counts from 0 in the
    dataset; ``column`` is where a finding is; ``at`` and ``why`` are a broken promise's."""

    system: str | None
    dataset: str | None
    table: str | None
    key_column: str | None
    key: str | None = field(repr=False)
    row: int | None
    column: str | None = None
    at: datetime | None = None
    why: str = ""


def systems_of(keys: Iterable[RowKey]) -> tuple[str, ...]:
    return tuple(sorted({key.system for key in keys if key.system}))


def of_violations(
    store: CanonicalStore, control: Control, found: Sequence[Violation]
) -> tuple[RowKey, ...]:
    """The rows that break a control, each where its key leads to."""
    table = control.needs[0][0]
    feeds = claims_of(store)
    places = _by_key(store, table, {v.key for v in found})
    return tuple(
        key
        for violation in found
        for key in (
            _canonical(violation, places[violation.key], table, feeds)
            if violation.key in places
            else [_parsed(violation, table, store, feeds)]
        )
    )


def of_rows(
    store: CanonicalStore, dataset: Dataset, column: str, rows: Iterable[int]
) -> Iterator[RowKey]:
    """Rows of one dataset, with the key that the mapping knows for it, read from the export."""
    place = (dataset.name, dataset.table)
    own = claims_of(store).get(place, [])
    system, exported = _system(own), _key_column(own)
    wanted = sorted(set(rows))
    known: dict[int, str] = {}
    if exported is not None and wanted:
        cells = rows_of(store.catalog, dataset, set(wanted))
        known = {cell.row: cell.text for cell in cells if cell.column == exported}
    for row in wanted:
        yield RowKey(system, *place, exported, known.get(row), row, column)


def _by_key(
    store: CanonicalStore, table: str, keys: set[str]
) -> Mapping[str, list[tuple[Place, int]]]:
    """Where the rows of a canonical table with these keys stand."""
    column = _first_key(store, table)
    if column is None:
        return {}
    store.register(_NAME, pa.table({"key": pa.array(sorted(keys), pa.string())}))
    rows = store.query(
        f"SELECT CAST(t.{column} AS VARCHAR) AS key, t._dataset, t._table, t._row FROM {table} t "
        f"SEMI JOIN {_NAME} AS k ON CAST(t.{column} AS VARCHAR) = k.key ORDER BY ALL"
    )
    found: dict[str, list[tuple[Place, int]]] = {}
    for row in rows.to_pylist():
        found.setdefault(row["key"], []).append(((row["_dataset"], row["_table"]), row["_row"]))
    return found


def _first_key(store: CanonicalStore, table: str) -> str | None:
    if table not in CANONICAL or table not in store.tables:
        return None
    columns = store.tables[table].columns
    return next((c for c in CANONICAL[table].key if c in columns), None)


def _canonical(
    violation: Violation,
    places: Sequence[tuple[Place, int]],
    table: str,
    feeds: Mapping[Place, list[Feed]],
) -> Iterator[RowKey]:
    for place, row in places:
        own = [feed for feed in feeds.get(place, []) if feed.table == table]
        column = _key_column(own)
        yield RowKey(_system(own), *place, column, violation.key, row,
                     at=violation.at, why=violation.why)  # fmt: skip


def _parsed(
    violation: Violation, table: str, store: CanonicalStore, feeds: Mapping[Place, list[Feed]]
) -> RowKey:
    """A key that is a place itself (``dataset|table|…|row``), or one that leads nowhere."""
    parts = violation.key.split("|")
    places = {(d.name, d.table) for d in store.catalog.datasets}
    place: Place = (parts[0], parts[1] if len(parts) > 1 else None)
    if place not in places:
        place = (parts[0], None)
    at, why = violation.at, violation.why
    if place not in places:
        mapped = store.tables[table].datasets if table in store.tables else ()
        systems = {_system(feeds.get((d.name, d.table), [])) for d in mapped}
        system = systems.pop() if len(systems) == 1 else None
        return RowKey(system, None, None, None, violation.key, None, at=at, why=why)
    row = int(parts[-1]) if len(parts) > 1 and parts[-1].isdigit() else None
    return RowKey(_system(feeds.get(place, [])), *place, None, None, row, at=at, why=why)


def _system(feeds: Iterable[Feed]) -> str | None:
    return next((s for feed in feeds if (s := feed.mapping.system)), None)


def _key_column(feeds: Iterable[Feed]) -> str | None:
    """The exported column that is the key of a canonical table which the dataset feeds."""
    for feed in feeds:
        for canonical in CANONICAL[feed.table].key:
            source = feed.columns.get(canonical)
            if isinstance(source, Exported):
                return source.column
    return None

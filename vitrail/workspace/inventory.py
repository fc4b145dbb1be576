"""The inventory: dataset by column by kind of data, with category, recipients and retention.

It goes by what COL-01 reads: the columns and cells of the last scan, the categories of the policy,
the kinds that are left aside, and what auditors decided. What is collected stands beside what the
policy says is collected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import vitrail.scan as scanning
from vitrail.detect.entities import plain_words
from vitrail.errors import UsageError
from vitrail.exports.mapping import Feed
from vitrail.model import (
    ColumnVerdict,
    Declared,
    FindingStatus,
    Held,
    Inventory,
    RunState,
    ScanRun,
)
from vitrail.promises import Policy
from vitrail.promises.scan_tables import claims_of
from vitrail.scan.tally import logical_source
from vitrail.workspace.checks import controls_of, policy_of
from vitrail.workspace.importing import open_store
from vitrail.workspace.recipients import Registered, registered

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore
    from vitrail.workspace.open_workspace import OpenWorkspace

#: Canonical columns by which the company itself says how old someone is.
_AGES: Final = frozenset(
    {"profiles.declared_birth_date", "profiles.declared_birth_year", "profiles.declared_age"}
)
_ORDER: Final = tuple(Declared)
Place = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class _Grounds:
    """What a row is judged by."""

    policy: Policy
    categories: Mapping[str, str]  # entity type → category
    aside: frozenset[str]
    dismissed: frozenset[tuple[str, str | None, str, str]]
    claims: Mapping[Place, list[Feed]]
    systems: Mapping[str, str]
    owners: Mapping[str, str]
    recipients: tuple[Registered, ...]


def inventory(workspace: OpenWorkspace) -> Inventory:
    """What the last finished scan saw, row by row; what is not declared comes first."""
    run, policy = _last_scan(workspace), policy_of(workspace)
    with open_store(workspace) as store:
        grounds = _grounds(workspace, store, policy)
    rows = _together(row for column in run.columns for row in _rows(column, grounds))
    rows.sort(key=lambda r: (_ORDER.index(r.declared), not r.whole, r.words, r.dataset, r.column))
    seen = {row.category for row in rows}
    unseen = (c.name for c in policy.categories if c.entity_types and c.name not in seen)
    return Inventory(tuple(rows), tuple(unseen), run.id, policy.version)


def _together(rows: Iterable[Held]) -> list[Held]:
    """Dated exports of one name as one row."""
    found: dict[tuple[object, ...], Held] = {}
    for row in rows:
        table = row.table and logical_source(row.table)
        key = (logical_source(row.dataset), table, row.column, row.entity_type, row.whole)
        one = found.get(key)
        found[key] = row if one is None else replace(
            one, cells=one.cells + row.cells, files=one.files + 1,
            dataset=logical_source(row.dataset), table=table,
        )  # fmt: skip
    return list(found.values())


def _last_scan(workspace: OpenWorkspace) -> ScanRun:
    for record in workspace.ledger.runs():
        folder = Path(record.directory)
        if (
            record.kind == "scan"
            and record.state is RunState.DONE
            and (folder / "run.json").exists()
        ):
            return scanning.load(folder)
    raise UsageError("Nothing was scanned yet.", "An inventory is of a scan: `vitrail scan`.")


def _grounds(workspace: OpenWorkspace, store: CanonicalStore, policy: Policy) -> _Grounds:
    (collection,) = controls_of(["COL-01"])
    dismissed = workspace.ledger.findings(FindingStatus.DISMISSED)
    return _Grounds(
        policy,
        {kind: category.name for category in policy.categories for kind in category.entity_types},
        frozenset(dict(collection.parameters)["left_aside"]),
        frozenset((f.dataset, f.table, f.column, f.entity_type) for f in dismissed),
        claims_of(store),
        workspace.settings.systems,
        workspace.settings.owners,
        registered(store, policy),
    )


def _rows(column: ColumnVerdict, grounds: _Grounds) -> Iterator[Held]:
    place = (column.dataset, column.table)
    feeds = grounds.claims.get(place, [])
    names = {
        f"{feed.table}.{canonical}"
        for feed in feeds
        for exported, canonical in feed.exported()
        if exported == column.column
    }
    fed = tuple(sorted(names))
    kinds: dict[str, tuple[int, bool]] = {kind: (cells, False) for kind, cells in column.hits}
    if column.verdict is not None:
        kinds[column.verdict] = (kinds.get(column.verdict, (column.non_null, True))[0], True)
    if _AGES.intersection(fed) and column.non_null:
        kinds["DATE_OF_BIRTH"] = (column.non_null, True)
    for kind, (cells, whole) in sorted(kinds.items()):
        yield _row(column, kind, cells, whole, fed, feeds, grounds)


def _row(
    column: ColumnVerdict,
    kind: str,
    cells: int,
    whole: bool,
    fed: tuple[str, ...],
    feeds: list[Feed],
    grounds: _Grounds,
) -> Held:
    category = grounds.categories.get(kind)
    system = next((s for f in feeds if (s := f.mapping.system)), None)
    retention, source = _retention(feeds, grounds)
    return Held(
        system=system,
        owner=grounds.owners.get(system or ""),
        dataset=column.dataset,
        table=column.table,
        column=column.column,
        feeds=fed,
        entity_type=kind,
        words=plain_words(kind),
        cells=cells,
        files=1,
        whole=whole,
        declared=_declared(column, kind, feeds, grounds),
        category=category,
        recipients=tuple(_recipients(system, category, grounds)),
        retention=retention,
        source=source,
    )


def _declared(column: ColumnVerdict, kind: str, feeds: list[Feed], grounds: _Grounds) -> Declared:
    if feeds and feeds[0].mapping.role == "processor":
        return Declared.PROCESSOR
    if kind in grounds.categories:
        return Declared.YES
    if kind in grounds.aside:
        return Declared.ASIDE
    table = column.table and logical_source(column.table)
    for dataset in (column.dataset, logical_source(column.dataset)):
        for inside in (column.table, table):
            if (dataset, inside, column.column, kind) in grounds.dismissed:
                return Declared.DISMISSED
    return Declared.NO


def _recipients(system: str | None, category: str | None, grounds: _Grounds) -> Iterator[str]:
    """Who keeps the system itself, and who is registered for the category."""
    names = (system, grounds.systems.get(system)) if system else ()
    for one in grounds.recipients:
        if one.keeps(names) or one.gets(category):
            yield one.name


def _retention(feeds: list[Feed], grounds: _Grounds) -> tuple[str, str]:
    """The period that the policy file gives for a canonical table which the dataset feeds."""
    tables = {feed.table for feed in feeds}
    for period in grounds.policy.periods:
        if tables.intersection(period.tables):
            return period.words, period.source
    return "", ""


def record(row: Held) -> dict[str, Any]:
    """One row as JSON and CSV have it."""
    return {
        "system": row.system,
        "owner": row.owner,
        "dataset": row.dataset,
        "table": row.table,
        "column": row.column,
        "feeds": list(row.feeds),
        "entity_type": row.entity_type,
        "data": row.words,
        "cells": row.cells,
        "files": row.files,
        "whole_column": row.whole,
        "declared": row.declared.value,
        "category": row.category,
        "recipients": list(row.recipients),
        "retention": row.retention,
        "retention_source": row.source,
    }

"""Tables about the scan and the exports as a whole, which the caller of a check registers.

``scan_hits`` comes from the scan as it is. All live in the memory of this process alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from vitrail.model import ColumnVerdict, Finding

if TYPE_CHECKING:
    from vitrail.config import Settings
    from vitrail.exports.mapping import Feed
    from vitrail.exports.store import CanonicalStore

_TEXT, _COUNT = pa.string(), pa.int64()

#: The tables of a scan, with the columns that controls may name.
SCAN_SCHEMAS: Final[Mapping[str, pa.Schema]] = {
    "scan_hits": pa.schema(
        {
            "dataset": _TEXT,
            "table": _TEXT,
            "column": _TEXT,
            "path": pa.list_(pa.int32()),
            "row": _COUNT,
            "entity_type": _TEXT,
            "start": pa.int32(),
            "end": pa.int32(),
            "score": pa.float32(),
            "recognizer": _TEXT,
            "fingerprint": _TEXT,
            "masked": _TEXT,
        }
    ),
    "scan_columns": pa.schema(
        {
            "dataset": _TEXT,
            "table": _TEXT,
            "column": _TEXT,
            "rows": _COUNT,
            "non_null": _COUNT,
            "examined": _COUNT,
            "verdict": _TEXT,
        }
    ),
    "scan_datasets": pa.schema(
        {
            "dataset": _TEXT,
            "table": _TEXT,
            "system": _TEXT,
            "role": _TEXT,
            "rows": _COUNT,
            "cells": _COUNT,
        }
    ),
    "scan_minors": pa.schema(
        {
            "dataset": _TEXT,
            "table": _TEXT,
            "column": _TEXT,
            "row": _COUNT,
            "level": _TEXT,
            "signal": _TEXT,
            "age_low": pa.int32(),
            "age_high": pa.int32(),
            "as_of": pa.date32(),
            "start": pa.int32(),
            "end": pa.int32(),
            "score": pa.float32(),
        }
    ),
    "scan_reviews": pa.schema(
        {"dataset": _TEXT, "table": _TEXT, "column": _TEXT, "entity_type": _TEXT, "status": _TEXT}
    ),
}


def datasets_table(store: CanonicalStore) -> pa.Table:
    """``scan_datasets``: every dataset, the system it came from, and on whose behalf it is held.

    ``system`` is null where no source of ``vitrail.toml`` claims the dataset; ``role`` is then
    ``controller``, the stricter reading. ``rows`` and ``cells`` are null where nobody counted.
    """
    claims = claims_of(store)
    rows = {(i.name, i.table): i.rows for i in store.inputs}
    records = []
    for dataset in store.catalog.datasets:
        feeds = claims.get((dataset.name, dataset.table), [])
        count = rows.get((dataset.name, dataset.table), rows.get((dataset.name, None)))
        records.append(
            {
                "dataset": dataset.name,
                "table": dataset.table,
                "system": next((s for f in feeds if (s := f.mapping.system)), None),
                "role": feeds[0].mapping.role if feeds else "controller",
                "rows": count,
                "cells": None if count is None else count * len(dataset.columns),
            }
        )
    return pa.Table.from_pylist(records, SCAN_SCHEMAS["scan_datasets"])


def columns_table(columns: Iterable[ColumnVerdict]) -> pa.Table:
    """``scan_columns``: how much of each column the scan saw, and what it took the whole for."""
    names = SCAN_SCHEMAS["scan_columns"].names
    return pa.Table.from_pylist(
        [{name: getattr(c, name) for name in names} for c in columns], SCAN_SCHEMAS["scan_columns"]
    )


def reviews_table(findings: Iterable[Finding]) -> pa.Table:
    """``scan_reviews``: what a human decided of each finding; the undecided read ``open``."""
    return pa.Table.from_pylist(
        [
            {
                "dataset": f.dataset,
                "table": f.table,
                "column": f.column,
                "entity_type": f.entity_type,
                "status": f.status.value,
            }
            for f in findings
        ],
        SCAN_SCHEMAS["scan_reviews"],
    )


def systems_covered(store: CanonicalStore, settings: Settings) -> tuple[int, int] | None:
    """How many systems of ``[systems]`` have an export, of how many; None without a register."""
    if not settings.systems:
        return None
    claims = claims_of(store).values()
    covered = {feed.mapping.system for feeds in claims for feed in feeds}
    return sum(1 for system in settings.systems if system in covered), len(settings.systems)


def claims_of(store: CanonicalStore) -> dict[tuple[str, str | None], list[Feed]]:
    """The sources that read each dataset, in the order of ``vitrail.toml``."""
    claims: dict[tuple[str, str | None], list[Feed]] = {}
    for feed in store.feeds:
        claims.setdefault((feed.dataset.name, feed.dataset.table), []).append(feed)
    return claims

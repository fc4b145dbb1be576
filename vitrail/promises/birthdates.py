"""Birth dates that can be read two ways: 03/04/2009 where nobody said which part is the day.

The canonical date of such a cell is null, for a guess would be worse. A control on age needs
no guess: it takes both readings and is sure only where they agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from vitrail.detect.minors import birth_of
from vitrail.model import ColumnType

if TYPE_CHECKING:
    from vitrail.exports.mapping import Feed
    from vitrail.exports.store import CanonicalStore

SCHEMA: Final = pa.schema(
    {
        "dataset": pa.string(),
        "table": pa.string(),
        "row": pa.int64(),
        "early": pa.date32(),
        "late": pa.date32(),
    }
)


def birth_readings(
    store: CanonicalStore, claims: Mapping[tuple[str, str | None], Sequence[Feed]]
) -> pa.Table:
    """``birth_readings``: the earliest and latest reading of each such cell, by dataset and row.

    ``claims`` are the sources that read each dataset. A cell is read as a scan reads it; one of
    which a part is over twelve has one reading, in both columns.
    """
    records = [
        record
        for feeds in claims.values()
        for feed in feeds
        if (column := _undeclared(feed)) is not None
        for record in _readings(store, feed, column)
    ]
    return pa.Table.from_pylist(records, SCHEMA)


def _undeclared(feed: Feed) -> str | None:
    """The exported column of birth dates, where it is text and the order of its parts is open."""
    column: str | None = getattr(feed.columns.get("declared_birth_date"), "column", None)
    if feed.table != "profiles" or feed.mapping.dates.format or feed.mapping.dates.day_first:
        return None
    kind = next((c.type for c in feed.dataset.columns if c.name == column), None)
    return column if kind is ColumnType.TEXT else None


def _readings(store: CanonicalStore, feed: Feed, column: str) -> Iterator[dict[str, Any]]:
    place = {"dataset": feed.dataset.name, "table": feed.dataset.table}
    for batch in store.catalog.open(feed.dataset).batches(columns=[column]):
        for chunk in batch.chunks:
            rows = range(batch.first_row, batch.first_row + len(chunk.values))
            for row, text in zip(
                rows if chunk.rows is None else chunk.rows, chunk.values.to_pylist(), strict=True
            ):
                if text and (birth := birth_of(text)) is not None:
                    days = {"early": birth.earliest, "late": birth.latest}
                    yield place | {"row": int(row), **days}

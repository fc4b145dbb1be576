"""Tables about the exports as files: which there are, and under which headers they hold what.

They are made from the store alone, so that a control that needs them always has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from vitrail.exports.looking import CARD_NUMBERS

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore

_TEXT: Final = pa.string()

EXPORT_SCHEMAS: Final[Mapping[str, pa.Schema]] = {
    "export_files": pa.schema(
        {"file": _TEXT, "table": _TEXT, "sha256": _TEXT, "rows": pa.int64(), "status": _TEXT}
    ),
    "export_times": pa.schema(
        {
            "source": _TEXT,
            "dataset": _TEXT,
            "table": _TEXT,
            "column": _TEXT,
            "given": pa.int64(),
            "unread": pa.int64(),
            "zoneless": pa.int64(),
        }
    ),
    "export_headers": pa.schema({"dataset": _TEXT, "table": _TEXT, "column": _TEXT}),
}


def files_table(store: CanonicalStore) -> pa.Table:
    """``export_files``: each file or table that can be read; ``rows`` null where nobody counted."""
    return pa.Table.from_pylist(
        [
            {
                "file": i.name,
                "table": i.table,
                "sha256": i.sha256,
                "rows": i.rows,
                "status": i.status.value,
            }
            for i in store.inputs
        ],
        EXPORT_SCHEMAS["export_files"],
    )


def times_table(store: CanonicalStore) -> pa.Table:
    """``export_times``: each mapped column of times, what of it was no time or said no zone."""
    return pa.Table.from_pylist([asdict(t) for t in store.times], EXPORT_SCHEMAS["export_times"])


def headers_table(store: CanonicalStore) -> pa.Table:
    """``export_headers``: every header of every dataset, mapped or not.

    Of a file that was refused for its card numbers, the header that it was refused for.
    """
    refused = [i for i in store.catalog.unreadable if CARD_NUMBERS in (i.reason or "")]
    return pa.Table.from_pylist(
        [
            *(
                {"dataset": d.name, "table": d.table, "column": c.name}
                for d in store.catalog.datasets
                for c in d.columns
            ),
            *({"dataset": i.name, "table": i.table, "column": "card.number"} for i in refused),
        ],
        EXPORT_SCHEMAS["export_headers"],
    )

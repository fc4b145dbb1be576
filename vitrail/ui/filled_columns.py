"""The columns of a table in which something stands."""

from __future__ import annotations

from collections.abc import Sequence


def filled_columns(rows: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """The rows without the columns that are empty in every one."""
    heads = rows[0] if rows else {}
    kept = [head for head in heads if any(row[head] not in (None, "") for row in rows)]
    return [{head: row[head] for head in kept} for row in rows]

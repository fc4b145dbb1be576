"""True numbers of cells: distinct accounts, sums and outcomes, from columns of what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from vitrail.demo.trade import Ints


def month_of(at: Ints) -> pa.Array:
    """The first day of the month of each moment."""
    return pa.array(at.astype("datetime64[s]").astype("datetime64[M]").astype("datetime64[D]"))


def cells(
    columns: Mapping[str, Any], by: Sequence[str], sums: Sequence[str], outcomes: Sequence[str]
) -> pa.Table:
    """One row a combination of ``by``, in its order.

    ``persons`` are its distinct accounts; sums are over all rows, and of each outcome it is told
    how many of the accounts it is true of.
    """
    table = pa.table({name: columns[name] for name in (*by, "account", *sums, *outcomes)})
    measured = [*((name, "sum") for name in sums), *((name, "max") for name in outcomes)]
    each = table.group_by([*by, "account"]).aggregate(measured)
    each = each.rename_columns({f"{name}_{how}": name for name, how in measured})
    added = [("account", "count"), *((name, "sum") for name in (*sums, *outcomes))]
    total = each.group_by(list(by)).aggregate(added)
    total = total.rename_columns({f"{name}_{how}": name for name, how in added})
    total = total.rename_columns({"account": "persons"})
    return total.sort_by([(name, "ascending") for name in by])


def cells_by_value(
    columns: Mapping[str, Any],
    dimensions: Sequence[str],
    sums: Sequence[str],
    outcomes: Sequence[str],
) -> pa.Table:
    """:func:`cells` of each month, once for each dimension: ``month, dimension, value, …``."""
    parts = []
    for dimension in dimensions:
        part = cells(columns, ("month", dimension), sums, outcomes)
        part = part.rename_columns({dimension: "value"})
        parts.append(part.add_column(1, "dimension", pa.array([dimension] * len(part))))
    return pa.concat_tables(parts)

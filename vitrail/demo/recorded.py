"""What web analytics recorded, read back from the files that were written of it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from vitrail.demo.company import Company


def recorded(company: Company) -> pa.Table:
    """Device, time, whether something was stored for advertising, and the place of each event."""
    tables = []
    for path in sorted((company.exports / "ga4").glob("*.parquet")):
        table = ds.dataset(path).to_table(
            columns=["user_pseudo_id", "event_timestamp", "privacy_info"]
        )
        ads = pc.equal(pc.struct_field(table["privacy_info"], "ads_storage"), "Yes")
        name = path.relative_to(company.exports).as_posix()
        tables.append(
            table.drop_columns(["privacy_info"])
            .append_column("ads", ads)
            .append_column(
                "place", pa.array([f"{name}|{n}" for n in range(len(table))], pa.string())
            )
        )
    return pa.concat_tables(tables)


def devices_by_use(events: pa.Table) -> list[dict[str, Any]]:
    """Every device with its first and last event, the least used first."""
    devices = events.group_by("user_pseudo_id").aggregate(
        [("event_timestamp", "min"), ("event_timestamp", "max"), ("event_timestamp", "count"),
         ("ads", "any")]
    )  # fmt: skip
    order = [("event_timestamp_count", "ascending"), ("user_pseudo_id", "ascending")]
    found: list[dict[str, Any]] = devices.sort_by(order).to_pylist()
    return found

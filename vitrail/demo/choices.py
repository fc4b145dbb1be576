"""Privacy choices made in the browser, against what web analytics then recorded."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from vitrail.demo.company import Company
from vitrail.demo.erasure import moment
from vitrail.demo.files import write_csv

CHOICES: Final = "web/privacy_settings.csv"

_DEVICES: Final = 8
_BROKEN: Final = 2


def write_choices(company: Company) -> None:
    """Who turned personalised advertising off, or on; two devices stored for it all the same.

    Read from the analytics that were just written, so that each choice is of a device that is
    there.
    """
    events = _events(company)
    devices = events.group_by("user_pseudo_id").aggregate(
        [("event_timestamp", "min"), ("event_timestamp", "count"), ("ads", "any")]
    )
    order = [("event_timestamp_count", "ascending"), ("user_pseudo_id", "ascending")]
    found = devices.sort_by(order).to_pylist()
    stored = [d for d in found if d["ads_any"]][:_BROKEN]
    others = [d for d in found if not d["ads_any"]][: _DEVICES - _BROKEN]
    rows: list[tuple[Any, ...]] = []
    for device in (*stored, *others):
        at = moment(device["event_timestamp_min"] // 1_000_000 - 3600)
        rows.append((device["user_pseudo_id"], "personalised_ads", "off", at))
    write_csv(company.place(CHOICES), ("device", "name", "value", "changed_at"), rows)
    _note(company, events, {d["user_pseudo_id"] for d in stored}, {r[0] for r in rows})


def _events(company: Company) -> pa.Table:
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


def _note(company: Company, events: pa.Table, stored: set[str], chosen: set[str]) -> None:
    truth = company.truth
    mask = pc.is_in(events["user_pseudo_id"], pa.array(sorted(chosen), pa.string()))
    for event in events.filter(mask).to_pylist():
        truth.counts("ADS-01")
        if event["user_pseudo_id"] in stored and event["ads"]:
            truth.breaks("ADS-01", event["place"], "stored after it was turned off")

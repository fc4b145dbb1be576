"""Privacy choices made in the browser, against what web analytics then recorded."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from vitrail.demo.company import Company
from vitrail.demo.erasure import moment
from vitrail.demo.files import write_csv
from vitrail.demo.recorded import devices_by_use

CHOICES: Final = "web/privacy_settings.csv"

_DEVICES: Final = 8
_BROKEN: Final = 2


def write_choices(company: Company, events: pa.Table) -> set[str]:
    """Who turned personalised advertising off; two devices stored for it all the same.

    Each is a device of ``events``, those that web analytics recorded. Returns the devices.
    """
    found = devices_by_use(events)
    stored = [d for d in found if d["ads_any"]][: company.truth.some(_BROKEN, "ADS-01")]
    others = [d for d in found if not d["ads_any"]][: _DEVICES - _BROKEN]
    rows: list[tuple[Any, ...]] = []
    for device in (*stored, *others):
        at = moment(device["event_timestamp_min"] // 1_000_000 - 3600)
        rows.append((device["user_pseudo_id"], "personalised_ads", "off", at))
    write_csv(company.place(CHOICES), ("device", "name", "value", "changed_at"), rows)
    chosen = {str(row[0]) for row in rows}
    _note(company, events, {d["user_pseudo_id"] for d in stored}, chosen)
    return chosen


def _note(company: Company, events: pa.Table, stored: set[str], chosen: set[str]) -> None:
    truth = company.truth
    mask = pc.is_in(events["user_pseudo_id"], pa.array(sorted(chosen), pa.string()))
    for event in events.filter(mask).to_pylist():
        truth.counts("ADS-01")
        if event["user_pseudo_id"] in stored and event["ads"]:
            truth.breaks("ADS-01", event["place"], "stored after it was turned off")

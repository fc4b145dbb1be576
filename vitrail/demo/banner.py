"""The log of the cookie banner: what each browser chose, against what analytics then recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from vitrail.demo.company import Company
from vitrail.demo.consents import ADS, ANALYTICS, cookie_choices, devices
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.files import tokens, write_lines
from vitrail.demo.recorded import devices_by_use
from vitrail.demo.seasonality import DAY, iso

COOKIES: Final = "consents/cookie_consents.ndjson"

#: The account whose choice on the banner cannot be proven.
_UNPROVEN: Final = 7

#: What is wrong with a browser: it never chose, chose too late, or was measured after a refusal.
_FAULTS: Final = (("never", "COO-01"), ("late", "COO-01"), ("refused", "COO-02"))


def write_banner(company: Company, events: pa.Table, chosen: set[str]) -> None:
    """Write the log; three browsers that are not among ``chosen`` were measured all the same."""
    free = (d for d in devices_by_use(events) if d["user_pseudo_id"] not in chosen)
    whys = [why for why, control in _FAULTS if company.truth.plants(control)]
    faults = dict(zip(whys, free, strict=False))
    for why, device in faults.items():
        _note(company, events, why, device)
    wrong = {device["user_pseudo_id"]: why for why, device in faults.items()}
    write_lines(company.place(COOKIES), _lines(company, wrong, _refusal(faults)))


def _refusal(faults: dict[str, Any]) -> int:
    """When the browser that was measured after all refused: a second before its last event."""
    return _last(faults["refused"]) - 1 if "refused" in faults else -1


def _last(device: dict[str, Any]) -> int:
    return int(device["event_timestamp_max"]) // 1_000_000


def _note(company: Company, events: pa.Table, why: str, device: dict[str, Any]) -> None:
    mask = pc.equal(events["user_pseudo_id"], device["user_pseudo_id"])
    control = "COO-02" if why == "refused" else "COO-01"
    since = (_last(device) - 1) * 1_000_000 if why == "refused" else 0
    for event in events.filter(mask).to_pylist():
        if event["event_timestamp"] >= since:
            company.truth.breaks(control, event["place"], f"measured, chose {why}")


def _lines(company: Company, wrong: dict[str, str], refused_at: int) -> Iterator[str]:
    people, rng = company.people, company.streams.of("cookies")
    ids = tokens(rng, len(people), 20)
    draw, keys = cookie_choices(company), devices(company)
    at = people.created - 120
    texts, ends = iso(at, "T", "Z"), iso(at + 180 * DAY, "T", "Z")
    after = iso(pa.array([company.timeline.end, refused_at]).to_numpy(), "T", "Z")
    for index in range(len(people)):
        why = wrong.get(keys[index], "")
        entry = _entry(ids[index], keys[index], draw[index]) | {
            "country": COUNTRIES[int(people.country[index])].code,
            "ts": after[0] if why == "late" else texts[index], "expires_at": ends[index],
        }  # fmt: skip
        if index == _UNPROVEN and company.truth.plants("COO-03"):
            entry["banner_version"] = None
            company.truth.breaks("COO-03", ids[index], "without the banner's version")
        if why != "never":
            yield json.dumps(entry)
        if why == "refused":
            no = _entry(f"{ids[index]}r", keys[index], 1.0)
            yield json.dumps(entry | no | {"ts": after[1]})


def _entry(consent: str, device: str, draw: float) -> dict[str, Any]:
    analytics, ads = bool(draw < ANALYTICS), bool(draw < ADS)
    return {
        "consent_id": consent, "device_key": device, "ts": None, "banner_version": "2024-05",
        "categories": {"analytics": analytics, "ads": ads},
        "action": "accept_all" if ads else ("custom" if analytics else "reject_all"),
    }  # fmt: skip

"""Events inside the product, one Parquet file a month: the bulk of the company's data.

About fifty events an account, drawn month by month with NumPy and never held together.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.demo.activity import ActivityTruth
from vitrail.demo.afterlife import active_afterwards
from vitrail.demo.company import Company
from vitrail.demo.files import write_parquet
from vitrail.demo.people import DEVICES, PLANS, ip_text
from vitrail.demo.product_strays import planted
from vitrail.demo.seasonality import DAY, day_weights, draw_moments, months, seconds
from vitrail.demo.trade import Ints
from vitrail.demo.truth import Column

PER_ACCOUNT: Final = 50

#: Name, page, share, and from which part of the company's history on it exists.
_EVENTS: Final = (
    ("page_view", "/leads", 0.30, 0.0), ("lead_opened", "/leads", 0.20, 0.0),
    ("call_logged", "/calls", 0.12, 0.0), ("search", "/search", 0.09, 0.0),
    ("form_edited", "/forms", 0.07, 0.0), ("export_csv", "/export", 0.03, 0.0),
    ("login", "/login", 0.09, 0.0), ("settings_changed", "/settings", 0.02, 0.0),
    ("score_viewed", "/scoring", 0.10, 0.42), ("planner_used", "/planner", 0.09, 0.76),
)  # fmt: skip
_SPEEDS: Final = 40
_BROWSERS: Final = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/129.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.6 Safari/604.1",
)  # fmt: skip
_SCHEMA: Final = pa.schema([
    ("event_id", pa.string()), ("account_id", pa.string()), ("session_id", pa.string()),
    ("name", pa.string()), ("ts", pa.timestamp("us", "UTC")), ("ip", pa.string()),
    ("user_agent", pa.string()), ("props", pa.string()),
])  # fmt: skip


def draw_activity(
    company: Company, rng: np.random.Generator, first: date, last: date, per_account: float
) -> tuple[Ints, Ints]:
    """Who does something and when in a month, ``per_account`` times over the whole history."""
    month = _draw(company, rng, first, last, _scale(company, per_account))
    return month.account, month.at


def _scale(company: Company, per_account: float) -> float:
    spans = months(company.timeline.first, company.timeline.last)
    return (
        per_account
        * len(company.people)
        / max(1e-9, sum(float(_rates(company, *s).sum()) for s in spans))
    )


@dataclass(frozen=True, slots=True)
class _Month:
    """One month's events as columns of numbers, by time."""

    account: Ints
    at: Ints
    event: Ints
    device: Ints


def write_product(company: Company, activity: ActivityTruth) -> int:
    """Write all months; the number of events."""
    spans = months(company.timeline.first, company.timeline.last)
    scale = _scale(company, PER_ACCOUNT)
    whole = pa.array([ip_text(int(i)) for i in company.people.ip])
    cut = pa.array([ip_text(int(i) & ~255) for i in company.people.ip])  # its last part is 0
    ids = pa.array(company.people.ids, pa.string())
    pool, late = pa.array(_pool()), active_afterwards(company)
    total = 0
    for first, last in spans:
        rng = company.streams.of("product", str(first))
        month = _with_late(_draw(company, rng, first, last, scale), late, first, last)
        if len(month.at) == 0:
            continue
        kept = ~company.fates.erased[month.account]
        activity.add(company.people, month.account[kept], month.at[kept], month.device[kept])
        props = _props(company, rng, month, pool)
        name = f"product/events_{first:%Y%m}.parquet"
        addresses = cut
        if (first, last) == spans[-1] and company.truth.plants("ANA-05"):
            addresses = whole
            company.truth.breaks("ANA-05", name, "whole addresses in the last month")
        table = _table(month, props, ids, addresses, f"{first:%y%m}", first)
        write_parquet(company.place(name), planted(company, rng, name, month.account, table))
        company.truth.declare(Column(name, None, "ip"), "IP_ADDRESS")
        total += len(month.at)
    return total


def _with_late(month: _Month, late: dict[int, int], first: date, last: date) -> _Month:
    """The month with the events of ``late`` (account → moment) that fall into it."""
    inside = {a: at for a, at in late.items() if seconds(first) <= at < seconds(last) + DAY}
    if not inside:
        return month
    none = np.zeros(len(inside), dtype=np.int64)
    account = np.concatenate([month.account, np.array(list(inside))])
    at = np.concatenate([month.at, np.array(list(inside.values()))])
    event, device = (np.concatenate([old, none]) for old in (month.event, month.device))
    by_time = np.argsort(at, kind="stable")
    return _Month(account[by_time], at[by_time], event[by_time], device[by_time])


def _rates(company: Company, first: date, last: date) -> npt.NDArray[np.float64]:
    """Events expected of each account in a month, up to a common factor."""
    people = company.people
    start, end = seconds(first), seconds(last) + DAY
    here = np.clip(
        np.minimum(people.until(company.timeline), end) - np.maximum(people.created, start), 0, None
    )
    age = np.clip((start - people.created) / DAY, 0, None)
    busy = day_weights(first, last).mean()
    idle = np.where(people.deactivated, 0.05, 1.0)
    rate = (here / DAY) * busy * people.vigour * (0.25 + 0.75 * np.exp(-age / people.fade)) * idle
    return np.asarray(rate)


def _draw(
    company: Company, rng: np.random.Generator, first: date, last: date, scale: float
) -> _Month:
    people, weights = company.people, day_weights(first, last)
    count = rng.poisson(_rates(company, first, last) * scale)
    account = np.repeat(np.arange(len(people)), count)
    size = len(account)
    edges = np.cumsum(weights)
    start = seconds(first)
    # days are drawn by their weight between the account's first and last day in the month
    low = np.clip((people.created[account] - start) // DAY, 0, len(weights) - 1)
    high = np.clip((people.until(company.timeline)[account] - start) // DAY, 0, len(weights) - 1)
    floor = np.where(low > 0, edges[low - 1], 0.0)
    day = np.searchsorted(edges, floor + rng.random(size) * (edges[high] - floor), side="right")
    day = np.minimum(day, high)
    at = start + day * DAY + draw_moments(rng, size, people.offset[account])
    at = np.clip(at, people.created[account], people.until(company.timeline)[account])
    own = rng.random(size) < 0.86
    device = np.where(own, people.device[account], rng.integers(0, len(DEVICES), size))
    event = _events(company, rng, at)
    by_time = np.argsort(at, kind="stable")
    return _Month(account[by_time], at[by_time], event[by_time], device[by_time])


def _events(company: Company, rng: np.random.Generator, at: Ints) -> Ints:
    """Which event each is; one that is not launched yet becomes a page view."""
    shares = np.array([share for *_, share, _ in _EVENTS])
    event = rng.choice(len(_EVENTS), len(at), p=shares / shares.sum())
    span = company.timeline.end - company.timeline.start
    launched = company.timeline.start + np.array([e[3] for e in _EVENTS]) * span
    return np.where(at < launched[event], 0, event)


def _pool() -> list[str]:
    """Every text that an event's props can be, in the order that :func:`_props` counts in."""
    return [
        json.dumps({"device": device, "page": page, "plan": plan, "took_ms": 20 + speed * 17})
        for (_, page, _, _), device, plan, speed in product(_EVENTS, DEVICES, PLANS, range(_SPEEDS))
    ]


def _props(company: Company, rng: np.random.Generator, month: _Month, pool: pa.Array) -> pa.Array:
    speed = np.minimum(rng.geometric(0.12, len(month.at)) - 1, _SPEEDS - 1)
    plan = company.people.plan[month.account]
    place = ((month.event * len(DEVICES) + month.device) * len(PLANS) + plan) * _SPEEDS + speed
    return pool.take(pa.array(place))


def _table(
    month: _Month, props: pa.Array, ids: pa.Array, addresses: pa.Array, tag: str, first: date
) -> pa.Table:
    size = len(month.at)
    text = pa.string()
    account = pa.array(month.account)
    number = pc.cast(pa.array(np.arange(size)), text)
    # a session is an account's half day
    half = (month.at - seconds(first)) // (DAY // 2)
    session = pc.cast(pa.array(month.account * 64 + half), text)
    names = pa.array([e[0] for e in _EVENTS]).take(pa.array(month.event))
    return pa.table([
        pc.binary_join_element_wise(f"ev{tag}", number, "-"), ids.take(account),
        pc.binary_join_element_wise(f"s{tag}", session, "-"), names,
        pa.array(month.at * 1_000_000, pa.timestamp("us", "UTC")), addresses.take(account),
        pa.array(_BROWSERS).take(pa.array(month.device)), props,
    ], schema=_SCHEMA)  # fmt: skip

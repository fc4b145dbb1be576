"""Orders: what accounts buy of themselves, and what campaigns make them buy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from vitrail.demo.people import People, Timeline
from vitrail.demo.seasonality import DAY, Seconds, day_weights, draw_days, draw_moments
from vitrail.demo.streams import Streams

Ints = npt.NDArray[np.int64]

#: Product, its kind, price in minor units.
PRODUCTS: Final = (
    ("Lead Pack 50", "Lead packs", 4_900), ("Lead Pack 200", "Lead packs", 14_900),
    ("Starter, a year", "Plans", 22_800), ("Pro, a year", "Plans", 58_800),
    ("Team, a year", "Plans", 118_800),
)  # fmt: skip
STATES: Final = ("paid", "refunded", "failed")

#: Orders a month that an account of each plan places of itself.
_MONTHLY: Final = (0.003, 0.16, 0.24, 0.35)


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders in the order of time. ``campaign`` is an index, -1 where none led to the order."""

    account: Ints
    at: Seconds
    product: Ints
    state: Ints
    campaign: Ints

    def __len__(self) -> int:
        return len(self.account)

    @property
    def amount(self) -> Ints:
        return np.array([price for *_, price in PRODUCTS])[self.product]

    def ids(self) -> list[str]:
        return [f"ORD-{2_400_000 + i * 3}" for i in range(len(self))]


def unprompted(people: People, timeline: Timeline, streams: Streams) -> Orders:
    """What accounts buy without being asked, by plan, season and time since joining."""
    rng = streams.of("orders")
    days = np.maximum(0, (people.until(timeline) - people.created) // DAY - 1)
    rate = np.array(_MONTHLY)[people.plan] * np.minimum(people.vigour, 4.0)
    count = rng.poisson(rate * days / 30.4)
    account = np.repeat(np.arange(len(people)), count)
    at = _moments(rng, people, timeline, account)
    keep = (at > people.created[account] + 3600) & (at < people.until(timeline)[account])
    return order(rng, people, account[keep], at[keep], np.full(int(keep.sum()), -1))


def _moments(
    rng: np.random.Generator, people: People, timeline: Timeline, account: Ints
) -> Seconds:
    weights = day_weights(timeline.first, timeline.last)
    day = draw_days(rng, weights, len(account))
    return timeline.start + day * DAY + draw_moments(rng, len(account), people.offset[account])


def order(
    rng: np.random.Generator, people: People, account: Ints, at: Seconds, campaign: Ints
) -> Orders:
    """Orders at given moments: a product that suits the plan, and how the payment went."""
    size = len(account)
    draw = rng.random(size)
    product = np.where(draw < 0.55, 0, np.where(draw < 0.85, 1, 1 + people.plan[account]))
    state = rng.choice(len(STATES), size, p=(0.945, 0.025, 0.03))
    return Orders(account, at, product.astype(np.int64), state, campaign)


def merge(*parts: Orders) -> Orders:
    """All orders as one, by time."""
    at = np.concatenate([p.at for p in parts])
    by_time = np.argsort(at, kind="stable")
    joined = [
        np.concatenate([getattr(p, name) for p in parts])[by_time]
        for name in ("account", "at", "product", "state", "campaign")
    ]
    return Orders(*joined)

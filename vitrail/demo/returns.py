"""What comes back of orders: every refunded one, wholly or in part, most of them within a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from vitrail.demo.people import Timeline
from vitrail.demo.seasonality import DAY, Seconds
from vitrail.demo.streams import Streams
from vitrail.demo.trade import STATES, Ints, Orders

REASONS: Final = ("not as expected", "bought twice", "no use for it", "quality of the leads")


@dataclass(frozen=True, slots=True)
class Returns:
    """Returns in the order of their orders. ``order`` is the place in :class:`Orders`."""

    order: Ints
    at: Seconds
    amount: Ints
    reason: Ints

    def __len__(self) -> int:
        return len(self.order)


def returns(orders: Orders, timeline: Timeline, streams: Streams) -> Returns:
    """One return for each refunded order; one in four gives back half the money."""
    rng = streams.of("returns")
    order = np.flatnonzero(orders.state == STATES.index("refunded"))
    wait = 3600 + (rng.exponential(9.0, len(order)) * DAY).astype(np.int64)
    amount = orders.amount[order]
    return Returns(
        order,
        np.minimum(orders.at[order] + wait, timeline.end),
        np.where(rng.random(len(order)) < 0.25, amount // 2, amount),
        rng.integers(0, len(REASONS), len(order)),
    )

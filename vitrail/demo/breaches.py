"""The breaches of marketing that are planted: who is mailed and should not have been."""

from __future__ import annotations

from typing import Final

import numpy as np

from vitrail.demo.marketing import HOUR, Marketing
from vitrail.demo.people import People
from vitrail.demo.seasonality import DAY, Seconds
from vitrail.demo.trade import Ints
from vitrail.demo.truth import Truth

#: Indexes of the campaigns at which each is planted.
_AFTER_UNSUBSCRIBING: Final = (10, 20)
_WITHIN_48_HOURS: Final = 15
_REFUSED: Final = 12
_WITHDRAWN: Final = 22
_NO_RECORD: Final = 18

#: The controls that these breaches are of.
MAILED: Final = ("MKT-01", "MKT-02", "MKT-07", "ORD-01", "CNS-01")


def plant(
    rng: np.random.Generator, state: Marketing, people: People, truth: Truth, number: int,
    to: Ints,
) -> Ints:  # fmt: skip
    """Make the breaches of campaign ``number``; returns who is mailed beside the rightful."""
    at, count = state.campaigns[number].at, max(3, len(people) // 1000)
    if number == _REFUSED:
        return _refused(rng, state, people, truth, number, count)
    if number == _NO_RECORD:
        strangers = np.array([-1, -2, -3])[: truth.some(3, "MKT-07")]
        state.plant(number, strangers, "MKT-01", "violations", "no consent on record")
        return strangers
    settled = people.created[to] < at - 30 * DAY
    stays = to[settled & (state.left[to] < 0) & (people.closed[to] < 0)]
    some = rng.choice(stays, min(count, len(stays)), replace=False)
    some = some[: truth.some(count, "CNS-01" if number == _WITHDRAWN else "MKT-02")]
    if number in _AFTER_UNSUBSCRIBING:
        _leave(state, some, at - rng.integers(4 * DAY, 20 * DAY, len(some)), number - 1)
        state.plant(number, some, "MKT-02", "violations", "over 48 hours after unsubscribing")
    elif number == _WITHIN_48_HOURS:
        _leave(state, some, at - rng.integers(2 * HOUR, 40 * HOUR, len(some)), number - 1)
        state.plant(number, some, "MKT-02", "warnings", "within 48 hours of unsubscribing")
    elif number == _WITHDRAWN:
        state.withdrew[some] = at - rng.integers(10 * DAY, 25 * DAY, len(some))
        state.plant(number, some, "MKT-01", "violations", "consent withdrawn in the settings")
    return np.array([], dtype=np.int64)


def _refused(
    rng: np.random.Generator, state: Marketing, people: People, truth: Truth, number: int,
    count: int,
) -> Ints:  # fmt: skip
    here = (people.created < state.campaigns[number].at - HOUR) & (people.closed < 0)
    refused = np.flatnonzero(~state.granted & here)
    chosen = rng.choice(refused, min(count, len(refused)), replace=False)
    chosen = chosen[: truth.some(count, "MKT-01", "ORD-01")]
    state.plant(number, chosen, "MKT-01", "violations", "consent refused, mailed all the same")
    return np.asarray(chosen)


def _leave(state: Marketing, who: Ints, at: Seconds, campaign: int) -> None:
    """Unsubscribed in the mailing tool, which did not tell the consent log: hence the breach."""
    state.left[who] = at
    state.left_by[who] = campaign
    state.told[who] = False

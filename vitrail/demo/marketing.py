"""Consent, mailings, what recipients did, and who was mailed that should not have been.

Everyone meets the consent box just before the account exists. A mailing goes to those whose
last word is yes; the planted breaches are the exceptions, each noted as it is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from vitrail.demo.campaigns import Campaign, audience, campaigns, orders_soon
from vitrail.demo.people import People, Timeline
from vitrail.demo.seasonality import DAY, Seconds
from vitrail.demo.streams import Streams
from vitrail.demo.trade import Ints, Orders, order

HOUR: Final = 3600
ACTIONS: Final = ("open", "click", "unsub", "bounce")
#: Campaign indexes at which breaches are planted.
_AFTER_UNSUBSCRIBING: Final = (10, 20)
_WITHIN_48_HOURS: Final = 15
_REFUSED: Final = 12
_WITHDRAWN: Final = 22
_NO_RECORD: Final = 18


@dataclass(slots=True)
class Marketing:
    """Columns by person and by send. ``account`` -1 in a send is someone outside the accounts."""

    campaigns: tuple[Campaign, ...]
    orders: Orders
    asked: Seconds
    granted: npt.NDArray[np.bool_]
    left: Seconds
    left_by: Ints
    told: npt.NDArray[np.bool_]
    back: Seconds
    withdrew: Seconds
    bounced: npt.NDArray[np.bool_]
    cleaned: npt.NDArray[np.bool_]
    sends: dict[str, npt.NDArray[Any]] = field(default_factory=dict)
    activity: dict[str, npt.NDArray[Any]] = field(default_factory=dict)
    planted: list[tuple[int, int, str, str, str]] = field(default_factory=list)

    def plant(self, campaign: int, accounts: Ints, control: str, level: str, why: str) -> None:
        """Note that these accounts' sends of a campaign break (or nearly break) a control."""
        self.planted += [(campaign, int(a), control, level, why) for a in accounts]


def market(people: People, timeline: Timeline, streams: Streams, before: Orders) -> Marketing:
    """Run all campaigns in the order of time."""
    rng = streams.of("marketing")
    size = len(people)
    never = np.full(size, -1, dtype=np.int64)
    state = Marketing(
        campaigns=campaigns(timeline), orders=before,
        asked=people.created - rng.integers(5, 41, size),
        granted=rng.random(size) < 0.74,
        left=never.copy(), left_by=never.copy(), told=np.ones(size, dtype=bool),
        back=never.copy(), withdrew=never.copy(), bounced=rng.random(size) < 0.008,
        cleaned=np.zeros(size, dtype=bool),
    )  # fmt: skip
    sends: list[dict[str, npt.NDArray[Any]]] = []
    acts: list[tuple[Ints, Ints, Ints, Seconds]] = []
    bought: list[tuple[Ints, Seconds, Ints]] = []
    for number, campaign in enumerate(state.campaigns):
        to = _recipients(rng, state, people, timeline, number, before)
        sent = campaign.at + np.arange(len(to)) * 1500 // max(1, len(to))
        sends.append({"account": to, "campaign": np.full(len(to), number), "at": sent})
        acts += _react(rng, state, people, timeline, number, to, sent)
        bought.append(_convert(rng, people, timeline, campaign, number, to, sent))
    state.sends = {k: np.concatenate([s[k] for s in sends]) for k in ("account", "campaign", "at")}
    names = ("account", "campaign", "action", "at")
    acts.append(_untold(state))
    state.activity = {n: np.concatenate([a[i] for a in acts]) for i, n in enumerate(names)}
    account, at, number_of = (np.concatenate([b[i] for b in bought]) for i in range(3))
    state.orders = order(rng, people, account, at, number_of)
    return state


def _may(state: Marketing, people: People, timeline: Timeline, at: int) -> npt.NDArray[np.bool_]:
    """Who may be mailed at a moment: consented, still here, not gone or back again."""
    gone = (state.left >= 0) & (state.left <= at) & ~((state.back >= 0) & (state.back < at))
    here = (people.created < at - HOUR) & (people.until(timeline) > at + DAY)
    withdrawn = (state.withdrew >= 0) & (state.withdrew <= at)
    return state.granted & here & ~gone & ~withdrawn & ~people.deactivated & ~state.cleaned


def _recipients(
    rng: np.random.Generator, state: Marketing, people: People, timeline: Timeline,
    number: int, before: Orders,
) -> Ints:  # fmt: skip
    campaign = state.campaigns[number]
    wanted = audience(campaign, people)
    if campaign.quiet:
        wanted &= ~orders_soon(campaign, before.account, before.at, len(people))
    to = np.flatnonzero(_may(state, people, timeline, campaign.at) & wanted)
    extra = _plant(rng, state, people, number, to)
    return np.sort(np.concatenate([to, extra]))


def _plant(
    rng: np.random.Generator, state: Marketing, people: People, number: int, to: Ints
) -> Ints:
    """Make the breaches of this campaign; returns those mailed beside the rightful ones."""
    at = state.campaigns[number].at
    count = max(3, len(people) // 1000)
    settled = people.created[to] < at - 30 * DAY
    stays = to[settled & (state.left[to] < 0) & (people.closed[to] < 0)]
    some = rng.choice(stays, min(count, len(stays)), replace=False)
    if number in _AFTER_UNSUBSCRIBING:
        _leave(state, some, at - rng.integers(4 * DAY, 20 * DAY, len(some)), number - 1)
        state.plant(
            number, some, "MKT-02", "violations", "sent more than 48 hours after unsubscribing"
        )
    elif number == _WITHIN_48_HOURS:
        _leave(state, some, at - rng.integers(2 * HOUR, 40 * HOUR, len(some)), number - 1)
        state.plant(number, some, "MKT-02", "warnings", "sent within 48 hours of unsubscribing")
    elif number == _WITHDRAWN:
        state.withdrew[some] = at - rng.integers(10 * DAY, 25 * DAY, len(some))
        state.plant(
            number, some, "MKT-01", "violations", "consent withdrawn in the account settings"
        )
    elif number == _REFUSED:
        here = (people.created < at - HOUR) & (people.closed < 0)
        refused = np.flatnonzero(~state.granted & here)
        chosen = rng.choice(refused, min(count, len(refused)), replace=False)
        state.plant(number, chosen, "MKT-01", "violations", "consent refused, mailed all the same")
        return np.asarray(chosen)
    elif number == _NO_RECORD:
        state.planted += [
            (number, -1 - i, "MKT-01", "violations", "no consent on record") for i in range(3)
        ]
        return np.array([-1, -2, -3])
    return np.array([], dtype=np.int64)


def _leave(state: Marketing, who: Ints, at: Seconds, campaign: int) -> None:
    """Unsubscribed in the mailing tool, which did not tell the consent log: hence the breach."""
    state.left[who] = at
    state.left_by[who] = campaign
    state.told[who] = False


def _react(
    rng: np.random.Generator, state: Marketing, people: People, timeline: Timeline,
    number: int, to: Ints, sent: Seconds,
) -> list[tuple[Ints, Ints, Ints, Seconds]]:  # fmt: skip
    """Opens, clicks, unsubscriptions and bounces of one campaign."""
    campaign = state.campaigns[number]
    known = to >= 0
    draw = rng.random((len(to), 3))
    bounces = known & state.bounced[to]
    state.cleaned[to[bounces]] = True
    eager = campaign.clicks * (0.6 + 0.4 * np.minimum(people.vigour[to], 2.5))
    clicks = known & ~bounces & (draw[:, 0] < eager)
    opens = clicks | (known & ~bounces & (draw[:, 1] < 0.27))
    stays = (state.left[to] < 0) & (people.closed[to] < 0) & state.granted[to]
    leaves = known & ~bounces & stays & (draw[:, 2] < campaign.leaves)
    end = people.until(timeline)[to]
    parts = []
    for action, mask, days in (
        (0, opens, 0.4),
        (1, clicks, 0.5),
        (2, leaves, 0.7),
        (3, bounces, 0.001),
    ):
        who, when = to[mask], sent[mask]
        at = np.minimum(
            when + 20 + (rng.exponential(days * DAY, len(who))).astype(np.int64), end[mask] - 1
        )
        at = np.minimum(at, when + 25 * DAY)
        if action == 2:
            state.left[who], state.left_by[who] = at, number
            again = rng.random(len(who)) < 0.06
            state.back[who[again]] = at[again] + 50 * DAY
            late = state.back[who] > np.minimum(end[mask] - DAY, timeline.end - DAY)
            state.back[who[late]] = -1
        parts.append((who, np.full(len(who), number), np.full(len(who), action), at))
    return parts


def _untold(state: Marketing) -> tuple[Ints, Ints, Ints, Seconds]:
    """The planted ones unsubscribed too, by the link of the mailing before."""
    who = np.flatnonzero(~state.told)
    action = np.full(len(who), ACTIONS.index("unsub"))
    return who, state.left_by[who], action, state.left[who]


def _convert(
    rng: np.random.Generator, people: People, timeline: Timeline,
    campaign: Campaign, number: int, to: Ints, sent: Seconds,
) -> tuple[Ints, Seconds, Ints]:  # fmt: skip
    """Orders that the campaign brings, within four weeks, most of them in the first days."""
    buys = (to >= 0) & (rng.random(len(to)) < campaign.orders)
    who = to[buys]
    at = sent[buys] + 900 + (rng.exponential(3.0 * DAY, len(who))).astype(np.int64)
    keep = (at < sent[buys] + 28 * DAY) & (at < people.until(timeline)[who])
    return who[keep], at[keep], np.full(int(keep.sum()), number)

"""Sending the campaigns one after the other, and what recipients do: click, order, leave."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from vitrail.demo.breaches import MAILED, plant
from vitrail.demo.campaigns import Campaign, audience, campaigns, orders_soon
from vitrail.demo.marketing import ACTIONS, Marketing
from vitrail.demo.people import People, Timeline
from vitrail.demo.seasonality import DAY, Seconds
from vitrail.demo.streams import Streams
from vitrail.demo.trade import Ints, Orders, order
from vitrail.demo.truth import Truth

#: Account, campaign, action and moment, as columns.
Acts = tuple[Ints, Ints, Ints, Seconds]


def market(
    people: People, timeline: Timeline, streams: Streams, before: Orders, truth: Truth
) -> Marketing:
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
    acts: list[Acts] = []
    bought: list[tuple[Ints, Seconds, Ints]] = []
    for number, campaign in enumerate(state.campaigns):
        to = _recipients(state, people, timeline, number, before)
        if truth.plants(*MAILED):
            to = np.sort(np.concatenate([to, plant(rng, state, people, truth, number, to)]))
        sent = campaign.at + np.arange(len(to)) * 1500 // max(1, len(to))
        sends.append({"account": to, "campaign": np.full(len(to), number), "at": sent})
        acts += _react(rng, state, people, timeline, number, to, sent)
        bought.append(_convert(rng, people, timeline, campaign, number, to, sent))
    _return_one(state, people, timeline)
    state.sends = {k: np.concatenate([s[k] for s in sends]) for k in ("account", "campaign", "at")}
    names = ("account", "campaign", "action", "at")
    acts.append(_untold(state))
    state.activity = {n: np.concatenate([a[i] for a in acts]) for i, n in enumerate(names)}
    account, at, number_of = (np.concatenate([b[i] for b in bought]) for i in range(3))
    state.orders = order(rng, people, account, at, number_of)
    return state


def _recipients(
    state: Marketing, people: People, timeline: Timeline, number: int, before: Orders
) -> Ints:
    campaign = state.campaigns[number]
    wanted = audience(campaign, people)
    if campaign.quiet:
        wanted &= ~orders_soon(campaign, before.account, before.at, len(people))
    return np.flatnonzero(state.may(people, timeline, campaign.at) & wanted)


def _react(
    rng: np.random.Generator, state: Marketing, people: People, timeline: Timeline,
    number: int, to: Ints, sent: Seconds,
) -> list[Acts]:  # fmt: skip
    """Opens, clicks, unsubscriptions and bounces of one campaign."""
    campaign, known, draw = state.campaigns[number], to >= 0, rng.random((len(to), 3))
    bounces = known & state.bounced[to]
    state.cleaned[to[bounces]] = True
    eager = campaign.clicks * (0.6 + 0.4 * np.minimum(people.vigour[to], 2.5))
    clicks = known & ~bounces & (draw[:, 0] < eager)
    opens = clicks | (known & ~bounces & (draw[:, 1] < 0.27))
    stays = (state.left[to] < 0) & (people.closed[to] < 0) & state.granted[to]
    leaves = known & ~bounces & stays & (draw[:, 2] < campaign.leaves)
    last = np.minimum(people.until(timeline)[to] - 1, sent + 25 * DAY)
    parts: list[Acts] = []
    for action, mask, days in (
        (0, opens, 0.4),
        (1, clicks, 0.5),
        (2, leaves, 0.7),
        (3, bounces, 0),
    ):
        who = to[mask]
        wait = 20 + (rng.exponential(1.0, len(who)) * days * DAY).astype(np.int64)
        at = np.minimum(sent[mask] + wait, last[mask])
        parts.append((who, np.full(len(who), number), np.full(len(who), action), at))
    _part(rng, state, timeline, number, *parts[ACTIONS.index("unsub")][::3])
    return parts


def _part(
    rng: np.random.Generator, state: Marketing, timeline: Timeline, number: int,
    who: Ints, at: Seconds,
) -> None:  # fmt: skip
    """Who unsubscribes is gone; one in sixteen comes back some weeks later and agrees anew, and so
    does whoever unsubscribes first."""
    first = (state.left < 0).all() & (np.arange(len(who)) == 0)
    state.left[who], state.left_by[who] = at, number
    again = (rng.random(len(who)) < 0.06) | first
    again &= at + 50 * DAY < timeline.end - DAY
    state.back[who[again]] = at[again] + 50 * DAY


def _return_one(state: Marketing, people: People, timeline: Timeline) -> None:
    """Somebody comes back in a company in which chance, or who was planted, left nobody to."""
    until = timeline.end - 51 * DAY
    free = (state.left >= 0) & (state.left < until) & state.told & (people.closed < 0)
    if (state.back < 0).all() and free.any():
        who = np.flatnonzero(free)[0]
        state.back[who] = state.left[who] + 50 * DAY


def _untold(state: Marketing) -> Acts:
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

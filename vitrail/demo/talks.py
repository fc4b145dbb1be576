"""Conversations with support: what they are about, and how long each waits for its first answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from vitrail.demo.streams import Streams
from vitrail.demo.trade import Ints

#: By channel: each topic, its share, and the usual wait for a first answer in minutes.
TOPICS: Final = {
    "ticket": (
        ("billing", 0.31, 240.0), ("import", 0.27, 420.0), ("leads", 0.24, 600.0),
        ("account", 0.18, 180.0),
    ),
    "chat": (("pricing", 0.45, 3.0), ("setup", 0.35, 6.0), ("leads", 0.20, 11.0)),
}  # fmt: skip
_SPREAD: Final = {"ticket": 1.1, "chat": 0.9}
_PACE: Final = {"ticket": 5400, "chat": 95}


@dataclass(frozen=True, slots=True)
class Talks:
    """One place a conversation of a channel, in the order in which they are exported."""

    channel: str
    account: Ints
    at: Ints
    topic: list[str]
    wait: Ints
    end: int

    def times(self, row: int, messages: int) -> Ints:
        """When each message of a conversation was written; after the first answer, at a pace."""
        number = np.arange(messages)
        after = np.where(number > 0, self.wait[row], 0)
        at = self.at[row] + after + np.maximum(number - 1, 0) * _PACE[self.channel]
        return np.asarray(np.minimum(at, self.end))

    def soon(self, row: int, messages: int) -> int:
        """How many messages of a conversation are written within three days."""
        return int((self.times(row, messages) - self.at[row] <= 3 * 86_400).sum())

    def seen(self, messages: list[int]) -> dict[str, Any]:
        """What a support fact would count of each, given how many messages it soon came to."""
        minutes = self.wait // 60
        return {
            "account": self.account, "at": self.at, "channel": [self.channel] * len(self.at),
            "topic": self.topic, "conversations": np.ones(len(self.at), dtype=np.int64),
            "messages": np.array(messages, dtype=np.int64),
            "response_minutes": np.minimum(minutes, 3 * 1440),
            "answered_1d": (self.wait <= 86_400).astype(np.int64),
        }  # fmt: skip


def talks(streams: Streams, channel: str, account: Ints, at: Ints, end: int) -> Talks:
    """The conversations that accounts begin at given moments; every first answer is by ``end``."""
    rng = streams.of("talks", channel)
    topics = TOPICS[channel]
    topic = rng.choice(len(topics), len(account), p=[share for _, share, _ in topics])
    usual = np.array([minutes for _, _, minutes in topics])[topic]
    wait = 20 + usual * 60 * rng.lognormal(0.0, _SPREAD[channel], len(account))
    late = np.maximum(end - at - 3600, 1)
    return Talks(
        channel, account, at, [topics[t][0] for t in topic.tolist()],
        np.minimum(wait.astype(np.int64), late), end,
    )  # fmt: skip

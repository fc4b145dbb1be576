"""What became of accounts that closed: erased in time, kept wrongly, or kept for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from vitrail.demo.people import People, Timeline
from vitrail.demo.seasonality import DAY, seconds
from vitrail.demo.streams import Streams
from vitrail.demo.trade import Ints
from vitrail.demo.truth import Truth

GRACE_DAYS = 30

#: What an account that nobody erased breaks, here and in other systems.
_FORGETTING: Final = ("RET-01", "RET-02", "ACC-02", "TST-03")


@dataclass(frozen=True, slots=True)
class Fates:
    """``erased``: nothing personal is left. The others are indexes of closed accounts."""

    erased: npt.NDArray[np.bool_]
    anonymised: npt.NDArray[np.bool_]
    forgotten: Ints
    held: Ints
    hold_over: Ints


def decide(people: People, timeline: Timeline, streams: Streams, truth: Truth) -> Fates:
    """Erase what closed more than the grace period ago, but for a few planted accounts."""
    rng = streams.of("fates")
    limit = seconds(timeline.last) - GRACE_DAYS * DAY
    due = np.flatnonzero((people.closed >= 0) & (people.closed < limit))
    just = np.flatnonzero(people.closed >= limit)
    some = rng.permutation(due)[: max(4, len(people) // 500) + 4]
    cuts = [min(2, len(some) // 3), min(4, 2 * len(some) // 3)]
    held, over, forgotten = np.split(some, cuts)
    over = over[: truth.some(len(over), "RET-07")]
    forgotten = forgotten[: truth.some(len(forgotten), *_FORGETTING)]
    some = np.concatenate([held, over, forgotten])
    erased = np.zeros(len(people), dtype=bool)
    erased[due] = True
    erased[some] = False
    fates = Fates(erased, erased & (rng.random(len(people)) < 0.5), forgotten, held, over)
    truth.control("RET-01")["denominator"] = len(due)
    _note(fates, people, just, truth)
    return fates


def _note(fates: Fates, people: People, just: Ints, truth: Truth) -> None:
    for who, why, level in (
        (fates.forgotten, "closed long ago, profile still there", "violations"),
        (fates.hold_over, "kept under a hold that has run out", "violations"),
        (fates.held, "kept under a hold in force", "edges"),
        (just, f"closed less than {GRACE_DAYS} days ago", "edges"),
    ):
        for index in who:
            truth.breaks("RET-01", str(people.ids[index]), why, level=level)

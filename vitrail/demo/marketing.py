"""Consent and mailings as they stand: what every export about marketing is written from.

Everyone meets the consent box just before the account exists. A mailing goes to those whose
last word is yes; the planted breaches are the exceptions, each noted as it is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from vitrail.demo.campaigns import Campaign
from vitrail.demo.people import People, Timeline
from vitrail.demo.seasonality import DAY, Seconds
from vitrail.demo.trade import Ints, Orders

HOUR: Final = 3600
ACTIONS: Final = ("open", "click", "unsub", "bounce")


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

    def may(self, people: People, timeline: Timeline, at: int) -> npt.NDArray[np.bool_]:
        """Who may be mailed at a moment: consented, still here, not gone or back again."""
        back = (self.back >= 0) & (self.back < at)
        gone = (self.left >= 0) & (self.left <= at) & ~back
        here = (people.created < at - HOUR) & (people.until(timeline) > at + DAY)
        withdrawn = (self.withdrew >= 0) & (self.withdrew <= at)
        return self.granted & here & ~gone & ~withdrawn & ~people.deactivated & ~self.cleaned

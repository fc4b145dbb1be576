"""The campaigns: to whom, and how well each one works. Some do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from vitrail.demo.countries import COUNTRIES
from vitrail.demo.people import People, Timeline
from vitrail.demo.seasonality import DAY

Segment = Literal["free", "all", "paying", "FR", "DE", "ES", "GB"]


@dataclass(frozen=True, slots=True)
class Campaign:
    """One mailing. Rates are of the recipients: who clicks, orders because of it, unsubscribes."""

    code: str
    name: str
    subject: str
    segment: Segment
    clicks: float
    orders: float
    leaves: float
    cost: int
    quiet: bool = False
    at: int = 0


#: ``quiet``: the audience leaves out whoever orders anyway, so that nobody orders within a month.
_PLAN: Final[tuple[tuple[str, str, Segment, float, float, float, int], ...]] = (
    ("Welcome tour", "Five minutes to your first lead", "free", 0.052, 0.012, 0.004, 40_000),
    ("Rentrée 2024", "La rentrée commence ici", "FR", 0.041, 0.010, 0.005, 32_000),
    ("Herbstaktion", "Volle Kalender im Herbst", "DE", 0.036, 0.008, 0.006, 28_000),
    ("Scoring beta", "Know which lead to call first", "all", 0.047, 0.006, 0.003, 25_000),
    ("Black Friday", "Packs at half price, two days only", "free", 0.079, 0.034, 0.009, 60_000),
    ("Year in review", "Your year in leads", "all", 0.031, 0.003, 0.004, 18_000),
    ("January restart", "A fresh start for your pipeline", "free", 0.044, 0.011, 0.006, 35_000),
    ("Primavera", "Más citas esta primavera", "ES", 0.039, 0.009, 0.005, 22_000),
    ("New logo", "We have a new look", "free", 0.011, 0.0, 0.011, 45_000),
    ("Webinar roofing", "How roofers fill their order books", "all", 0.058, 0.014, 0.003, 30_000),
    ("Spring packs", "Spring offer on Lead Pack 200", "free", 0.049, 0.017, 0.006, 38_000),
    ("British summer", "Summer leads for the trades", "GB", 0.033, 0.007, 0.007, 21_000),
    ("Summer survey", "Two questions for you", "all", 0.024, 0.002, 0.006, 12_000),
    ("August push", "Still working in August?", "free", 0.013, 0.003, 0.012, 33_000),
    ("Rentrée 2025", "Un agenda plein en septembre", "FR", 0.046, 0.013, 0.004, 36_000),
    ("Landing pages", "Your own landing page in minutes", "all", 0.061, 0.011, 0.003, 41_000),
    ("Black Friday 2", "The offer you asked for", "free", 0.080, 0.039, 0.008, 70_000),
    ("Winter webinar", "Heating: the season starts", "DE", 0.042, 0.010, 0.004, 26_000),
    ("Reactivation", "We have not seen you for a while", "free", 0.018, 0.004, 0.014, 29_000),
    ("Team plan", "Bring your colleagues", "paying", 0.051, 0.009, 0.003, 24_000),
    ("Solar spring", "Solar leads are back", "all", 0.044, 0.012, 0.005, 44_000),
    ("Precios nuevos", "Nuevos precios para ti", "ES", 0.029, 0.004, 0.008, 19_000),
    ("Call planner", "Call at the right time", "free", 0.053, 0.015, 0.004, 37_000),
    ("Sommeraktion", "Drei Pakete, ein Preis", "DE", 0.038, 0.009, 0.006, 27_000),
    ("Rentrée 2026", "Repartez du bon pied", "FR", 0.048, 0.014, 0.004, 39_000),
    ("Autumn offer", "Before the winter rush", "free", 0.055, 0.018, 0.006, 48_000),
)


def campaigns(timeline: Timeline) -> tuple[Campaign, ...]:
    """All campaigns, one about every five weeks, on Tuesdays at 9:30 in Paris winter time."""
    first, span = 40, (timeline.last - timeline.first).days - 75
    made = []
    for number, (name, subject, segment, clicks, orders, leaves, cost) in enumerate(_PLAN):
        day = timeline.first + timedelta(days=first + span * number // (len(_PLAN) - 1))
        day -= timedelta(days=(day.weekday() - 1) % 7)
        at = int(datetime(day.year, day.month, day.day, 8, 30, tzinfo=UTC).timestamp())
        made.append(
            Campaign(
                f"C{number + 1:03d}", name, subject, segment, clicks, orders, leaves, cost,
                quiet=orders == 0.0, at=at,
            )
        )  # fmt: skip
    return tuple(made)


def audience(campaign: Campaign, people: People) -> npt.NDArray[np.bool_]:
    """Who belongs to the segment, consent and all else aside."""
    if campaign.segment == "all":
        return np.ones(len(people), dtype=bool)
    if campaign.segment == "free":
        return np.asarray(people.plan == 0)
    if campaign.segment == "paying":
        return np.asarray(people.plan > 0)
    codes = np.array([c.code == campaign.segment for c in COUNTRIES])
    return np.asarray(codes[people.country])


def orders_soon(
    campaign: Campaign, account: npt.NDArray[np.int64], at: npt.NDArray[np.int64], size: int
) -> npt.NDArray[np.bool_]:
    """Who orders within a month of the campaign anyway."""
    near = (at >= campaign.at) & (at <= campaign.at + 32 * DAY)
    found = np.zeros(size, dtype=bool)
    found[account[near]] = True
    return found

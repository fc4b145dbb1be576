"""The company as its exports see it: one object that all of them are written from."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from vitrail.demo.fates import Fates
from vitrail.demo.marketing import Marketing
from vitrail.demo.people import People, Timeline
from vitrail.demo.planting import Turns
from vitrail.demo.streams import Streams
from vitrail.demo.testimonials import Testimonial
from vitrail.demo.trade import Orders
from vitrail.demo.truth import Truth

NAME = "Lanterne Leads"
DOMAIN = "lanterne-leads.example.com"


@dataclass(frozen=True, slots=True)
class Heeded:
    """A ticket that another desk acted upon: whose, when, and its number."""

    account: int
    at: int
    ticket: str


@dataclass(frozen=True, slots=True)
class Company:
    """What has happened, where its exports go, and what was planted in them."""

    exports: Path
    timeline: Timeline
    streams: Streams
    people: People
    fates: Fates
    orders: Orders
    marketing: Marketing
    testimonials: list[Testimonial]
    truth: Truth
    turns: Turns = field(default_factory=dict)
    heeded: dict[str, Heeded] = field(default_factory=dict)

    def place(self, name: str) -> Path:
        """The path of an export by its name below ``exports/``, its folder made."""
        path = self.exports / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

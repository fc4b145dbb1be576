"""The accounts of the company: who they are, since when, how busy, and when they leave.

Everything about an account that two exports must agree on is drawn here once, as columns.
Addresses end in subdomains of example.com, example.net and example.org, which nobody can own;
IP addresses lie in 198.18.0.0/15 and 2001:db8::/32, which nobody can have.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from vitrail.demo.countries import COUNTRIES
from vitrail.demo.names import catalogue, plain
from vitrail.demo.seasonality import (
    DAY,
    Seconds,
    day_weights,
    draw_days,
    draw_moments,
    months_before,
    seconds,
)
from vitrail.demo.streams import Streams

PLANS: Final = ("free", "starter", "pro", "team")
DEVICES: Final = ("desktop", "mobile", "tablet")
HISTORY_MONTHS: Final = 30

_WEBMAIL: Final = {
    "fr": "courriel.example.org", "de": "postfach.example.net", "es": "correo.example.com",
    "en": "inbox.example.com",
}  # fmt: skip
_TOP: Final = ("com", "net", "org")
_PLAN_SHARES: Final = (0.60, 0.22, 0.13, 0.05)


@dataclass(frozen=True, slots=True)
class Timeline:
    """From when to when the company's exports go; ``last`` is the day they were taken."""

    first: date
    last: date

    @classmethod
    def until(cls, as_of: date) -> Timeline:
        return cls(months_before(as_of, HISTORY_MONTHS), as_of)

    @property
    def start(self) -> int:
        return seconds(self.first)

    @property
    def end(self) -> int:
        """The last second that may bear an event: the as-of day is whole."""
        return seconds(self.last) + DAY - 1


@dataclass(frozen=True, slots=True)
class People:
    """Columns of equal length, one place an account, in the order of signing up.

    Moments are seconds since 1970, UTC; -1 stands for never. ``country`` is an index into
    :data:`COUNTRIES`, ``plan`` into :data:`PLANS`, ``device`` into :data:`DEVICES`.
    """

    ids: npt.NDArray[np.object_]
    first: list[str]
    last: list[str]
    email: list[str]
    phone: list[str]
    firm: list[str]
    country: npt.NDArray[np.int64]
    plan: npt.NDArray[np.int64]
    device: npt.NDArray[np.int64]
    address: list[tuple[str, str, str]]
    created: Seconds
    closed: Seconds
    deactivated: npt.NDArray[np.bool_]
    vigour: npt.NDArray[np.float64]
    fade: npt.NDArray[np.float64]
    ip: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def offset(self) -> npt.NDArray[np.int64]:
        """Hours east of Greenwich."""
        return np.array([c.offset for c in COUNTRIES])[self.country]

    def until(self, timeline: Timeline) -> Seconds:
        """The last moment at which each account can do anything."""
        return np.where(self.closed >= 0, self.closed, timeline.end)

    def language(self, index: int) -> str:
        return COUNTRIES[int(self.country[index])].language

    def name(self, index: int) -> str:
        return f"{self.first[index]} {self.last[index]}"


def settle(accounts: int, timeline: Timeline, streams: Streams) -> People:
    """Draw the people of a company of ``accounts`` accounts."""
    rng = streams.of("people")
    shares = np.array([c.share for c in COUNTRIES]) / 1000
    country = rng.choice(len(COUNTRIES), accounts, p=shares)
    offset = np.array([c.offset for c in COUNTRIES])[country]
    created = np.sort(_joined(rng, accounts, timeline, offset))
    words = _words(rng, country)
    vigour = rng.lognormal(-0.5, 1.0, accounts)
    plan = rng.choice(len(PLANS), accounts, p=_PLAN_SHARES)
    return People(
        ids=np.array([f"acc-{100_000 + i * 7}" for i in range(accounts)], dtype=object),
        country=country,
        plan=plan,
        device=rng.choice(len(DEVICES), accounts, p=(0.63, 0.32, 0.05)),
        created=created,
        closed=_left(rng, created, timeline),
        deactivated=rng.random(accounts) < 0.03,
        vigour=vigour * np.array([0.6, 1.2, 1.8, 2.6])[plan],
        fade=rng.exponential(420.0, accounts) + 20,
        ip=rng.permutation(131_072)[np.arange(accounts) % 131_072],
        **words,
    )


def _joined(
    rng: np.random.Generator, accounts: int, timeline: Timeline, offset: npt.NDArray[np.int64]
) -> Seconds:
    """Signing-up moments: fivefold growth over the span, with the seasons, and two launches."""
    weights = day_weights(timeline.first, timeline.last)
    weights *= np.exp(np.linspace(0.0, 1.6, len(weights)))
    for launch in (len(weights) * 2 // 5, len(weights) * 3 // 4):
        weights[launch : launch + 21] *= 1.7
    day = draw_days(rng, weights, accounts)
    return timeline.start + day * DAY + draw_moments(rng, accounts, offset)


def _left(rng: np.random.Generator, created: Seconds, timeline: Timeline) -> Seconds:
    """Closing moments; about one account in ten closes, never within its first three weeks."""
    after = (rng.exponential(260.0, len(created)) + 21) * DAY
    closes = (rng.random(len(created)) < 0.18) & (created + after < timeline.end - 2 * DAY)
    return np.where(closes, created + after.astype(np.int64), -1)


def _words(rng: np.random.Generator, country: npt.NDArray[np.int64]) -> dict[str, Any]:
    """Names, addresses and numbers, each drawn from the catalogue of the account's country."""
    size = len(country)
    pick = rng.integers(0, 1 << 30, (size, 6))
    digits = rng.integers(0, 10, (size, 8))
    names = catalogue()
    columns: dict[str, list[Any]] = {
        key: [] for key in ("first", "last", "email", "phone", "firm", "address")
    }
    for index, place in enumerate(country.tolist()):
        land, draw = COUNTRIES[place], pick[index].tolist()
        origin = names[land.names]
        first = origin.first[draw[0] % len(origin.first)]
        last = origin.last[draw[1] % len(origin.last)]
        firm = f"{origin.firm[draw[2] % len(origin.firm)]} {last}"
        columns["first"].append(first)
        columns["last"].append(last)
        columns["firm"].append(firm)
        columns["email"].append(_email(first, last, firm, index, land.language, draw[3]))
        columns["phone"].append(dial(land.phone, digits[index].tolist()))
        city, code = land.cities[draw[4] % len(land.cities)]
        street = origin.street[draw[5] % len(origin.street)]
        number = 1 + draw[3] % 140
        columns["address"].append((land.street.format(n=number, s=street), code, city))
    return columns


def _email(first: str, last: str, firm: str, index: int, language: str, draw: int) -> str:
    """Unique, for the number of the account is in the local part or in the firm's domain."""
    if draw % 5 < 3:
        return f"{plain(first)}.{plain(last)}{index}@{_WEBMAIL[language]}"
    domain = f"{plain(firm)}-{index}.example.{_TOP[draw % 3]}"
    return (
        f"{plain(first)[0]}.{plain(last)}@{domain}" if draw % 5 == 3 else f"{plain(first)}@{domain}"
    )


def dial(pattern: str, digits: list[int]) -> str:
    """A phone pattern with its ``#`` filled from ``digits``."""
    left = iter(digits)
    return "".join(str(next(left)) if c == "#" else c for c in pattern)


def ip_text(number: int) -> str:
    """The address ``number`` of 198.18.0.0/15, the range set apart for benchmarks."""
    return f"198.{18 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}"

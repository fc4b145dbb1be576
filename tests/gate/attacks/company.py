"""A company whose persons' attributes hang together, and two worlds that differ in one person.

The attacker knows everyone but the victim. So an attack has two worlds, alike in all else: in the
second the victim has, or did, what is sought.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from tests.gate.attacks.remembering import RememberingStore
from tests.gate.conftest import write_epoch
from vitrail.keys import Keyring

FIRST = date(2025, 1, 6)
WEEKS = 24
THROUGH = FIRST + timedelta(weeks=WEEKS, days=-1)

#: Marks the victim; persons' keys are random and do not meet it.
VICTIM = 2**62 + 12_345

FACT = """---
title: Visits
doc: What persons of a company do. One row an event.
needs: {events: [name, ts]}
clock: events.ts
person: person
rows_per_person: 20
threshold: 10
dimensions:
  region: {kind: person, title: Region}
  country: {kind: person, title: Country, parent: region}
  plan: {kind: person, title: Plan}
  device: {kind: event, title: Device}
  week: {kind: period, title: Week, grain: week, parent: month}
  month: {kind: period, title: Month, grain: month}
measures:
  amount: {column: amount, title: Spent, low: 0, high: 50000, unit: EUR cents}
  converted: {column: converted, kind: outcome, title: Converted}
---
SELECT person, day, region, country, plan, device, amount, converted FROM events
"""


@dataclass(frozen=True)
class Visit:
    """One row of the fact; the days are counted from the first."""

    person: int = VICTIM
    day: int = 70
    region: str = "EEA"
    country: str = "FR"
    plan: str = "free"
    device: str = "desktop"
    amount: int = 2_000
    converted: int = 0


Visits = list[Visit]
World = tuple[Visits, ...]
Epochs = tuple[RememberingStore, ...]


def company(persons: int, seed: int, events: float = 6, weeks: int = WEEKS) -> Visits:
    """Who pays more is more often abroad, on a mobile, and converts; amounts have a heavy tail.

    A tenth of the persons have another plan in the second half of the time.
    """
    rng = np.random.default_rng(seed)
    country = rng.choice(["FR", "DE", "ES", "CH"], persons, p=(0.45, 0.3, 0.15, 0.1))
    pays = rng.random(persons) < np.where(country == "FR", 0.25, 0.5)
    changes = rng.random(persons) < 0.1
    keys = rng.integers(-(2**61), 2**61, persons)
    who = np.repeat(np.arange(persons), rng.poisson(events, persons))
    days = rng.integers(0, 7 * weeks, len(who))
    paying = pays[who] ^ (changes[who] & (days > 7 * weeks // 2))
    mobile = rng.random(len(who)) < np.where(paying, 0.5, 0.3)
    tablet = rng.random(len(who)) < 0.04
    amount = np.where(paying, rng.lognormal(7.5, 1.1, len(who)), 0)
    converted = rng.random(len(who)) < np.where(paying, 0.06, 0.02)
    return [
        Visit(
            person=int(keys[w]),
            day=int(days[i]),
            region="outside" if country[w] == "CH" else "EEA",
            country=str(country[w]),
            plan="paid" if paying[i] else "free",
            device="tablet" if tablet[i] else "mobile" if mobile[i] else "desktop",
            amount=int(amount[i]),
            converted=int(converted[i]),
        )
        for i, w in enumerate(who)
    ]


def without_a_corner(visits: Visits) -> Visits:
    """A place where the attacker can look at a crowd of his choice: a country in one week."""
    return [v for v in visits if v.country != "CH" or not 70 <= v.day < 77]


#: Somebody in that corner, and the questions' conditions that lead there.
IN_THE_CORNER = Visit(region="outside", country="CH")
CORNER = (("country", "CH"), ("week", "2025-03-17"))


def crowd(count: int, like: Visit, first: int = 1) -> Visits:
    """So many persons who each did ``like`` once; ``first`` keeps crowds apart."""
    return [replace(like, person=2**61 + first * 100_000 + i) for i in range(count)]


@dataclass(frozen=True)
class Worlds:
    """Two worlds that differ in what the victim is or did, each of one epoch or of several."""

    without: Epochs
    with_: Epochs

    @classmethod
    def build(cls, folder: Path, without: World, with_: World, through: date = THROUGH) -> Worlds:
        sides = ((folder / "without", without), (folder / "with", with_))
        return cls(*(_epochs(place, world, through) for place, world in sides))


def _epochs(folder: Path, world: World, through: date) -> Epochs:
    """An epoch for each; from one to the next, persons were erased."""
    epochs = tuple(epoch(folder / str(i), visits, through) for i, visits in enumerate(world))
    for later in epochs[1:]:
        later.purge()
    return epochs


def epoch(folder: Path, visits: Visits, through: date = THROUGH) -> RememberingStore:
    """An epoch of these visits, under a key of its own that closes domains and chooses bounds."""
    columns = {name: [getattr(v, name) for v in visits] for name in Visit.__dataclass_fields__}
    columns["day"] = [FIRST + timedelta(days=day) for day in columns["day"]]
    house = write_epoch(
        folder, pa.table(columns), Keyring(bytes(range(32))), fact=FACT, through=through
    )
    return RememberingStore(house.store)

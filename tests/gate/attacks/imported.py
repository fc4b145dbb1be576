"""Worlds of real imports, one after the other: a joiner between two days, and an erasure."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from tests.gate.attacks.company import FIRST, Epochs, Visit, Worlds
from tests.gate.attacks.remembering import RememberingStore
from tests.gate.attacks.trial import Attack
from tests.gate.conftest import Exporter
from vitrail.gate import FactStore
from vitrail.keys import Keyring
from vitrail.model import Measure, MeasureKind, Query

_KEYS = Keyring(bytes(range(32)))
_PERSONS = Measure(MeasureKind.PERSONS)
_EXPORTED = FIRST + timedelta(weeks=4)
_WEEKS = tuple(str(FIRST + timedelta(weeks=i)) for i in range(3))


def _asked(*filters: tuple[str, str]) -> Query:
    return Query("activity", (), (_PERSONS,), filters)


def _write(exporter: Exporter, visits: list[Visit], until: date, erased: Iterable[int]) -> None:
    """The exports as a company makes them on a day."""
    people = {v.person: v for v in visits}
    seen = [v for v in visits if FIRST + timedelta(days=v.day) < until]
    moments = [datetime.combine(FIRST + timedelta(days=v.day), datetime.min.time(), UTC)
               for v in seen]  # fmt: skip
    utc = pa.timestamp("us", "UTC")
    exporter.write(
        accounts=pa.table({"account_id": [str(p) for p in people],
                           "country": [v.country for v in people.values()]}),
        events=pa.table({"account_id": [str(v.person) for v in seen],
                         "name": ["login"] * len(seen),
                         "ts": pa.array(moments, utc),
                         "device": [v.device for v in seen],
                         "event_id": [f"{v.person}-{v.day}-{i}" for i, v in enumerate(seen)]}),
        deletions=pa.table({"account_id": pa.array([str(p) for p in erased], pa.string()),
                            "completed_at": pa.array([moments[0]] * len(list(erased)), utc)}),
    )  # fmt: skip


def _epochs(folder: Path, days: list[tuple[list[Visit], date, tuple[int, ...]]]) -> Epochs:
    """An epoch for each import; that before it stays as it was, in a copy."""
    now = folder / "now"
    now.mkdir(parents=True)
    exporter = Exporter(now, _KEYS)
    stores = []
    for number, (visits, until, erased) in enumerate(days):
        _write(exporter, visits, until, erased)
        exporter.build()
        kept = folder / str(number)
        shutil.copytree(now / "facts", kept)
        stores.append(RememberingStore(FactStore.open(kept, Exporter.FACTS)))
    return tuple(stores)


def _company(persons: int, seed: int) -> list[Visit]:
    """Everybody was there in most of the weeks; the last visit says how far the exports reach."""
    visits = [
        Visit(person=p + 1, day=7 * week + (p + seed + week) % 7, device=device,
              country=("FR", "DE")[p % 2])
        for p in range(persons)
        for week in range(5)
        for device in (("desktop",) if p % 3 else ("mobile",))
        if (p * 7 + week + seed) % 4
    ]  # fmt: skip
    return [*visits, Visit(person=1, day=34)]


def joiner(folder: Path, persons: int, seed: int) -> Worlds:
    """A day between two imports, no week closed; in one somebody joined in weeks long past."""
    known = _company(persons, seed)
    late = [Visit(person=10**6, day=day) for day in (2, 9, 16)]
    first = (known, _EXPORTED, ())
    second = _EXPORTED + timedelta(days=1)
    return Worlds(
        _epochs(folder / "without", [first, (known, second, ())]),
        _epochs(folder / "with", [first, ([*known, *late], second, ())]),
    )


def erasure(folder: Path, persons: int, seed: int) -> Worlds:
    """Somebody is erased; in one world they had been there in the weeks asked about."""
    known, who = _company(persons, seed), 10**6
    here = [Visit(person=who, day=day) for day in (2, 9, 16)]
    there = [replace(visit, day=22) for visit in here[:1]]
    return Worlds(*(
        _epochs(folder / side, [([*known, *own], _EXPORTED, ()),
                                ([*known, *own], _EXPORTED + timedelta(days=1), (who,))])
        for side, own in (("without", there), ("with", here))
    ))  # fmt: skip


def _differences(releases) -> list[float]:
    """Of each question, what the later import says beside the earlier."""
    shown = [r.rows[0].cells[0].value if r.rows and r.rows[0].cells[0] else -1.0 for r in releases]
    half = len(shown) // 2
    return [b - a for a, b in zip(shown[:half], shown[half:], strict=True)]


JOINER = Attack(
    "two daily imports with one joiner",
    "1.00",
    None,
    (*(_asked(("week", week)) for week in _WEEKS), _asked(("month", "2025-01"))),
    compare=_differences,
    worlds=joiner,
)
ERASURE = Attack(
    "an erasure by a real import: the answers before against those after",
    "1.00",
    None,
    (_asked(("week", _WEEKS[1])),),
    compare=_differences,
    worlds=erasure,
)

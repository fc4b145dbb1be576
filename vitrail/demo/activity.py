"""True numbers of active persons, to hold published ones against."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from vitrail.demo.countries import COUNTRIES
from vitrail.demo.people import DEVICES, People
from vitrail.demo.seasonality import DAY
from vitrail.demo.trade import Ints

#: 1970-01-05 was a Monday.
_MONDAY = 4 * DAY


@dataclass(slots=True)
class ActivityTruth:
    """Collects, month by month, which account was active in which week on which device, and in
    how many sessions: each half day of an account is one."""

    seen: list[Ints] = field(default_factory=list)
    counts: list[Ints] = field(default_factory=list)
    months: list[tuple[Ints, Ints]] = field(default_factory=list)
    halves: list[Ints] = field(default_factory=list)

    def add(self, people: People, account: Ints, at: Ints, device: Ints) -> None:
        week = (at - _MONDAY) // (7 * DAY)
        code = (week * len(DEVICES) + device) * len(people) + account
        keys, count = np.unique(code, return_counts=True)
        self.seen.append(keys)
        self.counts.append(count)
        accounts = np.unique(account)
        if len(accounts):
            self.months.append((np.full(len(accounts), at[0]), accounts))
        self.halves.append(np.unique(at // (DAY // 2) * len(people) + account) // len(people))

    def active(self) -> tuple[Ints, Ints]:
        """A moment in each month, and who was active in it."""
        moments, accounts = (np.concatenate(c) for c in zip(*self.months, strict=True))
        return moments, accounts

    def sessions(self) -> pa.Table:
        """week (its Monday), sessions begun in it."""
        half = np.concatenate(self.halves)
        week, count = np.unique((half * (DAY // 2) - _MONDAY) // (7 * DAY), return_counts=True)
        return pa.table(
            {"week": pa.array((week * 7 + 4).astype("datetime64[D]")), "sessions": count}
        )

    def table(self, people: People) -> pa.Table:
        """week (its Monday), country, device (null: any), persons, rows."""
        code, inverse = np.unique(np.concatenate(self.seen), return_inverse=True)
        rows = np.bincount(inverse, np.concatenate(self.counts)).astype(np.int64)
        account = code % len(people)
        device = code // len(people) % len(DEVICES)
        week = code // len(people) // len(DEVICES)
        country = people.country[account]
        parts = [_grouped(week, country, device, account, rows)]
        parts.append(_grouped(week, country, np.full(len(device), -1), account, rows))
        week, country, device, persons, rows = (np.concatenate(c) for c in zip(*parts, strict=True))
        days = (week * 7 + 4).astype("datetime64[D]")
        return pa.table({
            "week": pa.array(days), "country": [COUNTRIES[c].code for c in country.tolist()],
            "device": [DEVICES[d] if d >= 0 else None for d in device.tolist()],
            "persons": persons, "rows": rows,
        })  # fmt: skip


def _grouped(
    week: Ints, country: Ints, device: Ints, account: Ints, rows: Ints
) -> tuple[Ints, ...]:
    cell = (week * len(COUNTRIES) + country) * 8 + device + 1
    cells, place = np.unique(cell, return_inverse=True)
    total = np.bincount(place, rows).astype(np.int64)
    pairs = np.unique(place.astype(np.int64) * (account.max() + 1) + account)
    persons = np.bincount(pairs // (account.max() + 1), minlength=len(cells))
    return (
        cells // 8 // len(COUNTRIES), cells // 8 % len(COUNTRIES), cells % 8 - 1,
        persons.astype(np.int64), total,
    )  # fmt: skip

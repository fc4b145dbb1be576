"""Registers of rights: requests and their clocks, consent, retention, backups, on any day.

One file each in ``queries/registers``, with front matter in its first comment, as a control has.
Its SQL gives one row a case:

=========  =======  ==============================================================================
column     type     meaning
=========  =======  ==============================================================================
``key``    VARCHAR  names the row in its export; it leaves this module as a keyed id alone
``kind``   VARCHAR  what it is: ``erasure``, ``marketing``, ``ended account``, a system
``detail`` VARCHAR  a channel, a ground, a status
``since``  DATE     when it began (UTC)
``due``    DATE     when it ends or must be done; null where nobody says
``done``   DATE     when it was done; null where it was not
``state``  VARCHAR  where it stands; ``urgent`` of the front matter names those that are late
``source`` VARCHAR  the table whose row it is, where that is not the first of ``needs``
=========  =======  ==============================================================================

A keyed id is that of the evidence of a control that judges the same row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from vitrail.errors import UsageError

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore
    from vitrail.keys import Keyring

REGISTERS: Final = ("requests", "consent", "retention", "backups")
_FRONT: Final = re.compile(r"\A/\*\n(.*?)\*/\n(.*)\Z", re.DOTALL)
_PARAMETER: Final = re.compile(r"\$([a-z_]+)\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """One case. ``row``: its keyed id; ``days``: since it began, ``left``: until it is due
    (negative: past it), both to the day asked for, None without a day or once it is done."""

    row: str
    kind: str | None
    detail: str | None
    since: date | None
    due: date | None
    done: date | None
    state: str
    days: int | None
    left: int | None


@dataclass(frozen=True, slots=True)
class Register:
    """A register as it stood at the end of ``as_of`` (UTC). ``urgent`` states are late."""

    name: str
    title: str
    words: str
    as_of: date
    entries: tuple[Entry, ...]
    urgent: tuple[str, ...]

    @property
    def late(self) -> tuple[Entry, ...]:
        return tuple(e for e in self.entries if e.state in self.urgent)

    def counts(self) -> Counter[tuple[str, str]]:
        """How many of each kind stand where."""
        return Counter((e.kind or "", e.state) for e in self.entries)

    def document(self) -> dict[str, Any]:
        """``vitrail.register/1``: every row, as it is handed out; days are to be written ISO."""
        return {
            "schema": "vitrail.register/1",
            "register": self.name,
            "as_of": self.as_of.isoformat(),
            "words": self.words,
            "counts": [
                {"kind": kind, "state": state, "count": count}
                for (kind, state), count in sorted(self.counts().items())
            ],
            "late": len(self.late),
            "rows": [asdict(entry) for entry in self.entries],
        }


def register(
    folder: Path,
    name: str,
    store: CanonicalStore,
    keys: Keyring,
    parameters: Mapping[str, Any],
    as_of: date,
) -> Register:
    """Read one register. ``parameters``: what its SQL may name, beside ``asof``."""
    match = _FRONT.match((folder / f"{name}.sql").read_text("utf-8"))
    assert match is not None, name
    front, sql = yaml.safe_load(match[1]), match[2]
    missing = store.missing([(t, tuple(columns)) for t, columns in front["needs"].items()])
    if missing:
        raise UsageError(
            f"The register of {name} needs {', '.join(missing)}.",
            "Map it in vitrail.toml; `vitrail import` tells what is there.",
        )
    values = {**parameters, "asof": as_of}
    used = {n: values[n] for n in sorted(set(_PARAMETER.findall(sql)))}
    table = next(iter(front["needs"]))
    rows = store.query(sql, used).to_pylist()
    return Register(
        name=name,
        title=front["title"],
        words=front["words"].format_map(values),
        as_of=as_of,
        entries=tuple(
            _entry(row, keys.row_key(row.get("source", table), row["key"] or ""), as_of)
            for row in rows
        ),
        urgent=tuple(front["urgent"]),
    )


def _entry(row: Mapping[str, Any], keyed: str, as_of: date) -> Entry:
    since, due, done = row["since"], row["due"], row["done"]
    return Entry(
        row=keyed,
        kind=row["kind"],
        detail=row["detail"],
        since=since,
        due=due,
        done=done,
        state=row["state"] or "not said",
        days=None if since is None else ((done or as_of) - since).days,
        left=None if due is None or done is not None else (due - as_of).days,
    )

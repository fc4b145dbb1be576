"""What an import is about to do: which facts it can feed, under which release, up to which day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from vitrail.gate import periods
from vitrail.gate.digests import epoch_name, source_of
from vitrail.gate.facts import FactDefinition
from vitrail.gate.manifest import EpochManifest
from vitrail.gate.naming import quoted
from vitrail.gate.shelf import Shelf
from vitrail.gate.staging import FactSource, closed_table, staged_selects

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Intake:
    """One import's plan. ``before`` is the epoch in force, ``name`` the one that is due.

    ``missing`` gives what each fact lacks that cannot be fed.
    """

    sources: tuple[FactSource, ...]
    missing: dict[str, tuple[str, ...]]
    as_of: date
    through: date
    name: str
    before: EpochManifest | None

    @property
    def stays(self) -> bool:
        """Whether the epoch in force is the one due. Exports out of reach make none either."""
        if self.before is None:
            return False
        named = re.fullmatch(rf"{self.name}(-\d+)?", self.before.epoch) is not None
        return named or not self.sources

    def selects(self) -> dict[str, str]:
        """What to stage; of facts that stay as they are, only what tells of late events."""
        chosen: dict[str, str] = {}
        for source in self.sources:
            selects = staged_selects(source, self.through)
            late = closed_table(source.definition)
            chosen |= {n: sql for n, sql in selects.items() if n == late or not self.stays}
        return chosen


def intake(
    store: CanonicalStore,
    shelf: Shelf,
    definitions: Sequence[FactDefinition],
    key_check: str,
    *,
    as_of: date | None,
    correct: bool,
) -> Intake:
    """Plan an import. What is closed stays closed, also where the exports now end earlier."""
    missing = {f.name: store.missing(tuple(f.needs.items())) for f in definitions}
    kept = shelf.kept()
    sources = tuple(
        source_of(f.fed_by(store.missing), store, kept.get(f.name), correct=correct)
        for f in definitions
        if not missing[f.name]
    )
    current = shelf.in_force()
    before = None if current is None else shelf.manifest(current)
    if before is not None and not correct and (doubtful := _doubtful(store, sources)):
        missing |= dict.fromkeys(doubtful, ("exports that can be read",))
        sources = ()  # the epoch in force stays until they can be
    as_of = as_of or _last_day(store, sources)
    closed = [source.kept.fact.through for source in sources if source.kept is not None]
    through = max(periods.last_closed(as_of - _DAY), *closed, date.min)
    return Intake(sources, missing, as_of, through, epoch_name(sources, through, key_check), before)


def _doubtful(store: CanonicalStore, sources: Sequence[FactSource]) -> tuple[str, ...]:
    """Facts that seem changed and may only lack a file that cannot be read today.

    Counted anew without it, closed periods would lose their rows.
    """
    if not store.faults:
        return ()
    return tuple(s.definition.name for s in sources if s.rebuilds and s.kept is None)


def _last_day(store: CanonicalStore, sources: Sequence[FactSource]) -> date:
    """The last day that any fact's clock holds; one gone wrong does not reach past today."""
    today = datetime.now(UTC).date()
    days: list[date] = []
    for source in sources:
        name, clock = source.definition.clock.split(".")
        table = store.query(
            f"SELECT max(CAST({quoted(clock)} AS DATE)) FROM {quoted(name)} "
            f"WHERE CAST({quoted(clock)} AS DATE) <= ?",
            [today],
        )
        days += [day for day in table.column(0).to_pylist() if day is not None]
    return max(days, default=today)

"""What an import changed, fact by fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from vitrail.gate.description import Change, FactChange
from vitrail.gate.intake import Intake
from vitrail.gate.manifest import EpochFact, EpochManifest
from vitrail.gate.staging import FactSource

#: By fact, events that came late for closed days and such that are no longer exported.
Strays = Mapping[str, tuple[int, int]]


def changes(work: Intake, after: EpochManifest, strays: Strays) -> tuple[FactChange, ...]:
    """How each fact stands in ``after`` beside the epoch before."""
    before = {fact.name: fact for fact in work.before.facts} if work.before else {}
    built = {fact.name: fact for fact in after.facts}
    told = [
        _change(source, before, built.get(source.definition.name), strays)
        for source in work.sources
    ]
    told += [
        FactChange(name, "left out", f"the exports lack {', '.join(lacks)}")
        for name, lacks in work.missing.items()
        if lacks and name in before and name not in built
    ]
    return tuple(told)


def _change(
    source: FactSource, before: Mapping[str, EpochFact], now: EpochFact | None, strays: Strays
) -> FactChange:
    name = source.definition.name
    late, gone = strays.get(name, (0, 0))
    if now is None:
        return FactChange(name, "left out", "too few persons are in it")
    if source.kept is None:
        what: Change = "rebuilt" if source.rebuilds else "new"
        return FactChange(name, what, source.note, now.first, now.through)
    was = source.kept.fact
    if name not in before:
        return FactChange(
            name,
            "new",
            "back, and its closed days are as they were",
            last=now.through,
            late=late,
            gone=gone,
        )
    grew = now.through > was.through
    return FactChange(
        fact=name,
        what="grown" if grew else "unchanged",
        first=was.through + timedelta(days=1) if grew else None,
        last=now.through if grew else None,
        late=late,
        gone=gone,
        values=_new_values(was, now),
    )


def _new_values(was: EpochFact, now: EpochFact) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = (
        (d, tuple(sorted(set(values) - set(was.domains.get(d, ())))))
        for d, values in now.domains.items()
    )
    return tuple((d, values) for d, values in found if values)

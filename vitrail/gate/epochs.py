"""Epochs: facts frozen by closed periods, each in a file of its own that is never written again.

A new epoch is built beside the one in force and named in ``CURRENT`` by one atomic rename, so
that a reader sees the old or the new one and a crash leaves the old. It takes the rows of closed
days from the epoch before and only those of newly closed days from the exports. While no period
closes and no definition or mapping changes, an import leaves the epoch as it is.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from vitrail.errors import Unwritable
from vitrail.gate.changes import Strays, changes
from vitrail.gate.description import FactsReport
from vitrail.gate.erasure import erased_persons, purge
from vitrail.gate.facts import load_facts
from vitrail.gate.intake import Intake, intake
from vitrail.gate.manifest import EpochManifest
from vitrail.gate.materialising import FactBuilder
from vitrail.gate.noise import NoiseSource
from vitrail.gate.published import Published
from vitrail.gate.shelf import Shelf

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore
    from vitrail.keys import Keyring


def build_facts(
    store: CanonicalStore,
    fact_files: Path,
    facts_dir: Path,
    keys: Keyring,
    *,
    as_of: date | None = None,
    correct: bool = False,
) -> FactsReport:
    """Materialise every fact that the store can feed, as a new epoch if a period has closed.

    ``as_of`` is the day on which the exports were made, by default the last day they hold; that
    day itself is not complete. ``correct`` makes a new epoch of the exports as they are now, with
    other noise, after they were corrected. Readers are never kept waiting; that there is one
    builder at a time is seen to by who calls.
    """
    started = time.monotonic()
    facts_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _whole_or_told():
        shelf, definitions = Shelf(facts_dir), load_facts(fact_files)
        shelf.sweep()
        erased = erased_persons(store)
        Published(facts_dir).settle()
        purged, persons = purge(shelf, erased, datetime.now(UTC).date())
        work = intake(store, shelf, definitions, keys.check_value, as_of=as_of, correct=correct)
        report = _run(store, shelf, work, keys, erased)
    seconds = time.monotonic() - started
    return replace(report, seconds=seconds, erased=persons, purged=purged)


@contextmanager
def _whole_or_told() -> Iterator[None]:
    """A disk that takes no more leaves the epoch in force as it is."""
    try:
        yield
    except (duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException):
        raise Unwritable(
            "The facts could not be written: the disk is full or fails.",
            "Free space where the workspace lies and import again; the facts before stay in force.",
        ) from None


def _run(
    store: CanonicalStore, shelf: Shelf, work: Intake, keys: Keyring, erased: Collection[int]
) -> FactsReport:
    strays: dict[str, tuple[int, int]] = {}
    selects = work.selects()
    with shelf.workshop() as (staging, building):
        if selects:
            store.materialise(staging, selects)
        with FactBuilder(building, staging if selects else None) as builder:
            builder.forget(selects, erased)
            for source in work.sources:
                if source.kept is not None:
                    strays[source.definition.name] = builder.strays(source)
            if work.before is not None and work.stays:
                return _report(work, work.before, strays)
            manifest = _built(builder, work, shelf.unused(work.name), keys)
            builder.write(manifest)
        shelf.put_in_force(building, manifest.epoch)
    return _report(work, manifest, strays)


def _built(builder: FactBuilder, work: Intake, epoch: str, keys: Keyring) -> EpochManifest:
    for source in work.sources:
        builder.vet(source)
    noise = NoiseSource(keys.noise)
    facts = [builder.build(source, work.through, noise) for source in work.sources]
    return EpochManifest(
        epoch=epoch,
        built_at=datetime.now(UTC),
        as_of=work.as_of,
        facts=tuple(fact for fact in facts if fact is not None),
    )


def _report(work: Intake, manifest: EpochManifest, strays: Strays) -> FactsReport:
    held = {fact.name for fact in manifest.facts}
    missing = {name: lacks for name, lacks in work.missing.items() if lacks}
    missing |= {
        source.definition.name: ("enough persons",)
        for source in work.sources
        if source.definition.name not in held
    }
    return FactsReport(
        epoch=manifest.epoch,
        facts=tuple((fact.name, fact.rows) for fact in manifest.facts),
        changed=manifest is not work.before,
        first=min((fact.first for fact in manifest.facts), default=None),
        last=max((fact.last for fact in manifest.facts), default=None),
        missing=tuple(missing.items()),
        changes=changes(work, manifest, strays),
    )

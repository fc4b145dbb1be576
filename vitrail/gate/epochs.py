"""Epochs: facts frozen by closed periods, each in a file of its own that is never written again.

A new epoch is built beside the one in force and named in ``CURRENT`` by one atomic rename, so
that a reader sees the old or the new one and a crash leaves the old. While no period closes and
no definition or mapping changes, an import leaves the epoch as it is: its answers are frozen.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb
from filelock import FileLock

from vitrail.errors import Unwritable
from vitrail.exports.references import named_tables
from vitrail.gate import periods
from vitrail.gate.description import FactsReport
from vitrail.gate.facts import FactDefinition, load_facts
from vitrail.gate.manifest import EpochManifest
from vitrail.gate.materialising import FactBuilder, FactSource, staged_select
from vitrail.gate.naming import quoted
from vitrail.gate.noise import NoiseSource
from vitrail.gate.store import CURRENT, EpochReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitrail.exports.store import CanonicalStore
    from vitrail.keys import Keyring

#: Counts as another release of the same data when the way of building facts changes.
_FORMAT: Final = 1

_DAY: Final = timedelta(days=1)


def build_facts(
    store: CanonicalStore,
    fact_files: Path,
    facts_dir: Path,
    keys: Keyring,
    *,
    as_of: date | None = None,
    rebuild: bool = False,
) -> FactsReport:
    """Materialise every fact that the store can feed, as a new epoch if a period has closed.

    ``as_of`` is the day on which the exports were made, by default the last day they hold; that
    day itself is not complete. ``rebuild`` makes a new epoch of the exports as they are now even
    where nothing closed, after an export was corrected. Readers are never kept waiting.
    """
    started = time.monotonic()
    facts_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(facts_dir / ".lock"), _whole_or_told():
        report = _build(store, load_facts(fact_files), facts_dir, keys, as_of, rebuild)
    return replace(report, seconds=time.monotonic() - started)


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


def _build(
    store: CanonicalStore,
    definitions: Sequence[FactDefinition],
    facts_dir: Path,
    keys: Keyring,
    as_of: date | None,
    rebuild: bool,
) -> FactsReport:
    _sweep(facts_dir)
    missing = {fact.name: store.missing(tuple(fact.needs.items())) for fact in definitions}
    sources = tuple(
        FactSource(fact.fed_by(store.missing), _release(fact, store))
        for fact in definitions
        if not missing[fact.name]
    )
    as_of = as_of or _last_day(store, sources)
    through = periods.last_closed(as_of - _DAY)
    name = _name(sources, through, keys.check_value)
    current = _in_force(facts_dir)
    if current is not None and re.fullmatch(rf"{name}(-\d+)?", current) and not rebuild:
        with closing(EpochReader(facts_dir / f"{current}.duckdb")) as reader:
            return _report(reader.manifest, False, missing)
    if current is not None and not sources:  # exports out of reach are no reason to forget
        with closing(EpochReader(facts_dir / f"{current}.duckdb")) as reader:
            return _report(reader.manifest, False, missing)
    epoch = _unused(facts_dir, name)
    with _workshop(facts_dir) as (staging, building):
        selects = {source.definition.name: staged_select(source.definition) for source in sources}
        if selects:
            store.materialise(staging, selects)
        with FactBuilder(building, staging if selects else None) as builder:
            noise = NoiseSource(keys.noise)
            built = {s.definition.name: builder.build(s, through, noise) for s in sources}
            manifest = EpochManifest(
                epoch=epoch,
                built_at=datetime.now(UTC),
                as_of=as_of,
                facts=tuple(fact for fact in built.values() if fact is not None),
            )
            builder.write(manifest)
        _put_in_force(building, facts_dir, epoch)
    missing |= {name: ("enough persons",) for name, fact in built.items() if fact is None}
    return _report(manifest, True, missing)


def _report(
    manifest: EpochManifest, changed: bool, missing: Mapping[str, tuple[str, ...]]
) -> FactsReport:
    return FactsReport(
        epoch=manifest.epoch,
        facts=tuple((fact.name, fact.rows) for fact in manifest.facts),
        changed=changed,
        first=min((fact.first for fact in manifest.facts), default=None),
        last=max((fact.last for fact in manifest.facts), default=None),
        missing=tuple((name, lacks) for name, lacks in missing.items() if lacks),
    )


def _release(fact: FactDefinition, store: CanonicalStore) -> str:
    """The digest of the definition and of the columns mapped to the tables it reads."""
    tables = store.tables
    read = sorted(named_tables(fact.sql) & tables.keys())
    mapped = {name: sorted(tables[name].columns) for name in read}
    text = json.dumps([_FORMAT, fact.sha256, mapped])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _name(sources: Sequence[FactSource], through: date, key_check: str) -> str:
    text = json.dumps([key_check, [source.release for source in sources]])
    return f"{through:%Y%m%d}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _unused(facts_dir: Path, epoch: str) -> str:
    """``epoch``, or with a number behind: a name that was in force once is not used again."""
    name, count = epoch, 1
    while (facts_dir / f"{name}.duckdb").exists():
        count += 1
        name = f"{epoch}-{count}"
    return name


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


def _in_force(facts_dir: Path) -> str | None:
    """The epoch that ``CURRENT`` names; None before the first."""
    try:
        name = (facts_dir / CURRENT).read_text("ascii").strip()
    except FileNotFoundError:
        return None
    return name if (facts_dir / f"{name}.duckdb").is_file() else None


@contextmanager
def _workshop(facts_dir: Path) -> Iterator[tuple[Path, Path]]:
    """Two names beside the epochs, on the same disk, for what is not finished yet."""
    try:
        yield facts_dir / ".staging.duckdb", facts_dir / ".building.duckdb"
    finally:
        _sweep(facts_dir)


def _sweep(facts_dir: Path) -> None:
    """Remove what an import that died has left."""
    for pattern in (".staging.duckdb*", ".building.duckdb*", ".CURRENT*"):
        for path in facts_dir.glob(pattern):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def _put_in_force(building: Path, facts_dir: Path, epoch: str) -> None:
    """Give the finished file its name, then let ``CURRENT`` name it; both survive a power cut."""
    building.chmod(0o600)
    _sync(building)
    building.rename(facts_dir / f"{epoch}.duckdb")
    pointer = facts_dir / f".{CURRENT}.new"
    pointer.write_text(f"{epoch}\n", "ascii")
    _sync(pointer)
    pointer.replace(facts_dir / CURRENT)
    _sync(facts_dir)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

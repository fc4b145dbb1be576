"""A small company's facts, written straight into an epoch: each law has its data at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitrail.config import Settings, Source
from vitrail.exports.store import CanonicalStore
from vitrail.gate import FactsReport, FactStore, answer, build_facts, parse_sql
from vitrail.gate.facts import FactDefinition, load_fact
from vitrail.gate.manifest import EpochFact, EpochManifest
from vitrail.gate.materialising import FactBuilder, FactSource
from vitrail.gate.noise import NoiseSource
from vitrail.house import carried
from vitrail.keys import Keyring
from vitrail.model import Query, Release

FIRST = date(2025, 1, 6)
THROUGH = date(2025, 6, 29)

VISITS = """---
title: Visits
doc: What persons of a small company do. One row an event.
needs: {events: [name, ts]}
clock: events.ts
person: person
rows_per_person: 20
threshold: 10
dimensions:
  region: {kind: person, title: Region}
  country: {kind: person, title: Country, parent: region}
  device: {kind: event, title: Device}
  week: {kind: period, title: Week, grain: week, parent: month}
  month: {kind: period, title: Month, grain: month}
measures:
  amount: {column: amount, title: Spent, low: 0, high: 50000, unit: EUR cents}
  converted: {column: converted, kind: outcome, title: Converted}
  slow: {column: converted, kind: outcome, title: Converted in time, closes_after: 30}
  opened: {column: converted, kind: outcome, title: Opened, enabled: false, note: It is unreliable.}
---
SELECT person, day, region, country, device, amount, converted FROM events
"""

MEASURES = ("amount", "converted", "slow", "opened")


@dataclass(frozen=True)
class House:
    """Facts on disk, the key under which they speak, and the rows they were made of."""

    directory: Path
    files: Path
    keys: Keyring
    rows: pa.Table

    @property
    def store(self) -> FactStore:
        return FactStore.open(self.directory, self.files)

    def ask(self, question: str | Query) -> Release:
        query = parse_sql(question, self.store) if isinstance(question, str) else question
        return answer(query, self.store, self.keys)

    def sql(self, text: str) -> list[tuple]:
        """The plain truth about the rows, for tests alone."""
        visits = self.rows  # noqa: F841 - the engine finds it by its name
        with duckdb.connect() as connection:
            return connection.execute(text).fetchall()


def company(persons: int = 600, seed: int = 5, events: int = 8) -> pa.Table:
    """Persons of three countries and of four that are nearly empty, over half a year."""
    rng = np.random.default_rng(seed)
    names = np.array(["FR", "DE", "ES", "LU", "MC", "AD", "SM"])
    country = rng.choice(names, persons, p=(0.5, 0.3, 0.16, 0.01, 0.01, 0.01, 0.01))
    keys = rng.integers(-(2**62), 2**62, persons)
    who = np.repeat(np.arange(persons), rng.poisson(events, persons))
    days = rng.integers(0, (THROUGH - FIRST).days + 1, len(who))
    return pa.table(
        {
            "person": keys[who],
            "day": [FIRST + timedelta(days=int(d)) for d in days],
            "region": np.where(np.isin(country[who], ["MC"]), "outside", "EEA").tolist(),
            "country": country[who].tolist(),
            "device": rng.choice(["desktop", "mobile", "tablet"], len(who), p=(0.6, 0.37, 0.03)),
            "amount": rng.gamma(2.0, 1500.0, len(who)).astype(np.int64),
            "converted": (rng.random(len(who)) < 0.04).astype(np.int64),
        }
    )


def write_epoch(
    directory: Path,
    rows: pa.Table,
    keys: Keyring,
    *,
    epoch: str = "20250629-00000001",
    through: date = THROUGH,
    fact: str = VISITS,
) -> House:
    """Put ``rows`` into a new epoch of the fact ``visits`` and that epoch in force."""
    directory.mkdir(parents=True, exist_ok=True)
    files = directory / "queries"
    files.mkdir(exist_ok=True)
    (files / "visits.sql").write_text(fact, "utf-8")
    definition = load_fact(files / "visits.sql")
    staging = directory / f"staging-{epoch}.duckdb"
    _stage(staging, rows)
    with FactBuilder(directory / f"{epoch}.duckdb", staging) as builder:
        built = builder.build(FactSource(definition, "release"), through, NoiseSource(keys.noise))
        builder.write(_manifest(epoch, built, through))
    staging.unlink()
    pointer = directory / "CURRENT.new"
    pointer.write_text(f"{epoch}\n")
    pointer.replace(directory / "CURRENT")
    return House(directory, files, keys, rows)


def _manifest(epoch: str, built: EpochFact | None, through: date) -> EpochManifest:
    return EpochManifest(
        epoch=epoch,
        built_at=datetime(2025, 7, 1, tzinfo=UTC),
        as_of=through + timedelta(days=1),
        facts=(built,) if built is not None else (),
    )


def _stage(path: Path, rows: pa.Table) -> None:
    for name in MEASURES:
        if name not in rows.column_names:
            rows = rows.append_column(name, rows.column("converted"))
    with duckdb.connect(str(path)) as connection:
        connection.register("given", rows)
        connection.execute(
            "CREATE TABLE visits AS SELECT CAST(NULL AS UHUGEINT) AS event_id, * FROM given"
        )


@pytest.fixture(scope="session")
def keys() -> Keyring:
    return Keyring(bytes(range(32)))


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, keys: Keyring) -> House:
    """Six hundred persons, asked in most tests."""
    return write_epoch(tmp_path_factory.mktemp("facts"), company(), keys)


@pytest.fixture(scope="session")
def make_house(tmp_path_factory: pytest.TempPathFactory, keys: Keyring) -> Callable[..., House]:
    """Facts made of the rows that a test gives, up to ``through`` where it says so."""
    return lambda rows, **options: write_epoch(
        tmp_path_factory.mktemp("facts"), rows, keys, **options
    )


@pytest.fixture(scope="session")
def definition(house: House) -> FactDefinition:
    return load_fact(house.files / "visits.sql")


@dataclass(frozen=True)
class Exporter:
    """A workspace whose exports a test writes anew and imports, as a company does every week."""

    workspace: Path
    keys: Keyring

    FACTS = carried("queries", "facts")

    def write(self, **tables: pa.Table) -> None:
        """Write each canonical table as an export of its own, its columns under their names."""
        (self.workspace / "exports").mkdir(exist_ok=True)
        for name, table in tables.items():
            pq.write_table(table, self.workspace / "exports" / f"{name}.parquet")

    @property
    def settings(self) -> Settings:
        sources = {}
        for path in sorted((self.workspace / "exports").glob("*.parquet")):
            columns = {name: name for name in pq.read_schema(path).names}
            file = f"exports/{path.name}"
            sources[path.stem] = Source(file=file, table=path.stem, columns=columns)
        return Settings(sources=sources)

    def build(self, **options) -> FactsReport:
        files = options.pop("fact_files", self.FACTS)
        with CanonicalStore.open(self.workspace, self.settings, self.keys) as store:
            return build_facts(store, files, self.workspace / "facts", self.keys, **options)

    @property
    def store(self) -> FactStore:
        return FactStore.open(self.workspace / "facts", self.FACTS)

    def ask(self, question: str, epoch: str | None = None) -> Release:
        store = FactStore.open(self.workspace / "facts", self.FACTS, epoch=epoch)
        return answer(parse_sql(question, store), store, self.keys)

    def rows(self, sql: str, epoch: str | None = None) -> list[tuple]:
        """What really is in an epoch, for tests alone."""
        return self.store.reader(epoch).fetch(sql, [])

    def person(self, account: str) -> int:
        return self.keys.person_key(account)


@pytest.fixture
def exporter(tmp_path: Path, keys: Keyring) -> Exporter:
    """An empty workspace to export into."""
    return Exporter(tmp_path, keys)

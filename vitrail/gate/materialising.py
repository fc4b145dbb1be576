"""Writing a fact as rows of person × dimensions × week and month, with closed domains.

Strings become ENUMs and persons stay 64-bit integers: that is what makes gated answers as fast as
plain ones, and the rows of one person lie together: grouping by person then takes a third of the
time. Values that too few persons share become ``other`` here already, so that no later
question can name them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

import duckdb

from vitrail.gate.clip_bounds import clip_bounds
from vitrail.gate.domains import DomainCloser
from vitrail.gate.facts import FactDefinition
from vitrail.gate.implications import implied_values
from vitrail.gate.manifest import MANIFEST_TABLE, EpochFact, EpochManifest
from vitrail.gate.naming import UNKNOWN, enum_type, literal, quoted, sample_table
from vitrail.gate.noise import NoiseSource
from vitrail.gate.suppression import OTHER
from vitrail.gate.windows import WindowFinder, Windows, once_dimensions

__all__ = [
    "FactBuilder",
    "FactSource",
    "enum_type",
    "quoted",
    "sample_table",
    "staged_select",
]

#: A larger table has its sample: below, counting everything takes no longer.
SAMPLED_FROM: Final = 500_000


@dataclass(frozen=True, slots=True)
class FactSource:
    """A fact to build, and the release under which its answers are given."""

    definition: FactDefinition
    release: str


def staged_select(fact: FactDefinition) -> str:
    """The fact's own SELECT with its columns cast to what the builder expects, row by row."""
    columns = [
        f"CAST({fact.person} AS BIGINT) AS person",
        "CAST(day AS DATE) AS day",
        *(
            f"coalesce(CAST({quoted(d)} AS VARCHAR), '{UNKNOWN}') AS {quoted(d)}"
            for d in fact.plain_dimensions
        ),
        *(
            f"CAST({quoted(m.column)} AS BIGINT) AS {quoted(name)}"
            for name, m in fact.measures.items()
        ),
    ]
    return (
        f"SELECT {', '.join(columns)} FROM ({fact.sql}) "
        f"WHERE {fact.person} IS NOT NULL AND day IS NOT NULL"
    )


class FactBuilder:
    """Builds one epoch's file from staged rows. A context manager; leaving it closes the file."""

    def __init__(self, database: Path, staging: Path | None) -> None:
        self._connection = duckdb.connect(
            str(database),
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "preserve_insertion_order": False,
                "memory_limit": "1500MB",
                "temp_directory": str(database.with_name(f"{database.name}.spill")),
            },
        )
        if staging is not None:
            self._connection.execute(f"ATTACH {literal(staging)} AS staging (READ_ONLY)")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def build(self, source: FactSource, through: date, noise: NoiseSource) -> EpochFact | None:
        """Write one fact up to ``through``; None where too few persons are in it."""
        fact, release = source.definition, source.release
        staged = f"SELECT * FROM staging.{quoted(fact.name)} WHERE day <= ?"
        closer = DomainCloser(fact, release, self._fetch, noise)
        first = closer.first_day(staged, [through])
        if first is None:
            return None
        domains = {d: closer.values(d, staged, [through]) for d in fact.plain_dimensions}
        windows = self._windows(source, domains, first, through, noise)
        domains |= {d: tuple(windows[d]) for d in windows}
        rows = self._write_fact(fact, domains, windows, first, through)
        return EpochFact(
            definition=fact,
            release=release,
            domains=domains,
            first=first,
            through=through,
            rows=rows,
            bounds=clip_bounds(fact, release, self._fetch, noise),
            implied=implied_values(fact, self._fetch),
            windows=windows,
            sampled=self._sample(fact, rows),
        )

    def write(self, manifest: EpochManifest) -> None:
        """Put the manifest into the file; the last thing that is written."""
        self._connection.execute(f"CREATE TABLE {MANIFEST_TABLE} (document VARCHAR NOT NULL)")
        self._fetch(f"INSERT INTO {MANIFEST_TABLE} VALUES (?)", manifest.model_dump_json())
        self._connection.execute("CHECKPOINT")

    def _windows(
        self,
        source: FactSource,
        domains: Mapping[str, tuple[str, ...]],
        first: date,
        through: date,
        noise: NoiseSource,
    ) -> dict[str, dict[str, tuple[date, ...]]]:
        fact = source.definition
        rows = f"SELECT * FROM staging.{quoted(fact.name)} WHERE day BETWEEN ? AND ?"
        finder = WindowFinder(fact, source.release, self._fetch, noise)
        return {
            d: finder.windows(d, domains[d], rows, [first, through]) for d in once_dimensions(fact)
        }

    def _write_fact(
        self,
        fact: FactDefinition,
        domains: Mapping[str, tuple[str, ...]],
        windows: Mapping[str, Windows],
        first: date,
        through: date,
    ) -> int:
        for dimension, values in domains.items():
            labels = ", ".join(map(literal, (*values, OTHER)))
            kind = enum_type(fact.name, dimension)
            self._connection.execute(f"CREATE TYPE {kind} AS ENUM ({labels})")
        for dimension, weeks in windows.items():
            self._write_weeks(fact, dimension, weeks)
        columns = [
            "person",
            "CAST(date_trunc('week', day) AS DATE) AS week",
            "CAST(date_trunc('month', day) AS DATE) AS month",
            *(self._labelled(fact, d, d in windows) for d in domains),
            "CAST(count(*) AS INTEGER) AS rows",
            *_measures(fact),
        ]
        counted = self._fetch(
            f"CREATE TABLE {quoted(fact.name)} AS SELECT {', '.join(columns)}"
            f" FROM staging.{quoted(fact.name)} WHERE day BETWEEN ? AND ?"
            " GROUP BY ALL ORDER BY person, week",
            first,
            through,
        )
        return int(counted[0][0])

    def _write_weeks(self, fact: FactDefinition, dimension: str, weeks: Windows) -> None:
        table = _weeks_table(fact, dimension)
        self._connection.execute(f"CREATE TEMP TABLE {table} (value VARCHAR, week DATE)")
        for value, mondays in weeks.items():
            insert = f"INSERT INTO {table} SELECT ?, unnest(CAST(? AS DATE[]))"
            self._fetch(insert, value, list(mondays))

    def _labelled(self, fact: FactDefinition, dimension: str, once: bool) -> str:
        """A dimension's column: its value where that may be named, else ``other``."""
        name, kind = quoted(dimension), enum_type(fact.name, dimension)
        value = f"TRY_CAST({name} AS {kind})"
        if once:
            lives = f"({name}, CAST(date_trunc('week', day) AS DATE))"
            weeks = f"(SELECT value, week FROM {_weeks_table(fact, dimension)})"
            value = f"CASE WHEN {lives} IN {weeks} THEN {value} END"
        return f"coalesce({value}, CAST('{OTHER}' AS {kind})) AS {name}"

    def _sample(self, fact: FactDefinition, rows: int) -> bool:
        """Write the rows of one person in 16 beside a large table."""
        if rows <= SAMPLED_FROM:
            return False
        self._connection.execute(
            f"CREATE TABLE {quoted(sample_table(fact.name))} AS SELECT * FROM {quoted(fact.name)}"
            " WHERE (person & 15) = 0 ORDER BY person, week"
        )
        return True

    def _fetch(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._connection.execute(sql, list(params)).fetchall()
        return rows


def _measures(fact: FactDefinition) -> list[str]:
    return [
        f"CAST({'max' if m.kind == 'outcome' else 'sum'}(coalesce({quoted(name)}, 0))"
        f" AS {'UTINYINT' if m.kind == 'outcome' else 'BIGINT'}) AS {quoted(name)}"
        for name, m in fact.measures.items()
    ]


def _weeks_table(fact: FactDefinition, dimension: str) -> str:
    return quoted(f"{fact.name}.{dimension}.weeks")

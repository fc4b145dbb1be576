"""Writing a fact as rows of person × dimensions × week and month, with closed domains.

Strings become ENUMs and persons stay 64-bit integers: that is what makes gated answers as fast as
plain ones. Values that too few persons share become ``other`` here already, so that no later
question can name them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

import duckdb

from vitrail.gate import periods
from vitrail.gate.facts import FactDefinition
from vitrail.gate.manifest import MANIFEST_TABLE, EpochFact, EpochManifest
from vitrail.gate.noise import NoiseSource
from vitrail.gate.suppression import OTHER, enough

#: What is published where an export says nothing.
UNKNOWN: Final = "unknown"

_MOST_VALUES: Final = 500
_LONGEST_VALUE: Final = 80


@dataclass(frozen=True, slots=True)
class FactSource:
    """A fact to build, and the release under which its answers are given."""

    definition: FactDefinition
    release: str


def quoted(name: str) -> str:
    """A name as an SQL identifier. All names come from checked declarations."""
    return '"' + name.replace('"', '""') + '"'


def enum_type(fact: str, dimension: str) -> str:
    """The ENUM of a fact's dimension, as an SQL identifier."""
    return quoted(f"{fact}.{dimension}")


def sample_table(fact: str) -> str:
    """The table with the rows of one person in 64, for checks that want no more."""
    return f"{fact}.sample"


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
            self._connection.execute(f"ATTACH '{_literal(staging)}' AS staging (READ_ONLY)")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def build(self, source: FactSource, through: date, noise: NoiseSource) -> EpochFact | None:
        """Write one fact up to ``through``; None where too few persons are in it."""
        fact = source.definition
        first = self._first_day(source, through, noise)
        if first is None:
            return None
        domains = {d: self._close(source, d, through, noise) for d in fact.plain_dimensions}
        rows = self._write_fact(fact, first, through)
        return EpochFact(
            definition=fact,
            release=source.release,
            domains=domains,
            first=first,
            through=through,
            rows=rows,
        )

    def write(self, manifest: EpochManifest) -> None:
        """Put the manifest into the file; the last thing that is written."""
        self._connection.execute(f"CREATE TABLE {MANIFEST_TABLE} (document VARCHAR NOT NULL)")
        self._fetch(f"INSERT INTO {MANIFEST_TABLE} VALUES (?)", manifest.model_dump_json())
        self._connection.execute("CHECKPOINT")

    def _first_day(self, source: FactSource, through: date, noise: NoiseSource) -> date | None:
        """The first month with enough persons: a lone early row does not say when it was."""
        fact = source.definition
        months = self._fetch(
            f"SELECT month, count(*), bit_xor(person) FROM ("
            f" SELECT DISTINCT CAST(date_trunc('month', day) AS DATE) AS month, person"
            f" FROM staging.{quoted(fact.name)} WHERE day <= ?) GROUP BY month ORDER BY month",
            through,
        )
        for month, persons, key in months:
            asked = [source.release, "first", month]
            if enough(persons, fact.threshold, noise, [fact.name, key, persons], asked):
                return periods.month_start(month)
        return None

    def _close(
        self, source: FactSource, dimension: str, through: date, noise: NoiseSource
    ) -> tuple[str, ...]:
        """Make the ENUM of a dimension: the values that enough persons share, and ``other``."""
        fact = source.definition
        declared = fact.dimensions[dimension].values
        counted = self._fetch(
            f"SELECT value, count(*), bit_xor(person) FROM ("
            f" SELECT DISTINCT {quoted(dimension)} AS value, person"
            f" FROM staging.{quoted(fact.name)} WHERE day <= ?)"
            f" GROUP BY value HAVING count(*) >= ? ORDER BY count(*) DESC, value LIMIT ?",
            through,
            fact.threshold,
            _MOST_VALUES,
        )
        values = sorted(
            value
            for value, persons, key in counted
            if value != OTHER
            and len(value) <= _LONGEST_VALUE
            and (not declared or value in (*declared, UNKNOWN))
            and enough(
                persons,
                fact.threshold,
                noise,
                [fact.name, key, persons],
                [source.release, "domain", dimension, value],
            )
        )
        labels = ", ".join(f"'{_literal(value)}'" for value in (*values, OTHER))
        self._connection.execute(
            f"CREATE TYPE {enum_type(fact.name, dimension)} AS ENUM ({labels})"
        )
        return tuple(values)

    def _write_fact(self, fact: FactDefinition, first: date, through: date) -> int:
        dimensions = [
            f"coalesce(TRY_CAST({quoted(d)} AS {enum_type(fact.name, d)}),"
            f" CAST('{OTHER}' AS {enum_type(fact.name, d)})) AS {quoted(d)}"
            for d in fact.plain_dimensions
        ]
        measures = [
            f"CAST({'max' if m.kind == 'outcome' else 'sum'}(coalesce({quoted(name)}, 0))"
            f" AS {'UTINYINT' if m.kind == 'outcome' else 'BIGINT'}) AS {quoted(name)}"
            for name, m in fact.measures.items()
        ]
        counted = self._fetch(
            f"CREATE TABLE {quoted(fact.name)} AS SELECT person, "
            + ", ".join(
                [
                    "CAST(date_trunc('week', day) AS DATE) AS week",
                    "CAST(date_trunc('month', day) AS DATE) AS month",
                    *dimensions,
                    "CAST(count(*) AS INTEGER) AS rows",
                    *measures,
                ]
            )
            + f" FROM staging.{quoted(fact.name)} WHERE day BETWEEN ? AND ?"
            " GROUP BY ALL ORDER BY month, week",
            first,
            through,
        )
        return int(counted[0][0])

    def _fetch(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._connection.execute(sql, list(params)).fetchall()
        return rows


def _literal(text: object) -> str:
    return str(text).replace("'", "''")

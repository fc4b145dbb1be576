"""Writing a fact as rows of person × dimensions × week and month, with closed domains.

Strings become ENUMs and persons stay 64-bit integers: that is what makes gated answers as fast as
plain ones, and the rows of one person lie together: grouping by person then takes a third of the
time. Values that too few persons share become ``other`` here already, so that no later
question can name them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

import duckdb
import psutil

from vitrail.gate.carrying import EARLIER, Carrier
from vitrail.gate.clip_bounds import clip_bounds
from vitrail.gate.facts import FactDefinition
from vitrail.gate.frames import Frame, frame, named_since
from vitrail.gate.implications import grown, implied_values, nearly_implied
from vitrail.gate.labelling import consistent
from vitrail.gate.late import late_and_gone
from vitrail.gate.manifest import FORMAT, MANIFEST_TABLE, EpochFact, EpochManifest
from vitrail.gate.naming import enum_type, literal, open_table, quoted, sample_table
from vitrail.gate.noise import NoiseSource
from vitrail.gate.side_tables import LARGE_FROM, write_sample, write_side_tables
from vitrail.gate.staging import FactSource, Kept, open_from, waits
from vitrail.gate.vetting import vet

_LEAST_MEMORY: Final = 1_500_000_000

__all__ = ["FactBuilder", "FactSource", "enum_type", "quoted", "sample_table"]


class FactBuilder:
    """Builds one epoch's file from staged rows. A context manager; leaving it closes the file."""

    def __init__(self, database: Path, staging: Path | None) -> None:
        self._connection = duckdb.connect(
            str(database),
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "preserve_insertion_order": False,
                "memory_limit": f"{_memory()}B",
                "temp_directory": str(database.with_name(f"{database.name}.spill")),
            },
        )
        if staging is not None:
            self._connection.execute(f"ATTACH {literal(staging)} AS staging")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def build(self, source: FactSource, through: date, noise: NoiseSource) -> EpochFact | None:
        """Write one fact up to ``through``; None where too few persons are in it."""
        with self._attached(source.kept):
            made = frame(source, through, self.fetch, noise)
            if made is None:
                return None
            made.labels.create(self.fetch)
            rows = self._write_rows(source, made, noise)
        fact, kept = source.definition, source.kept
        implied = implied_values(fact, self.fetch)
        is_large = rows > LARGE_FROM
        if is_large:
            write_sample(fact, self.fetch)
        return EpochFact(
            definition=fact,
            release=source.release,
            domains=dict(made.labels.domains),
            first=made.first,
            through=made.through,
            rows=rows,
            bounds=kept.fact.bounds
            if kept
            else clip_bounds(fact, source.release, self.fetch, noise),
            implied=grown(kept.fact, implied) if kept else implied,
            windows={d: dict(weeks) for d, weeks in made.labels.windows.items()},
            sampled=is_large,
            side_tables=write_side_tables(fact, rows, self.fetch) if is_large else (),
            rebuilds=source.rebuilds,
            note=source.note,
            since=named_since(kept, made),
            purged=kept.fact.purged if kept else None,
            format=FORMAT,
        )

    def forget(self, staged: Iterable[str], erased: Collection[int]) -> None:
        """Drop the staged rows of erased persons, whom the exports may still hold."""
        self.fetch("CREATE TEMP TABLE _erased AS SELECT unnest(CAST(? AS BIGINT[])) AS person",
                   list(erased))  # fmt: skip
        for table in staged if erased else ():
            self.fetch(
                f"DELETE FROM staging.{quoted(table)} WHERE person IN (SELECT person FROM _erased)"
            )

    def vet(self, source: FactSource) -> None:
        """Raise for staged rows that no answer could stand on."""
        vet(source, self.fetch)

    def strays(self, source: FactSource) -> tuple[int, int]:
        """How many events came late for closed days, and how many of them are gone."""
        with self._attached(source.kept):
            return late_and_gone(source, self.fetch)

    def write(self, manifest: EpochManifest) -> None:
        """Put the manifest into the file; the last thing that is written."""
        self.fetch(f"CREATE TABLE {MANIFEST_TABLE} (document VARCHAR NOT NULL)")
        self.fetch(f"INSERT INTO {MANIFEST_TABLE} VALUES (?)", manifest.model_dump_json())
        self.fetch("CHECKPOINT")

    def fetch(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        """Run SQL with bound values and give its rows."""
        rows: list[tuple[Any, ...]] = self._connection.execute(sql, list(params)).fetchall()
        return rows

    @contextmanager
    def _attached(self, kept: Kept | None) -> Iterator[None]:
        if kept is None:
            yield
            return
        self.fetch(f"ATTACH {literal(kept.file)} AS {EARLIER} (READ_ONLY)")
        try:
            yield
        finally:
            self.fetch(f"DETACH {EARLIER}")

    def _write_rows(self, source: FactSource, made: Frame, noise: NoiseSource) -> int:
        """Write the fact's table, and beside it the events that something may still come of."""
        fact, kept = source.definition, source.kept
        events = made.labels.select(
            f"SELECT * FROM staging.{quoted(fact.name)}"
            f" WHERE day BETWEEN DATE '{made.since}' AND DATE '{made.through}'"
        )
        frozen = (
            nearly_implied(fact, source.release, events, self.fetch, noise)
            if kept is None
            else kept.fact.implied
        )
        if any(frozen.values()):
            events = consistent(fact, frozen, events, (), self.fetch)
        settled = ""
        if kept is not None:
            carrier = Carrier(fact, kept)
            settled = f"{carrier.settled()} UNION ALL "
            if waits(fact):
                events = f"{carrier.open_events()} UNION ALL {events}"
        self._write_open(fact, events, made.through)
        written = self.fetch(
            f"CREATE TABLE {quoted(fact.name)} AS {settled}{_by_period(fact, events)}"
            " ORDER BY person, week"
        )
        return int(written[0][0])

    def _write_open(self, fact: FactDefinition, events: str, through: date) -> None:
        if waits(fact):
            self.fetch(
                f"CREATE TABLE {quoted(open_table(fact.name))} AS"
                f" SELECT * FROM ({events}) WHERE day >= DATE '{open_from(fact, through)}'"
            )


def _memory() -> int:
    """A quarter of what is free, beside the engine that reads exports; at least 1.5 GB."""
    return max(_LEAST_MEMORY, int(psutil.virtual_memory().available) // 4)


def _by_period(fact: FactDefinition, events: str) -> str:
    """Labelled events as one row for each person, period and combination of labels."""
    columns = [
        "person",
        "CAST(date_trunc('week', day) AS DATE) AS week",
        "CAST(date_trunc('month', day) AS DATE) AS month",
        *map(quoted, fact.plain_dimensions),
        "CAST(count(*) AS INTEGER) AS rows",
        *(
            f"CAST({'max' if m.kind == 'outcome' else 'sum'}(coalesce({quoted(name)}, 0))"
            f" AS {'UTINYINT' if m.kind == 'outcome' else 'BIGINT'}) AS {quoted(name)}"
            for name, m in fact.measures.items()
        ),
    ]
    return f"SELECT {', '.join(columns)} FROM ({events}) GROUP BY ALL"

"""Hits grouped into the things that a human decides on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from vitrail.detect.detector import Detector, DetectorOptions
from vitrail.detect.entities import ENTITIES, EntityType
from vitrail.keys import Keyring
from vitrail.model import Finding, FindingStatus, Severity
from vitrail.scan.documents import kinds, read_run
from vitrail.scan.expected import is_expected
from vitrail.scan.hits import hit_parts
from vitrail.scan.plan import cache_folder

if TYPE_CHECKING:
    import pyarrow as pa

Declared = Mapping[tuple[str, str | None, str], str]

SAMPLES: Final = 5

#: A date or time in a file's name; tomorrow's export of the same source differs in nothing else.
_DATED: Final = re.compile(
    r"(?<!\d)(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12]\d|3[01]))?"
    r"(?:[-_T.]?[0-2]\d[-_.:]?[0-5]\d(?:[-_.:]?[0-5]\d)?Z?)?(?!\d)"
)


class Group(NamedTuple):
    """What a finding is about: a logical source, a column of it, an entity type."""

    source: str
    table: str | None
    column: str
    entity_type: str


@dataclass(slots=True)
class _Tally:
    """The hits of one group so far; ``values`` are 64 bits of each distinct fingerprint."""

    datasets: set[tuple[str, str | None]] = field(default_factory=set)
    cells: int = 0
    values: npt.NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))
    score: float = 0.0
    recognizers: Counter[str] = field(default_factory=Counter)
    samples: dict[str, None] = field(default_factory=dict)


def findings(
    directory: Path, *, declared: Declared = MappingProxyType({}), keys: Keyring
) -> tuple[Finding, ...]:
    """The findings of a run, worst first. ``declared``: (dataset, table, exported column) →
    canonical column as the mapping says (``accounts.email``).

    A finding belongs to a logical source: the dated exports of one name count as one. Its ``id``
    is the HMAC of source, column and entity type, so it stays the same from run to run.
    """
    document = read_run(directory)
    run = str(document["id"])
    detector = Detector(DetectorOptions(names="off"), keys, cache_folder())
    known = kinds(document)
    explain = cache(partial(detector.explain, kinds=known))
    found = []
    for group, tally in _tallies(directory).items():
        recognizer = tally.recognizers.most_common(1)[0][0]
        sources = sorted(tally.datasets, key=lambda d: (d[0], d[1] or ""))
        one = len(sources) == 1
        found.append(
            Finding(
                id=finding_id(group, keys),
                dataset=sources[0][0] if one else group.source,
                table=sources[0][1] if one else group.table,
                column=group.column,
                entity_type=group.entity_type,
                severity=severity_of(group.entity_type, known),
                cells=tally.cells,
                values=len(tally.values),
                score=round(tally.score, 4),
                recognizer=recognizer,
                explanation=explain(group.entity_type, recognizer),
                samples=tuple(tally.samples),
                expected=_expected(sources, group, declared),
                status=FindingStatus.OPEN,
                run=run,
            )
        )
    return tuple(
        sorted(found, key=lambda f: (f.expected, -f.severity.rank, -f.cells, f.dataset, f.column,
                                     f.entity_type))
    )  # fmt: skip


def finding_id(group: Group, keys: Keyring) -> str:
    """32 hex digits that name the finding from run to run."""
    return keys.fingerprint("finding", "\x1f".join(part or "" for part in group))


def logical_source(name: str) -> str:
    """A name without the dates in it: ``events_202611.parquet`` → ``events_*.parquet``."""
    return _DATED.sub("*", name)


def group_of(dataset: str, table: str | None, column: str, entity_type: str) -> Group:
    """The group that a hit belongs to."""
    inside = None if table is None else logical_source(table)
    return Group(logical_source(dataset), inside, column, entity_type)


def severity_of(entity_type: str, known: Mapping[str, EntityType] = ENTITIES) -> Severity:
    """How bad it is to find one where it should not be."""
    kind = known.get(entity_type)
    return Severity.MEDIUM if kind is None else kind.severity


def _expected(sources: list[tuple[str, str | None]], group: Group, declared: Declared) -> bool:
    """Whether the mapping means the column to hold this, in every dataset that has it."""
    canonical = [declared.get((dataset, table, group.column)) for dataset, table in sources]
    return all(c is not None and is_expected(c, group.entity_type) for c in canonical)


def _tallies(directory: Path) -> dict[Group, _Tally]:
    """All hits added up, a part at a time."""
    tallies: dict[Group, _Tally] = {}
    columns = ["dataset", "table", "column", "path", "row", "entity_type", "score", "recognizer",
               "fingerprint", "masked"]  # fmt: skip
    for part in hit_parts(directory):
        hits = pq.read_table(part, columns=columns)
        for key, index in _grouped(hits):
            group = group_of(*key)
            _add(tallies.setdefault(group, _Tally()), key, hits.take(index))
    return tallies


def _grouped(
    hits: pa.Table,
) -> list[tuple[tuple[str, str | None, str, str], npt.NDArray[np.int64]]]:
    """The rows of each dataset × table × column × entity type."""
    import pyarrow

    numbered = hits.append_column("_at", pyarrow.array(np.arange(len(hits))))
    keys = ["dataset", "table", "column", "entity_type"]
    grouped = numbered.group_by(keys, use_threads=False).aggregate([("_at", "list")])
    return [
        ((row["dataset"], row["table"], row["column"], row["entity_type"]),
         np.sort(np.array(row["_at_list"], np.int64)))
        for row in grouped.to_pylist()
    ]  # fmt: skip


def _add(tally: _Tally, key: tuple[str, str | None, str, str], hits: pa.Table) -> None:
    tally.datasets.add(key[:2])
    tally.cells += _cells(hits)
    digits = hits["fingerprint"].to_numpy()
    prints = np.array([int(text[:16], 16) for text in set(digits)], np.uint64)
    tally.values = np.union1d(tally.values, prints)
    tally.score = max(tally.score, float(np.max(hits["score"].to_numpy())))
    counts = hits["recognizer"].value_counts()
    tally.recognizers.update({entry["values"]: entry["counts"] for entry in counts.to_pylist()})
    for shape in hits["masked"].unique().to_pylist():
        if len(tally.samples) >= SAMPLES:
            break
        tally.samples.setdefault(shape)


def _cells(hits: pa.Table) -> int:
    """Distinct cells among hits in order: a cell's hits stand together."""
    rows = hits["row"].to_numpy()
    paths = hits["path"].combine_chunks().to_pylist() if len(hits) else []
    changes = rows[1:] != rows[:-1]
    same_row = np.flatnonzero(~changes)
    for index in same_row:
        changes[index] = paths[index] != paths[index + 1]
    return int(changes.sum()) + 1

"""The hits of a run added up by what they are about, in memory that values alone fill.

A distinct value is counted by 64 bits of its fingerprint; ten million of them take 80 MB.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from vitrail.scan.hits import hit_parts
from vitrail.scan.name_hits import name_parts

if TYPE_CHECKING:
    import pyarrow as pa

SAMPLES: Final = 5

#: A date or time in a file's name; tomorrow's export of the same source differs in nothing else.
_DATED: Final = re.compile(
    r"(?<!\d)(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12]\d|3[01]))?"
    r"(?:[-_T.]?[0-2]\d[-_.:]?[0-5]\d(?:[-_.:]?[0-5]\d)?Z?)?(?!\d)"
)
_DIGITS: Final = 16
_VALUE: Final = np.full(256, 255, np.uint8)
_VALUE[np.frombuffer(b"0123456789abcdef", np.uint8)] = np.arange(16, dtype=np.uint8)
_KEY: Final = ("dataset", "table", "column", "entity_type")


class Group(NamedTuple):
    """What a finding is about: a logical source, a column of it, an entity type."""

    source: str
    table: str | None
    column: str
    entity_type: str


class Values:
    """Distinct fingerprints, 64 bits of each; what is added is put in order now and then."""

    def __init__(self) -> None:
        self._sorted: npt.NDArray[np.uint64] = np.empty(0, np.uint64)
        self._loose: list[npt.NDArray[np.uint64]] = []
        self._waiting = 0

    def add(self, prints: npt.NDArray[np.uint64]) -> None:
        self._loose.append(prints)
        self._waiting += len(prints)
        if self._waiting > max(1 << 16, len(self._sorted)):
            self.all()

    def all(self) -> npt.NDArray[np.uint64]:
        """All of them, in order."""
        if self._loose:
            self._sorted = np.unique(np.concatenate([self._sorted, *self._loose]))
            self._loose, self._waiting = [], 0
        return self._sorted


@dataclass(slots=True)
class Tally:
    """The hits of one group so far."""

    datasets: set[tuple[str, str | None]] = field(default_factory=set)
    cells: int = 0
    values: Values = field(default_factory=Values)
    score: float = 0.0
    recognizers: Counter[str] = field(default_factory=Counter)
    samples: dict[str, None] = field(default_factory=dict)


def logical_source(name: str) -> str:
    """A name without the dates in it: ``events_202611.parquet`` → ``events_*.parquet``."""
    return _DATED.sub("*", name)


def group_of(dataset: str, table: str | None, column: str, entity_type: str) -> Group:
    """The group that a hit belongs to."""
    inside = None if table is None else logical_source(table)
    return Group(logical_source(dataset), inside, column, entity_type)


def tallies(directory: Path) -> dict[Group, Tally]:
    """All hits added up, a part at a time."""
    found: dict[Group, Tally] = {}
    columns = [*_KEY, "path", "row", "score", "recognizer", "fingerprint", "masked"]
    for part in (*hit_parts(directory), *name_parts(directory)):
        for key, hits in _grouped(pq.read_table(part, columns=columns)):
            _add(found.setdefault(group_of(*key), Tally()), key, hits)
    return found


def values(directory: Path) -> dict[Group, npt.NDArray[np.uint64]]:
    """The distinct values alone, by what they are about."""
    found: dict[Group, Values] = {}
    for part in (*hit_parts(directory), *name_parts(directory)):
        for key, hits in _grouped(pq.read_table(part, columns=[*_KEY, "fingerprint"])):
            prints = leading_bits(hits["fingerprint"])
            found.setdefault(group_of(*key), Values()).add(prints)
    return {group: kept.all() for group, kept in found.items()}


def leading_bits(fingerprints: pa.ChunkedArray) -> npt.NDArray[np.uint64]:
    """The first 64 bits of each fingerprint of hexadecimal digits."""
    import pyarrow
    import pyarrow.compute as pc

    digits = pc.utf8_slice_codeunits(fingerprints, 0, _DIGITS).cast(pyarrow.binary(_DIGITS))
    chunk = digits.combine_chunks()
    data = np.frombuffer(chunk.buffers()[1], np.uint8)
    nibbles = _VALUE[data[chunk.offset * _DIGITS :][: len(chunk) * _DIGITS]].reshape(-1, 2)
    packed = (nibbles[:, 0] << np.uint8(4)) | nibbles[:, 1]
    return packed.astype(np.uint8).reshape(-1, 8).copy().view(">u8").ravel().astype(np.uint64)


def _grouped(hits: pa.Table) -> Iterator[tuple[tuple[str, str | None, str, str], pa.Table]]:
    """The rows of each dataset × table × column × entity type, in their order."""
    import pyarrow

    numbered = hits.append_column("_at", pyarrow.array(np.arange(len(hits))))
    grouped = numbered.group_by(list(_KEY), use_threads=False).aggregate([("_at", "list")])
    if not len(grouped):
        return
    lists = grouped["_at_list"].combine_chunks()
    at = lists.flatten().to_numpy()
    group = np.repeat(np.arange(len(lists)), np.diff(lists.offsets.to_numpy()))
    ordered = hits.take(pyarrow.array(at[np.lexsort((at, group))]))  # once; a slice costs nothing
    edges = (lists.offsets.to_numpy() - lists.offsets[0].as_py()).tolist()
    for index, row in enumerate(grouped.select(list(_KEY)).to_pylist()):
        start, stop = edges[index], edges[index + 1]
        yield tuple(row[name] for name in _KEY), ordered.slice(start, stop - start)


def _add(tally: Tally, key: tuple[str, str | None, str, str], hits: pa.Table) -> None:
    tally.datasets.add(key[:2])
    tally.cells += _cells(hits)
    tally.values.add(leading_bits(hits["fingerprint"]))
    tally.score = max(tally.score, float(np.max(hits["score"].to_numpy())))
    counts = hits["recognizer"].value_counts()
    tally.recognizers.update({entry["values"]: entry["counts"] for entry in counts.to_pylist()})
    if len(tally.samples) < SAMPLES:
        for shape in hits["masked"].unique().to_pylist()[:SAMPLES]:
            tally.samples.setdefault(shape)


def _cells(hits: pa.Table) -> int:
    """Distinct cells among hits in order: a cell's hits stand together."""
    rows = hits["row"].to_numpy()
    changes = rows[1:] != rows[:-1]
    again = np.flatnonzero(~changes)
    if len(again):
        paths = hits["path"].combine_chunks()
        for index in again:
            changes[index] = paths[int(index)] != paths[int(index) + 1]
    return int(changes.sum()) + 1

"""Hits of an earlier run brought over: whole parts by a link, the rest row by row.

A link shares the bytes on disk, and parts are never written to again, so neither run can spoil
the other's. Where the disk takes no links, or the folders lie on two disks, parts are copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vitrail.scan.former import Kept
from vitrail.scan.hits import hit_parts
from vitrail.scan.kernel import Place
from vitrail.scan.parts import Parts


@dataclass(frozen=True, slots=True)
class _Slice:
    """The rows of a part that belong to one input of the old run."""

    start: int
    stop: int
    place: Place


class Carrier:
    """Brings the hits of ``kept`` inputs, by their number among the new run's ``places``, into
    ``parts``. ``stems``: the parts written, whose names sort in reading order. ``hits``: by input.
    """

    def __init__(self, kept: Mapping[int, Kept], places: Sequence[Place], parts: Parts) -> None:
        self._kept = kept
        self._places = places
        self._parts = parts
        self.stems: list[str] = []
        self.hits = dict.fromkeys(kept, 0)

    def carry(self, stopped: Callable[[], bool]) -> bool:
        """Bring all over; False where ``stopped`` said so, and what has come counts for nothing."""
        for directory in dict.fromkeys(k.directory for k in self._kept.values()):
            wanted: dict[Place, list[int]] = {}
            for number, kept in self._kept.items():
                if kept.directory == directory:
                    wanted.setdefault(kept.place, []).append(number)
            for part in hit_parts(directory):
                if stopped():
                    return False
                self._carry_part(part, wanted)
        return True

    def _carry_part(self, part: Path, wanted: Mapping[Place, Sequence[int]]) -> None:
        slices = _slices(part)
        straight = []
        for one in slices:
            for number in wanted.get(one.place, ()):
                self.hits[number] += one.stop - one.start
                if self._places[number] == one.place:
                    straight.append((number, one))
                else:
                    self._write(part, number, [one], self._places[number])
        for run in self._runs(straight):
            chosen = [one for _, one in run]
            if len(chosen) == len(slices):
                self._adopt(part, run[0][0])
            else:
                self._write(part, run[0][0], chosen)

    def _runs(self, straight: Sequence[tuple[int, _Slice]]) -> Iterator[list[tuple[int, _Slice]]]:
        """Slices that may stay in one part: nothing else comes between them in the new order."""
        run: list[tuple[int, _Slice]] = []
        for number, one in straight:
            if run and not self._follows(run[-1], (number, one)):
                yield run
                run = []
            run.append((number, one))
        if run:
            yield run

    def _follows(self, last: tuple[int, _Slice], following: tuple[int, _Slice]) -> bool:
        directory = self._kept[last[0]].directory
        between = range(last[0] + 1, following[0])
        return last[1].stop == following[1].start and all(
            self._stays(number, directory) for number in between
        )

    def _stays(self, number: int, directory: Path) -> bool:
        kept = self._kept.get(number)
        return (
            kept is not None and kept.directory == directory and kept.place == self._places[number]
        )

    def _adopt(self, part: Path, number: int) -> None:
        stem = self._stem(number, pq.read_table(part, columns=["row"])["row"][0].as_py())
        self._parts.adopt(stem, part)

    def _write(
        self, part: Path, number: int, slices: Sequence[_Slice], name: Place | None = None
    ) -> None:
        start = slices[0].start
        hits = pq.read_table(part).slice(start, slices[-1].stop - start)
        if name is not None:
            hits = _named(hits, name)
        self._parts.write_hits(self._stem(number, hits["row"][0].as_py()), hits)

    def _stem(self, number: int, first_row: int) -> str:
        stem = self._parts.stem(f"{number:05d}-{first_row:012d}")
        self.stems.append(stem)
        return stem


def _slices(part: Path) -> list[_Slice]:
    """A part's rows by input; all rows of an input stand together."""
    names = pq.read_table(part, columns=["dataset", "table"])
    changed = np.zeros(max(0, len(names) - 1), bool)
    for column in names.columns:
        codes = column.combine_chunks().dictionary_encode().indices.fill_null(-1)
        changed |= np.diff(codes.to_numpy()) != 0
    edges = [0, *(np.flatnonzero(changed) + 1).tolist(), len(names)] if len(names) else []
    return [
        _Slice(start, stop, Place(names["dataset"][start].as_py(), names["table"][start].as_py()))
        for start, stop in pairwise(edges)
    ]


def _named(hits: pa.Table, place: Place) -> pa.Table:
    for number, (column, name) in enumerate((("dataset", place.dataset), ("table", place.table))):
        field = hits.schema.field(column)
        hits = hits.set_column(number, field, pa.repeat(pa.scalar(name, field.type), len(hits)))
    return hits

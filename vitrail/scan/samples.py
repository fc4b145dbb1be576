"""Cells behind a finding, read again from the exports and masked, for the Findings page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vitrail.detect.automaton import cache_folder
from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.errors import InputUnreadable, ModelMissing, UsageError
from vitrail.exports.catalog import Catalog
from vitrail.keys import Keyring
from vitrail.model import ColumnType, Dataset, Finding, Revealed
from vitrail.scan.findings import finding_id
from vitrail.scan.hits import hit_parts
from vitrail.scan.labels import Labels
from vitrail.scan.tally import group_of

#: Code points of a cell shown on either side of a hit.
AROUND: Final = 24
#: The same where a cell is revealed.
IN_CLEAR: Final = 400
_HIDDEN: Final = "•••"

#: In the words around a hit: what could say who it is about though no recogniser says so.
_TELLING: Final = re.compile(r"\S*[\d@•]\S*|[\w'’-]*[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]*")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A hit to show: where its cell is, where it stands in it, its shape."""

    dataset: str
    table: str | None
    row: int
    path: tuple[int, ...]
    start: int
    end: int
    masked: str
    fingerprint: str


def sample_cells(
    directory: Path, finding: Finding, catalog: Catalog, keys: Keyring, limit: int = 5
) -> tuple[str, ...]:
    """Up to ``limit`` cells of a finding, each cut to the words around its hit.

    Every value that the detector knows is masked; of the words around, those with a digit, an
    ``@`` or a capital show nothing. A cell whose export is gone or changed is left out.
    """
    detector = _detector(keys)
    labels = Labels(detector, keys)
    datasets = _by_label(catalog, labels)
    shown = []
    for spot in _spots(directory, finding, keys, limit):
        dataset = datasets.get((spot.dataset, spot.table))
        cell = dataset and _cell(catalog, dataset, finding.column, spot, labels)
        if dataset and cell:
            shown.append(_masked(cell, spot, detector, finding.column, dataset))
    return tuple(shown)


def clear_cell(
    directory: Path, finding: Finding, catalog: Catalog, keys: Keyring, number: int
) -> Revealed:
    """The cell of sample ``number`` as exported, read anew: the words around its hit in clear.

    :class:`UsageError` where there is no such sample, or where the export is gone or has changed
    since the scan: another person may stand in that row by now.
    """
    detector = _detector(keys)
    labels = Labels(detector, keys)
    spots = _spots(directory, finding, keys, number + 1)
    if not 0 <= number < len(spots):
        raise UsageError("This finding has no such sample.", "Choose one of those that are shown.")
    spot = spots[number]
    dataset = _by_label(catalog, labels).get((spot.dataset, spot.table))
    cell = _cell(catalog, dataset, finding.column, spot, labels) if dataset else None
    if not dataset or cell is None or not _says_the_same(cell, spot, detector, finding, dataset):
        raise UsageError(
            "The export has changed since the scan, or is gone: the cell is not there any more.",
            "Scan anew; what is still there is found again.",
        )
    first, last = max(0, spot.start - IN_CLEAR), min(len(cell), spot.end + IN_CLEAR)
    return Revealed(finding.id, cell[first:last], spot.start - first, spot.end - first)


def _by_label(catalog: Catalog, labels: Labels) -> dict[tuple[str, str | None], Dataset]:
    return {
        (labels.label(d.name), None if d.table is None else labels.label(d.table)): d
        for d in catalog.datasets
    }


def _says_the_same(
    cell: str, spot: _Spot, detector: Detector, finding: Finding, dataset: Dataset
) -> bool:
    """Whether the value that was flagged still stands where it stood."""
    found = detector.judge(pa.array([cell]), _context(finding.column, dataset))
    return any(
        start == spot.start and mark == spot.fingerprint
        for start, mark in zip(found.start, found.fingerprint, strict=True)
    )


def _detector(keys: Keyring) -> Detector:
    """With the models where they are installed: the more it knows, the more it hides."""
    try:
        return Detector(DetectorOptions(), keys, cache_folder())
    except ModelMissing:
        return Detector(DetectorOptions(names="off"), keys, cache_folder())


def _spots(directory: Path, finding: Finding, keys: Keyring, limit: int) -> list[_Spot]:
    """The first hits of the finding that have different values."""
    spots: dict[str, _Spot] = {}
    names: dict[tuple[str, str | None, str, str], str] = {}
    for part in hit_parts(directory):
        kind = [("entity_type", "=", finding.entity_type), ("column", "=", finding.column)]
        for hit in pq.read_table(part, filters=kind).to_pylist():
            place = (hit["dataset"], hit["table"], hit["column"], hit["entity_type"])
            if place not in names:
                names[place] = finding_id(group_of(*place), keys)
            if names[place] != finding.id or hit["fingerprint"] in spots:
                continue
            spots[hit["fingerprint"]] = _Spot(
                hit["dataset"], hit["table"], hit["row"], tuple(hit["path"]),
                hit["start"], hit["end"], hit["masked"], hit["fingerprint"],
            )  # fmt: skip
            if len(spots) == limit:
                return list(spots.values())
    return list(spots.values())


def _cell(
    catalog: Catalog, dataset: Dataset, label: str, spot: _Spot, labels: Labels
) -> str | None:
    """The text of the cell as exported, or None where it is not there any more."""
    names = [c.name for c in dataset.columns if labels.label(c.name) == label]
    try:
        batches = catalog.open(dataset).batches(
            columns=names or None, target_bytes=1 << 16, start_row=spot.row
        )
        batch = next(iter(batches), None)
    except InputUnreadable:
        return None
    for chunk in batch.chunks if batch is not None else ():
        if labels.label(chunk.column) != label:
            continue
        if chunk.rows is None:
            index = np.array([spot.row - batch.first_row]) if batch is not None else np.empty(0)
        else:
            index = np.flatnonzero(chunk.rows == spot.row)
        for at in index.astype(int):
            path = () if chunk.paths is None else tuple(chunk.paths[at].as_py() or ())
            if path == spot.path:
                text: str | None = chunk.values[at].as_py()
                return text
    return None


def _masked(cell: str, spot: _Spot, detector: Detector, column: str, dataset: Dataset) -> str:
    """The cell around the hit with every personal value in it replaced by its shape."""
    found = detector.judge(pa.array([cell]), _context(column, dataset))
    spans = [
        (int(start), int(end), shape)
        for start, end, shape in zip(found.start, found.end, found.masked, strict=True)
        if end <= spot.start or start >= spot.end
    ]
    spans.append((spot.start, spot.end, spot.masked))
    first, last = max(0, spot.start - AROUND), min(len(cell), spot.end + AROUND)
    parts, at = [], first
    for start, end, shape in sorted(spans):
        if end <= first or start >= last or start < at:
            at = max(at, end) if start < at < end else at
            continue
        parts += [_quiet(cell[at:start]), shape]
        at = end
    if at < last:
        parts.append(_quiet(cell[at:last]))
    before = "…" if first > 0 else ""
    after = "…" if last < len(cell) else ""
    return f"{before}{''.join(parts)}{after}".replace("\n", " ")


def masked_cells(
    cells: Sequence[str], column: str, dataset: Dataset, keys: Keyring
) -> tuple[str, ...]:
    """Cells of one column with what is personal in them replaced by its shape.

    Of the words around, and in a column of text of all others, those with a digit, an ``@`` or a
    capital show nothing: no recogniser knows every name. Numbers and dates stand as they are where
    nothing personal was found in them.
    """
    context = _context(column, dataset)
    found = _detector(keys).judge(pa.array(cells, pa.string()), context)
    spans: dict[int, list[tuple[int, int, str]]] = {}
    for value, start, end, shape in zip(
        found.value, found.start, found.end, found.masked, strict=True
    ):
        spans.setdefault(int(value), []).append((int(start), int(end), shape))
    typed = context.type not in (ColumnType.TEXT, ColumnType.BINARY)
    return tuple(
        cell if typed and number not in spans else _hidden(cell, spans.get(number, ()))
        for number, cell in enumerate(cells)
    )


def _hidden(cell: str, spans: Iterable[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, shape in sorted(spans):
        if start >= at:
            parts += [_quiet(cell[at:start]), shape]
        at = max(at, end)
    return "".join([*parts, _quiet(cell[at:])])


def _context(column: str, dataset: Dataset) -> ColumnContext:
    kinds = {c.name: c.type for c in dataset.columns}
    return ColumnContext(column, kinds[column]) if column in kinds else ColumnContext(column)


def _quiet(words: str) -> str:
    return _TELLING.sub(_HIDDEN, words)

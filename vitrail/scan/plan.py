"""What a scan would read, look for and cost, before it starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vitrail.model import ColumnType, Dataset, InputFile
from vitrail.scan.options import ScanOptions

if TYPE_CHECKING:
    from vitrail.exports.catalog import Catalog


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A column to be scanned. ``language``: ISO 639-1, None where the text tells none."""

    dataset: str
    table: str | None
    column: str
    type: ColumnType
    language: str | None


@dataclass(frozen=True, slots=True)
class ScanPlan:
    """A scan that has not begun. ``bytes`` of all inputs, ``rows`` as estimated from the first
    rows of each, ``seconds_estimate`` from the rates measured in ``bench/scan_speed.py``.
    ``unreadable``: inputs that are left out, each with its reason and remedy.
    """

    datasets: tuple[Dataset, ...]
    columns: tuple[PlannedColumn, ...]
    bytes: int
    rows: int
    entities: tuple[str, ...]
    languages: tuple[str, ...]
    seconds_estimate: float
    unreadable: tuple[InputFile, ...]
    options: ScanOptions
    places: tuple[str, ...]
    catalog: Catalog = field(repr=False, compare=False)


def plan(
    places: Sequence[str | Path], options: ScanOptions | None = None, *, root: Path | None = None
) -> ScanPlan:
    """Find the datasets under ``places`` (files, folders, database URLs) and look at the first
    rows of each. An input that cannot be read is told in ``unreadable``; the rest goes on."""
    raise NotImplementedError

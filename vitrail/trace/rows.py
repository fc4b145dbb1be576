"""Whole rows of an export by their positions, read again when they are needed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from vitrail.exports.catalog import Catalog
from vitrail.model import Dataset


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that has a text. ``path``: the index at each ``[]`` of the column."""

    row: int
    column: str
    path: tuple[int, ...]
    text: str = field(repr=False)

    @property
    def name(self) -> str:
        """The column with its indexes: ``messages[0].body``."""
        parts = self.column.split("[]")
        indexes = [f"[{n}]" for n in self.path] + [""] * len(parts)
        return "".join(part + index for part, index in zip(parts, indexes, strict=False))


def rows_of(catalog: Catalog, dataset: Dataset, rows: Collection[int]) -> list[Cell]:
    """Every cell of these rows, in the file's order."""
    found: list[Cell] = []
    first, last = min(rows), max(rows)
    for batch in catalog.open(dataset).batches(start_row=first):
        if batch.first_row > last:
            break
        for chunk in batch.chunks:
            numbers = (
                range(batch.first_row, batch.first_row + len(chunk.values))
                if chunk.rows is None
                else chunk.rows.tolist()
            )
            for at, row in enumerate(numbers):
                if row in rows and (text := chunk.values[at].as_py()) is not None:
                    path = () if chunk.paths is None else tuple(chunk.paths[at].as_py())
                    found.append(Cell(row, chunk.column, path, text))
    return sorted(found, key=lambda cell: cell.row)

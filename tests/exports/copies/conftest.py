"""How these tests write a file back: some cells changed, the rest as it was."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import HealthCheck

from vitrail.exports.catalog import Catalog
from vitrail.exports.copies.changes import Cells, Changed, Index
from vitrail.exports.copies.files import copy_file

Cell = tuple[str, int, tuple[int, ...]]
NEW = "<NEW>"
TOGETHER: Any = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}
NUMBER = 9_000_000_000_000_000_001


class Changes:
    """Changes the cells that ``picks`` picks by column, row and path, and keeps all names."""

    def __init__(self, picks: Callable[[str, int, tuple[int, ...]], bool]) -> None:
        self._picks = picks
        self._window = np.empty(0, np.int64)

    def window(self, first: int, stop: int) -> Changes:
        self._window = np.arange(first, stop)
        return self

    def rows(self, column: str) -> Index:
        return self._window

    def texts(self, column: str, cells: Cells) -> Changed:
        places = self.emptied(column, cells)
        return Changed(places, pa.array([NEW] * len(places), pa.large_string()))

    def integers(self, column: str, cells: Cells, *, nullable: bool = True) -> Changed:
        places = self.emptied(column, cells)
        return Changed(places, pa.array([NUMBER] * len(places), pa.int64()))

    def emptied(self, column: str, cells: Cells) -> Index:
        rows, texts = cells.rows.tolist(), cells.texts.to_pylist()
        paths = [()] * len(rows) if cells.paths is None else cells.paths.to_pylist()
        given = enumerate(zip(rows, texts, paths, strict=True))
        found = [
            i for i, (row, text, path) in given if text and self._picks(column, row, tuple(path))
        ]
        return np.array(found, np.int64)

    def name(self, name: str) -> str:
        return name

    def learn(self, names: Sequence[str]) -> frozenset[str]:
        return frozenset()

    def keep_apart(self, columns: Sequence[str]) -> None:
        pass


def copied(path: Path, *cells: Cell) -> bytes:
    """The file written back with these cells changed."""
    catalog = Catalog.discover([path])
    assert not catalog.unreadable, [f.reason for f in catalog.unreadable]
    tables = [catalog.table(dataset) for dataset in catalog.datasets]
    out = io.BytesIO()
    copy_file(tables, lambda _: Changes(lambda *cell: cell in cells), out)
    return out.getvalue()


def rewritten(path: Path, *cells: Cell) -> Path:
    """The same as a file beside it."""
    new = path.with_name(f"copy-{path.name}")
    new.write_bytes(copied(path, *cells))
    return new


def read(path: Path, as_it_was: Path | None = None) -> dict[tuple[str, int], str | None]:
    """Cells by column and row; in the encoding and dialect of another file, if one is named."""
    catalog = Catalog.discover([as_it_was or path])
    table: Any = catalog.table(catalog.datasets[0])
    found = {}
    for batch in replace(table, origin=replace(table.origin, path=path)).batches():
        for chunk in batch.chunks:
            for place, text in enumerate(chunk.values.to_pylist()):
                found[chunk.column, batch.first_row + place] = text
    return found

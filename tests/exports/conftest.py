"""How the tests of this room look at a file: what was found, what was refused, its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from vitrail.errors import InputUnreadable
from vitrail.exports.catalog import Catalog, ReadOptions
from vitrail.exports.relations import connect, relation
from vitrail.model import Dataset


@dataclass
class Look:
    """A place as the catalog sees it. ``cells`` reads a table to its end, or to where it breaks."""

    catalog: Catalog
    failure: InputUnreadable | None = None
    batches: int = field(default=0)

    @property
    def tables(self) -> list[str | None]:
        return [d.table for d in self.catalog.datasets]

    @property
    def reasons(self) -> list[str]:
        return [f"{file.reason} {file.remedy}" for file in self.catalog.unreadable]

    def dataset(self, table: str | None = None) -> Dataset:
        found = [d for d in self.catalog.datasets if table is None or d.table == table]
        assert found, f"no table {table} among {self.tables}; refused: {self.reasons}"
        return found[0]

    def columns(self, table: str | None = None) -> list[str]:
        return [c.name for c in self.dataset(table).columns]

    def cells(
        self,
        table: str | None = None,
        *,
        columns: Sequence[str] | None = None,
        start_row: int = 0,
        target_bytes: int = 32 << 20,
    ) -> dict[str, list[tuple[int, tuple[int, ...], str | None]]]:
        """By column, each cell as (row, path, text); nulls left out."""
        found: dict[str, list[tuple[int, tuple[int, ...], str | None]]] = {}
        reader = self.catalog.open(self.dataset(table))
        self.failure, self.batches = None, 0
        try:
            for batch in reader.batches(
                columns=columns, start_row=start_row, target_bytes=target_bytes
            ):
                self.batches += 1
                for chunk in batch.chunks:
                    texts = chunk.values.to_pylist()
                    rows = (
                        range(batch.first_row, batch.first_row + batch.rows)
                        if chunk.rows is None
                        else chunk.rows.tolist()
                    )
                    paths = [()] * len(texts) if chunk.paths is None else chunk.paths.to_pylist()
                    found.setdefault(chunk.column, []).extend(
                        (row, tuple(path), text)
                        for row, path, text in zip(rows, paths, texts, strict=True)
                        if text is not None
                    )
        except InputUnreadable as failure:
            self.failure = failure
        return {name: cells for name, cells in found.items() if cells}

    def texts(self, table: str | None = None, **how: Any) -> dict[str, list[str | None]]:
        """By column, the texts alone."""
        return {name: [c[2] for c in cells] for name, cells in self.cells(table, **how).items()}

    def sql(self, query: str, table: str | None = None) -> list[dict[str, Any]]:
        """A query over the table as the relation ``t``, with every safety setting."""
        with connect(memory_limit="512MB") as connection:
            relation(connection, self.dataset(table), self.catalog).create_view("t")
            rows: list[dict[str, Any]] = connection.sql(query).to_arrow_table().to_pylist()
            return rows


class Exports:
    """A folder to write exports into and look at them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, content: bytes | str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def look(self, *places: str | Path, **options: Any) -> Look:
        return Look(Catalog.discover(list(places) or [self.folder], options=ReadOptions(**options)))

    def of(self, name: str, content: bytes | str, **options: Any) -> Look:
        """Write one file and look at it alone."""
        return self.look(self.write(name, content), **options)


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    folder = tmp_path / "exports"
    folder.mkdir()
    return Exports(folder)

"""What was exported: datasets and their columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ColumnType(StrEnum):
    """The logical type of a column as its export declares it."""

    TEXT = "text"
    INTEGER = "integer"
    FLOAT = "float"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    TIME = "time"
    BINARY = "binary"


@dataclass(frozen=True, slots=True)
class Column:
    """One leaf column of a dataset. ``name`` of a nested one: ``messages[].body``."""

    name: str
    type: ColumnType


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table that can be read: a file, or a table, sheet or archive member inside it.

    ``name`` is the path relative to the root that was searched (POSIX slashes), or the
    database's name; ``table`` names the table, sheet or member inside, else None.
    """

    name: str
    table: str | None
    format: str
    columns: tuple[Column, ...]

    @property
    def label(self) -> str:
        """How the dataset is written for people: ``crm.xlsx · Clients``."""
        return self.name if self.table is None else f"{self.name} · {self.table}"

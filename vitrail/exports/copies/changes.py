"""What a writer asks while it copies a table: which cells change, and what they become.

The seam between the formats, which know how a cell is written, and whoever decides what is to
stand in it. Cells go through it a column at a time, so that no Python runs for one that stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Index = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one column, in the order of the rows. ``texts``: ``string`` or ``large_string``, as
    the reader gives them, null or empty where there is nothing. ``rows``: the row of each;
    ``paths``: the index at each ``[]`` of the column (``list<int32>``), None where it has none."""

    rows: Index
    texts: pa.Array
    paths: pa.Array | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """The cells that change, by their places among those given, and what stands there instead."""

    places: Index
    values: pa.Array


class Window(Protocol):
    """A run of a table's rows, and what changes in them. Each cell is asked for once; those of one
    column may be asked for in parts, by what may stand there."""

    def rows(self, column: str) -> Index:
        """The rows in which cells of a column may change, ascending, each once."""

    def texts(self, column: str, cells: Cells) -> Changed:
        """What becomes of cells in which a text may stand."""

    def integers(self, column: str, cells: Cells, *, nullable: bool = True) -> Changed:
        """The same where only whole numbers of 64 bits may stand; null: nothing."""

    def emptied(self, column: str, cells: Cells) -> Index:
        """The places of those that change, where the type can hold nothing instead."""


class TableChanges(Protocol):
    """Everything that changes in one table. Windows are asked for in the order of the rows."""

    def window(self, first: int, stop: int) -> Window:
        """What changes in the rows ``first`` to ``stop``, half open."""

    def name(self, name: str) -> str:
        """How a column, a key, a sheet or a member is called in the copy."""

    def learn(self, names: Sequence[str]) -> frozenset[str]:
        """Look at many names in one pass; those that are called otherwise in the copy."""

    def keep_apart(self, columns: Sequence[str]) -> None:
        """Told which columns must not lose a difference: two values must not become one.

        Keys and columns under a rule that forbids repetition are such.
        """

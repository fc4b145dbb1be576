"""What a writer asks while it copies a table: which cells change, and what they become.

The seam between the formats, which know how a cell is written, and whoever decides what is to
stand in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Change(Protocol):
    """What becomes of one cell. ``cell`` is always its text as the reader gives it."""

    def text(self, cell: str) -> str:
        """What stands there instead."""

    def integer(self, cell: str, *, nullable: bool = True) -> int | None:
        """The same where only whole numbers of 64 bits may stand; None: nothing."""

    def nothing(self, cell: str) -> None:
        """Told where the type holds nothing else, so that the cell is emptied."""


class Window(Protocol):
    """A run of a table's rows, and what changes in them."""

    @property
    def rows(self) -> Sequence[int]:
        """The rows in which something may change, in ascending order."""

    def touches(self, column: str) -> bool:
        """Whether anything may change in a column."""

    def cell(self, row: int, column: str, path: tuple[int, ...] = ()) -> Change | None:
        """What becomes of a cell; None where it stays. ``path``: the index at each ``[]``."""


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

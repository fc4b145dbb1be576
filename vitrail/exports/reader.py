"""What a reader gives: batches of columns, each cell as the text that was exported.

This is the seam between the formats and whoever looks at cells; no caller needs to know whether
a table came out of a spreadsheet, an archive or a database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from vitrail.model import Dataset

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

TARGET_BYTES: Final = 32 << 20
#: The column of every relation that gives a row's position in the file, from 0.
ROW: Final = "_row"
#: The text of a cell of bytes that hold none, or none that can be read.
UNREAD: Final = "\x1a"


@dataclass(frozen=True, slots=True)
class ColumnChunk:
    """The cells of one leaf column in one batch.

    ``column``: its name; nested: ``messages[].body``. ``values``: ``string`` or ``large_string``,
    each cell's text, :data:`UNREAD` for bytes that are none; null where the export has none.
    ``rows``: the row of each value, counted from 0 in the file's order; None means ``first_row``
    and on, one value a row. ``paths``: ``list<int32>``, the index at each ``[]`` of the column;
    None where the column has none.
    Lists give no value for a null inside them, so ``rows`` and ``paths`` go with ``values``.
    """

    column: str
    values: pa.Array = field(repr=False)  # an array shows its values
    rows: npt.NDArray[np.int64] | None = None
    paths: pa.Array | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A run of rows. ``bytes``: the share of the reader's ``size`` that they take.

    A batch may hold a column that ``Dataset.columns`` does not name: in JSON a key can turn up
    late. A column without any value in a batch may be absent from it.
    """

    first_row: int
    rows: int
    bytes: int
    chunks: tuple[ColumnChunk, ...]


class TableReader(Protocol):
    """One dataset, ready to be read as often as needed. It can be pickled to another process."""

    @property
    def dataset(self) -> Dataset:
        """What is read."""

    @property
    def size(self) -> int:
        """Bytes to read, the unit of ``Batch.bytes``: as stored, so packed files count packed."""

    @property
    def details(self) -> Mapping[str, str]:
        """How the file is read: encoding, delimiter and the like, for people."""

    def batches(
        self,
        *,
        columns: Sequence[str] | None = None,
        target_bytes: int = TARGET_BYTES,
        start_row: int = 0,
    ) -> Iterator[Batch]:
        """Batches in the file's order, of about ``target_bytes`` of text each.

        ``columns`` None means all. ``start_row``: rows before it are left out, for a scan that
        goes on where it stopped. Raises :class:`~vitrail.errors.InputUnreadable` where the file
        breaks; the batches before that are valid.
        """

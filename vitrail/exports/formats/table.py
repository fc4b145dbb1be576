"""What every format's table has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from vitrail.exports.reader import TARGET_BYTES, Batch
from vitrail.model import Dataset

if TYPE_CHECKING:
    import duckdb

    from vitrail.exports.formats.origin import Origin


class Table(ABC):
    """A dataset that a format can read, as cells (``batches``) and for SQL (``relation``).

    Holds no open handle, so that it can be pickled to a scan's worker.
    """

    dataset: Dataset
    origin: Origin

    @property
    def size(self) -> int:
        """Bytes as stored; of a table among several in one file, its share by estimate."""
        return self.origin.size

    @property
    def details(self) -> Mapping[str, str]:
        return {}

    @abstractmethod
    def batches(
        self,
        *,
        columns: Sequence[str] | None = None,
        target_bytes: int = TARGET_BYTES,
        start_row: int = 0,
    ) -> Iterator[Batch]: ...

    @abstractmethod
    def relation(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation: ...

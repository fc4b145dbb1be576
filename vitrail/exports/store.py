"""The canonical tables of one workspace, as views over its exports for as long as a process runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import pyarrow as pa

    from vitrail.config import Settings
    from vitrail.exports.catalog import Catalog
    from vitrail.keys import Keyring
    from vitrail.model import Dataset, InputFile


@dataclass(frozen=True, slots=True)
class MappedTable:
    """A canonical table that some source feeds.

    ``columns`` are those really fed by at least one source (worked-out ones included), beside
    ``person_key`` and where the row came from; ``datasets`` are what is read for it.
    """

    name: str
    columns: frozenset[str]
    datasets: tuple[Dataset, ...]


class CanonicalStore:
    """Views over the exports under the names of :data:`~vitrail.exports.canonical.CANONICAL`."""

    catalog: Catalog
    tables: Mapping[str, MappedTable]
    inputs: tuple[InputFile, ...]
    problems: tuple[InputFile, ...]
    unmapped: tuple[tuple[Dataset, str], ...]
    declared: Mapping[tuple[str, str | None, str], str]

    @classmethod
    def open(
        cls,
        workspace: Path,
        settings: Settings,
        keys: Keyring,
        *,
        catalog: Catalog | None = None,
    ) -> CanonicalStore:
        """Map the exports of a workspace as its settings say."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        raise NotImplementedError

    def missing(self, needs: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
        """What of ``needs`` is not fed: ``orders`` (a table), ``unsubscribe_events.ts`` (a column)."""
        raise NotImplementedError

    def query(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> pa.Table:
        """Run trusted SQL over the views. Parameters are ``?``, or ``$name`` with a mapping."""
        raise NotImplementedError

    def register(self, name: str, table: pa.Table) -> None:
        """Let queries see ``table`` under ``name``, for this process only."""
        raise NotImplementedError

    def materialise(self, database: Path, tables: Mapping[str, str]) -> dict[str, int]:
        """Write each SELECT as a table of a new DuckDB file; the number of rows of each."""
        raise NotImplementedError

"""The facts of the epoch in force, opened read-only."""

from __future__ import annotations

from pathlib import Path

from vitrail.gate.description import FactDescription


class FactStore:
    """Reads ``facts/<epoch>.duckdb``; follows ``CURRENT`` when an import puts a new one there."""

    @classmethod
    def open(cls, facts_dir: Path, fact_files: Path) -> FactStore:
        raise NotImplementedError

    @property
    def epoch(self) -> str:
        """The epoch in force now."""
        raise NotImplementedError

    def facts(self, epoch: str | None = None) -> tuple[FactDescription, ...]:
        """What may be asked, in the epoch in force or in an earlier one."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

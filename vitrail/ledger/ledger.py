"""The ledger's one face: append, verify, runs, findings, decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from vitrail.ledger.records import ChainReport, RunRecord
from vitrail.model import (
    Disposition,
    Finding,
    FindingStatus,
    LedgerEvent,
    Progress,
    RunState,
)


class Ledger:
    """Events that only grow, and the state that they add up to, in one SQLite file."""

    @classmethod
    def open(cls, path: Path | str, key_check: str, *, wait: float = 30.0) -> Ledger:
        """Open or create; another key than the one it was made with is a KeyMismatch."""
        raise NotImplementedError

    def append(self, kind: str, actor: str, payload: Mapping[str, Any]) -> LedgerEvent:
        """Add one line; ``kinds.KINDS`` says which keys a kind's payload may have."""
        raise NotImplementedError

    def events(
        self, kinds: Collection[str] | None = None, after: int = 0, limit: int | None = None
    ) -> tuple[LedgerEvent, ...]:
        raise NotImplementedError

    def verify(self, head: str | None = None) -> ChainReport:
        """Walk the chain; with a ``head`` noted earlier, also see that it is still part of it."""
        raise NotImplementedError

    def start_run(
        self, run_id: str, directory: Path | str, pid: int, actor: str, kind: str
    ) -> None:
        raise NotImplementedError

    def beat(self, run_id: str, progress: Progress) -> None:
        raise NotImplementedError

    def finish_run(self, run_id: str, state: RunState, summary: Mapping[str, float]) -> None:
        raise NotImplementedError

    def request_cancel(self, run_id: str, actor: str) -> None:
        raise NotImplementedError

    def cancel_requested(self, run_id: str) -> bool:
        raise NotImplementedError

    def runs(self) -> tuple[RunRecord, ...]:
        """Newest first."""
        raise NotImplementedError

    def record_findings(
        self,
        run_id: str,
        findings: Iterable[Finding],
        *,
        examined: Collection[tuple[str, str | None, str]] = (),
    ) -> None:
        """``examined``: (dataset, table, column) read in full; what stood there and is not among
        ``findings`` is gone."""
        raise NotImplementedError

    def findings(self, status: FindingStatus | None = None) -> tuple[Finding, ...]:
        raise NotImplementedError

    def dispose(self, disposition: Disposition) -> LedgerEvent:
        raise NotImplementedError

    def rebuild_state(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

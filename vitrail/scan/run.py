"""A scan from its first batch to its documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vitrail.keys import Keyring
from vitrail.model import Progress, ScanRun
from vitrail.scan.plan import ScanPlan


def run(
    plan: ScanPlan,
    directory: Path,
    keys: Keyring,
    *,
    run_id: str,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    resume: bool = False,
) -> ScanRun:
    """Scan what ``plan`` names and write ``hits.parquet``, ``columns.json`` and ``run.json``."""
    raise NotImplementedError

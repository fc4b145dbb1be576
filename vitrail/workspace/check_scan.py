"""The scan that some controls read: the last one of the very bytes of now, or one made now."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import vitrail.scan as scanning
from vitrail.exports.store import CanonicalStore
from vitrail.model import Control, RunState, ScanRun
from vitrail.promises import columns_table, datasets_table, hits_read, reviews_table
from vitrail.workspace.layout import new_run_id
from vitrail.workspace.minor_tables import register_minors
from vitrail.workspace.scans import scan
from vitrail.workspace.use import in_use

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace


def register_last_scan(
    workspace: OpenWorkspace, store: CanonicalStore, controls: Iterable[Control]
) -> None:
    """Let these controls see the last scan of these bytes, or one made now."""
    run = _matching_scan(workspace, store) or _scan_now(workspace)
    directory = Path(run.directory)
    with in_use(directory):
        store.register("scan_hits", scanning.read_hits(directory, only=hits_read(controls, store)))
        store.register("scan_columns", columns_table(run.columns))
        store.register("scan_datasets", datasets_table(store))
        store.register("scan_reviews", reviews_table(workspace.ledger.findings()))
        register_minors(workspace, store, run)


def _matching_scan(workspace: OpenWorkspace, store: CanonicalStore) -> ScanRun | None:
    """The newest finished scan of the very bytes that the store reads now, and of no others: what
    was removed since is not held against anybody."""
    here = {dataset.name for dataset in store.catalog.datasets}
    now = {i.name: i.sha256 for i in store.inputs if i.sha256}
    for record in sorted(workspace.ledger.runs(), key=lambda r: r.started_at, reverse=True):
        if record.kind != "scan" or record.state is not RunState.DONE:
            continue
        directory = Path(record.directory)
        if not scanning.is_finished(directory):
            continue  # purged
        run = scanning.load(directory)
        seen = {i.name: i.sha256 for i in run.inputs if i.sha256}
        if now.items() <= seen.items() and seen.keys() <= here:
            return run
    return None


def _scan_now(workspace: OpenWorkspace) -> ScanRun:
    options = scanning.ScanOptions(names="off")
    return scan(workspace, options, run_id=new_run_id("scan"))

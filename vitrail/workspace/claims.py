"""Whether a claim that something is mended can be verified: by an export later than it alone.

An export is as old as its file's last change.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vitrail.model import FindingStatus

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace


def exported_after(exports: Path, names: Collection[str], claim: datetime) -> bool:
    """Whether any of these files was written later than a claim; a database always is."""
    files = [exports / name for name in names]
    there = [f.stat().st_mtime for f in files if f.is_file()]
    if len(there) < len(files):
        every = (f.stat().st_mtime for f in exports.rglob("*") if f.is_file())
        there.append(max(every, default=claim.timestamp() + 1))
    return max(there, default=0.0) > claim.timestamp()


def verifiable(workspace: OpenWorkspace, examined: Collection[str]) -> frozenset[str]:
    """Of ``examined`` findings those on which this scan may say that they are gone: what was
    claimed fixed takes an export later than the claim."""
    early = {
        f.id
        for f in workspace.ledger.findings(FindingStatus.CLAIMED)
        if f.decided_at and not exported_after(workspace.layout.exports, [f.dataset], f.decided_at)
    }
    return frozenset(examined) - early

"""Cells behind a finding, read again from the exports and masked, for the Findings page."""

from __future__ import annotations

from pathlib import Path

from vitrail.exports.catalog import Catalog
from vitrail.keys import Keyring
from vitrail.model import Finding


def sample_cells(
    directory: Path, finding: Finding, catalog: Catalog, keys: Keyring, limit: int = 5
) -> tuple[str, ...]:
    """Up to ``limit`` cells of a finding with every personal value in them masked."""
    raise NotImplementedError

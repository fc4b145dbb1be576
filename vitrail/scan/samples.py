"""Cells behind a finding, read again from the exports and masked, for the Findings page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vitrail.keys import Keyring
from vitrail.model import Finding

if TYPE_CHECKING:
    from vitrail.exports.catalog import Catalog


def sample_cells(
    directory: Path, finding: Finding, catalog: Catalog, keys: Keyring, limit: int = 5
) -> tuple[str, ...]:
    """Up to ``limit`` cells of a finding with every personal value in them masked."""
    raise NotImplementedError

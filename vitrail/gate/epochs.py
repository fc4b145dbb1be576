"""Epochs: facts frozen by closed periods, each in a file of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vitrail.gate.description import FactsReport
from vitrail.keys import Keyring

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore


def build_facts(
    store: CanonicalStore,
    fact_files: Path,
    facts_dir: Path,
    keys: Keyring,
    *,
    as_of: date | None = None,
    rebuild: bool = False,
) -> FactsReport:
    """Materialise every fact that the store can feed, as a new epoch if a period has closed."""
    raise NotImplementedError

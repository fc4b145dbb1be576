"""``run.json`` and ``columns.json``, written and read back."""

from __future__ import annotations

from pathlib import Path

from vitrail.model import ScanRun


def load(directory: Path) -> ScanRun:
    """A run as its documents tell it, whatever became of it."""
    raise NotImplementedError

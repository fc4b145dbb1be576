"""Logs of a workspace: JSON lines, allow-listed fields only, no data of persons."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def configure(workspace: Path, *, days: int = 30) -> None:
    """Write to ``workspace/logs/``, a file a day, ``days`` of them kept."""
    raise NotImplementedError


def log(event: str, **fields: Any) -> None:
    """One line: ``event`` is a name from the code (``scan_begun``), never a sentence with data."""
    raise NotImplementedError


def fault(error: BaseException) -> str:
    """Log type, module and line of a fault (never its message); return a short reference."""
    raise NotImplementedError

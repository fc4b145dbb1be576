"""Evidence as JSON: what a verdict rests on, byte for byte the same when made again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vitrail.model import Assessment


def evidence_record(assessment: Assessment) -> dict[str, Any]:
    """One assessment with all it rests on, ready for JSON."""
    raise NotImplementedError


def assessments_document(assessments: Iterable[Assessment]) -> dict[str, Any]:
    """``assessments.json``: schema ``vitrail.assessments/1`` and a summary of each assessment."""
    raise NotImplementedError


def load_assessments(directory: Path) -> tuple[Assessment, ...]:
    """What a check wrote into its folder, read back from ``evidence.json``."""
    raise NotImplementedError

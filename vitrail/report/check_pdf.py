"""A check of the promises as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from vitrail.model import Assessment


def check_pdf(assessments: Sequence[Assessment], policy: Any, *, at: datetime) -> bytes:
    """The check as PDF."""
    raise NotImplementedError

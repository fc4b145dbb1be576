"""A check of the promises as OSCAL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from vitrail.model import Assessment


def check_oscal(assessments: Sequence[Assessment], policy: Any, *, at: datetime) -> dict[str, Any]:
    """The check as OSCAL."""
    raise NotImplementedError

"""A check of the promises as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from vitrail.model import Assessment


def check_html(assessments: Sequence[Assessment], policy: Any, *, at: datetime) -> str:
    """The check as HTML."""
    raise NotImplementedError

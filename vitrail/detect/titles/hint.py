"""How strongly a column's name speaks."""

from __future__ import annotations

from enum import Enum


class Hint(Enum):
    """For such values beyond doubt, for them, not at all, against."""

    CERTAIN = "certain"
    LIKELY = "likely"
    SILENT = "silent"
    AGAINST = "against"

"""The key of a place that keeps its height until it is drawn, so that what is below stays put.

:mod:`vitrail.served` has the heights: a browser knows them before the page says a word.
"""

from __future__ import annotations

from typing import Final

#: More than this is below what a window shows at first.
MOST_ROWS: Final = 8
MOST_LINES: Final = 5


def kept_height(key: str, rows: int, lines: int = 0) -> str:
    """``tiles-rows1-lines2``: a row of two lines below what every tile has; ``key`` is its own."""
    return f"{key}-rows{min(rows, MOST_ROWS)}-lines{min(lines, MOST_LINES)}"

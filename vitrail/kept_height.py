"""The key of a place that keeps its height until it is drawn, so that what is below stays put.

:mod:`vitrail.served` tells a browser the heights before the page says a word.
"""

from __future__ import annotations

from typing import Final

#: More than this is below what a window shows at first.
_MOST_ROWS: Final = 8
_MOST_LINES: Final = 5
#: In rem: a row with the space below it, a line more, and the space below the last row.
_ROW: Final = 6.69
_LINE: Final = 1.345
_BELOW: Final = 0.75


def kept_height(key: str, rows: int, lines: int = 0) -> str:
    """``tiles-rows1-lines2``: a row of two lines below what every tile has; ``key`` is its own."""
    return f"{key}-rows{min(rows, _MOST_ROWS)}-lines{min(lines, _MOST_LINES)}"


def kept_heights() -> str:
    """The heights of all such places, as rules of CSS."""
    return "\n".join(
        f"[class*=-rows{rows}-lines{lines}] [data-testid=stSkeleton] "
        f"{{ height: {rows * (_ROW + lines * _LINE) - _BELOW:.3f}rem }}"
        for rows in range(1, _MOST_ROWS + 1)
        for lines in range(_MOST_LINES + 1)
    )

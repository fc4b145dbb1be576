"""The one template of every chart, on pages and in notebooks: thin grid, quiet axes, no legend."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

#: Gives a tone's colour by its name, see :data:`vitrail.report.looks.TONES`.
Tone = Callable[[str], str]


def layout(
    tone: Tone, height: int, right: int = 16, left: int = 8, below: int = 8
) -> dict[str, Any]:
    """A figure's layout, in pixels; ``right`` is the room for direct labels, ``left`` and ``below``
    that for the words of the axes: where it is too little, Plotly makes more and draws all twice.
    """
    return {
        "height": height,
        "margin": {"l": left, "r": right, "t": 34, "b": below},
        "showlegend": False,
        "hovermode": "x unified",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {
            "family": '"Source Sans", "Source Sans 3", sans-serif',
            "size": 14,
            "color": tone("text"),
        },
        "hoverlabel": {"bgcolor": tone("ground"), "font": {"color": tone("text")}},
        "modebar": {
            "bgcolor": "rgba(0,0,0,0)",
            "color": tone("mute"),
            "activecolor": tone("accent"),
        },
    }


def room(words: Iterable[str]) -> int:
    """Pixels that an axis takes for the longest of these words, rather too many than too few."""
    return 20 + 7 * max(map(len, words), default=0)


def across(tone: Tone) -> dict[str, Any]:
    """The horizontal axis."""
    return {"showgrid": False, "linecolor": tone("grid"), **_quiet(tone)}


def upward(tone: Tone) -> dict[str, Any]:
    """The vertical axis."""
    return {"gridcolor": tone("grid"), "zeroline": False, **_quiet(tone)}


def _quiet(tone: Tone) -> dict[str, Any]:
    ticks = {"color": tone("mute"), "size": 13}
    return {"automargin": True, "tickfont": ticks, "fixedrange": True}

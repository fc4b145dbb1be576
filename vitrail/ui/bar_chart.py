"""One measure by one dimension: bars from zero, longest first, each with its number and error."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import plotly.graph_objects as go

from vitrail.model import Release
from vitrail.report import chart_style
from vitrail.translation import separators
from vitrail.ui.bars import Bar, bars_of, words_are_long
from vitrail.ui.chart_frame import CLICKED, as_text, draw
from vitrail.ui.palette import colour

#: The colours that it is drawn in.
_TONES: Final = ("text", "mute", "ground", "grid", "accent", "bar")


def bar_chart(release: Release, name: str, pick: Callable[[str], None] | None = None) -> None:
    """Draw a release of one dimension; rows that were hidden stay, marked as such.

    An outcome is drawn as its rate, with the bounds that privacy and chance leave. ``pick`` is
    called with the value whose bar was clicked. What stands beside other pictures and needs no
    PNG of its own is a :func:`~vitrail.ui.bar_list.bar_list`.
    """
    bars = bars_of(release)[::-1]  # Plotly begins below
    thousands, decimal = separators()
    tones = tuple((tone, colour(tone)) for tone in _TONES)
    shown = _figure(bars, pick is not None, tones, decimal + thousands)
    chosen = None if pick is None else lambda place: _picked(bars[place], pick)
    draw(shown, name, "; ".join(f"{bar.label}: {bar.words}" for bar in bars), chosen)


@lru_cache(maxsize=512)
def _figure(
    bars: tuple[Bar, ...], picked: bool, tones: tuple[tuple[str, str], ...], marks: str
) -> go.Figure:
    """The same bars make the same picture, whoever looks at them: it is checked by Plotly once.

    ``tones``: the colours by name; ``marks``: those of a fraction and of thousands.
    """
    tone = dict(tones).__getitem__
    reach = max((bar.high for bar in bars), default=0.0) or 1.0
    above = words_are_long(bars)
    height = 56 + (46 if above else 30) * max(2, len(bars))
    names = [as_text(bar.label) for bar in bars]
    return go.Figure(
        {
            "type": "bar",
            "y": names,
            "x": [max(0.0, bar.middle) for bar in bars],
            "orientation": "h",
            "marker": {"color": tone("bar")},
            "error_x": {"array": [bar.high - max(0.0, bar.middle) for bar in bars],
                        "arrayminus": [max(0.0, bar.middle) - bar.low for bar in bars],
                        "color": tone("mute"), "thickness": 1.2, "width": 3},
            "hoverinfo": "none",
        },
        {
            **chart_style.layout(tone, height, left=chart_style.room(names)),
            "separators": marks,
            "hovermode": "closest" if picked else False,
            "bargap": 0.62 if above else 0.2,
            "annotations": [_words(bar, above, tone) for bar in bars],
            "xaxis": {**chart_style.across(tone), "range": [0, reach * (1.05 if above else 1.45)],
                      "showticklabels": False, "zeroline": False, "showline": False},
            "yaxis": {**chart_style.upward(tone), "type": "category", "showgrid": False,
                      "ticks": "outside", "ticklen": 4, "tickcolor": "rgba(0,0,0,0)"},
            **(CLICKED if picked else {}),
        },
    )  # fmt: skip


def _words(bar: Bar, above: bool, tone: Callable[[str], str]) -> dict[str, Any]:
    place = {"x": 0, "yanchor": "bottom", "yshift": 8} if above else {"x": bar.high}
    return {
        "text": bar.words, "showarrow": False, "y": as_text(bar.label), "xanchor": "left",
        "xshift": 2 if above else 6, **place,
        "font": {"size": 13, "color": tone("mute" if bar.quiet else "text")},
    }  # fmt: skip


def _picked(bar: Bar, pick: Callable[[str], None]) -> None:
    if bar.has_name:
        pick(bar.value)

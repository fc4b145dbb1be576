"""One measure by one dimension: bars from zero, longest first, each with its number and error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from textwrap import shorten
from typing import Any, Final

import plotly.graph_objects as go

from vitrail.model import Release, ReleaseRow
from vitrail.report import chart_style
from vitrail.report.numbers import drawn, drowned, published
from vitrail.report.release_shape import OTHER, label_words
from vitrail.translation import separators
from vitrail.ui.chart_frame import CLICKED, as_text, draw
from vitrail.ui.palette import colour

#: Words of so many letters stand above their bar; beside it, a phone would cut them off.
_LONG: Final = 24
#: The colours that it is drawn in.
_TONES: Final = ("text", "mute", "ground", "grid", "accent", "bar")


def bar_chart(release: Release, name: str, pick: Callable[[str], None] | None = None) -> None:
    """Draw a release of one dimension; rows that were hidden stay, marked as such.

    An outcome is drawn as its rate, with the bounds that privacy and chance leave. ``pick`` is
    called with the value whose bar was clicked.
    """
    unit = dict(release.units).get(release.query.measures[0].label)
    bars = sorted((_Bar.of(row, unit) for row in release.rows), key=_Bar.rank)
    thousands, decimal = separators()
    tones = tuple((tone, colour(tone)) for tone in _TONES)
    shown = _figure(tuple(bars), pick is not None, tones, decimal + thousands)
    chosen = None if pick is None else lambda place: _picked(bars[place], pick)
    draw(shown, name, "; ".join(f"{bar.label}: {bar.words}" for bar in bars), chosen)


@lru_cache(maxsize=512)
def _figure(
    bars: tuple[_Bar, ...], picked: bool, tones: tuple[tuple[str, str], ...], marks: str
) -> go.Figure:
    """The same bars make the same picture, whoever looks at them: it is checked by Plotly once.

    ``tones``: the colours by name; ``marks``: those of a fraction and of thousands.
    """
    tone = dict(tones).__getitem__
    reach = max((bar.high for bar in bars), default=0.0) or 1.0
    # words that are long for their bar stand above it
    above = max((len(bar.words) for bar in bars), default=0) >= _LONG
    height = 56 + (46 if above else 30) * max(2, len(bars))
    return go.Figure(
        {
            "type": "bar",
            "y": [bar.label for bar in bars],
            "x": [max(0.0, bar.middle) for bar in bars],
            "orientation": "h",
            "marker": {"color": tone("bar")},
            "error_x": {"array": [bar.high - max(0.0, bar.middle) for bar in bars],
                        "arrayminus": [max(0.0, bar.middle) - bar.low for bar in bars],
                        "color": tone("mute"), "thickness": 1.2, "width": 3},
            "hoverinfo": "none",
        },
        {
            **chart_style.layout(tone, height),
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


def _words(bar: _Bar, above: bool, tone: Callable[[str], str]) -> dict[str, Any]:
    place = {"x": 0, "yanchor": "bottom", "yshift": 8} if above else {"x": bar.high}
    return {
        "text": bar.words, "showarrow": False, "y": bar.label, "xanchor": "left",
        "xshift": 2 if above else 6, **place,
        "font": {"size": 13, "color": tone("mute" if bar.quiet else "text")},
    }  # fmt: skip


def _picked(bar: _Bar, pick: Callable[[str], None]) -> None:
    """What is gathered under ``other`` has no name to ask for."""
    if bar.value != OTHER:
        pick(bar.value)


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar and the ends of its error, in the units of the axis; hidden, it has no length."""

    value: str
    label: str
    words: str
    low: float
    middle: float
    high: float
    quiet: bool
    surely: float

    def rank(self) -> tuple[bool, float, float]:
        """``other`` below all; then by what is sure of it, which for a count is its number."""
        return self.value != OTHER, self.surely, self.middle

    @classmethod
    def of(cls, row: ReleaseRow, unit: str | None) -> _Bar:
        (cell,) = row.cells
        value = row.labels[0]
        label = as_text(shorten(label_words(value), 28, placeholder="…"))
        words = published(cell, unit)
        if cell is None:
            return cls(value, label, words, 0.0, -1.0, 0.0, True, -1.0)
        low, middle, high = drawn(cell, unit)
        surely = low if cell.is_outcome else middle
        return cls(value, label, words, max(0.0, low), middle, high, drowned(cell), surely)

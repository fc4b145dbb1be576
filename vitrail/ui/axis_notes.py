"""Notes on a time axis: a thin line on the day, its words at the top."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from typing import Final

import plotly.graph_objects as go

from vitrail.ui.chart_frame import as_text, note
from vitrail.ui.palette import colour
from vitrail.workspace import Annotation

#: Words of neighbours stand below each other, in so many lines.
_LINES: Final = 3


def axis_notes(figure: go.Figure, notes: Sequence[Annotation]) -> None:
    """Draw them; words that come from people stand as text."""
    for place, one in enumerate(notes):
        day = one.day.isoformat()
        figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper",
                         line={"color": colour("mute"), "width": 1, "dash": "dot"})  # fmt: skip
        words = as_text(shorten(one.words, 24, placeholder="…"))
        note(figure, words, x=day, y=1, yref="paper", xanchor="left", yanchor="top", xshift=4,
             yshift=-15 * (place % _LINES), font={"size": 12, "color": colour("mute")},
             hovertext=f"{one.day:%-d %b %Y}, {one.by}")  # fmt: skip

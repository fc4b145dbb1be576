"""Notes on a time axis: a thin line on the week or month of the day, its words at the top."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import shorten
from typing import Final

import plotly.graph_objects as go

from vitrail.translation import day as written_day
from vitrail.ui.chart_frame import as_text, note
from vitrail.ui.palette import colour
from vitrail.workspace import Annotation

#: Words of neighbours stand above each other, in so many lines of so many pixels.
_LINES: Final = 3
_LINE: Final = 15

#: From this share of the axis on, words stand to the left of their day.
_LATE: Final = 0.6


def axis_notes(figure: go.Figure, notes: Sequence[Annotation], days: Sequence[date]) -> None:
    """Draw them above a dressed figure whose axis goes over ``days``."""
    if not notes or not days:
        return
    room = 26 + _LINE * min(len(notes), _LINES)
    figure.update_layout(height=figure.layout.height + room,
                         margin={"t": figure.layout.margin.t + room})  # fmt: skip
    length = max((days[-1] - days[0]).days, 1)
    for place, one in enumerate(notes):
        begun = max((day for day in days if day <= one.day), default=days[0])
        late, day = (begun - days[0]).days / length > _LATE, begun.isoformat()
        figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper",
                         line={"color": colour("mute"), "width": 1, "dash": "dot"})  # fmt: skip
        words = as_text(shorten(one.words, 28, placeholder="…"))
        note(figure, words, x=day, y=1, yref="paper", xanchor="right" if late else "left",
             yanchor="bottom", yshift=22 + _LINE * (place % _LINES),
             font={"size": 12, "color": colour("mute")},
             hovertext=as_text(f"{one.words} ({written_day(one.day)}, {one.by})"))  # fmt: skip

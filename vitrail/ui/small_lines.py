"""One measure over time for a few values: small lines on one scale, each with its band."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from vitrail.model import Cell, Release
from vitrail.report.numbers import drawn, published
from vitrail.report.release_shape import begin, label_words
from vitrail.translation import _
from vitrail.ui.chart_frame import as_text, draw, dress, note
from vitrail.ui.palette import colour
from vitrail.ui.trend_chart import Line, axis_unit, date_ticks, hidden_marks, uncertainty

_ACROSS: Final = 2
_HEIGHT: Final = 170


def small_lines(lines: Mapping[str, Release], axis: str, name: str) -> None:
    """Draw a release by time for each value; ``axis`` says what is counted."""
    down = math.ceil(len(lines) / _ACROSS)
    titles = [as_text(label_words(title)) for title in lines]
    figure = make_subplots(rows=down, cols=_ACROSS, shared_yaxes="all",
                           subplot_titles=titles, vertical_spacing=0.34 / down)  # fmt: skip
    unit: str | None = None
    cells: list[Cell | None] = []
    for index, release in enumerate(lines.values()):
        unit = dict(release.units).get(release.query.measures[0].label)
        line = Line.of(release)
        cells += line.cells
        _add(figure, line, unit, {"row": index // _ACROSS + 1, "col": index % _ACROSS + 1})
    for empty in range(len(lines), down * _ACROSS):
        place = {"row": empty // _ACROSS + 1, "col": empty % _ACROSS + 1}
        figure.update_xaxes(visible=False, **place)
        figure.update_yaxes(visible=False, **place)
    dress(figure, 60 + _HEIGHT * down)
    for title in figure.layout.annotations:
        title.update(x=title.x, font={"size": 14, "color": colour("text")})
    note(figure, axis, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
         yshift=26, font={"color": colour("mute"), "size": 13})  # fmt: skip
    figure.update_layout(hovermode="x", margin={"l": 8, "r": 16, "t": 58, "b": 8})
    figure.update_yaxes(rangemode="tozero", tickformat=",~f", nticks=4, **axis_unit(unit, cells))
    days = sorted({begin(period) for one in lines.values() for period in Line.of(one).periods})
    figure.update_xaxes(matches="x", **date_ticks(days, "month", 4))
    draw(
        figure,
        name,
        _(
            "{axis}, for {values}; the table below holds every number.",
            axis=axis,
            values=", ".join(titles),
        ),
    )


def _add(figure: go.Figure, line: Line, unit: str | None, place: dict[str, int]) -> None:
    days = [begin(period) for period in line.periods]
    for trace in (*uncertainty(days, line.cells, unit), *hidden_marks(days, line.cells)):
        figure.add_trace(trace, **place)
    figure.add_trace(
        go.Scatter(
            x=days,
            y=[c and drawn(c, unit)[1] for c in line.cells],
            mode="lines+markers",
            line={"color": colour("accent"), "width": 2},
            marker={"size": 4},
            customdata=[published(c, unit) for c in line.cells],
            hovertemplate="%{customdata}<extra></extra>",
        ),
        **place,
    )
